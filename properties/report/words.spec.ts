import { describe, expect, it } from 'vitest';
import { exactly } from '../../src/claim/enclosure.ts';
import type { Dossier, SubjectRow } from '../../src/runners/report/dossier.ts';
import { isFormula, texToMarkdown } from '../../src/runners/report/latex.ts';
import { fourDigitText, shownNumber } from '../../src/runners/report/round.ts';
import { table } from '../../src/runners/report/table.ts';
import { evidenceOf, objectionOf } from '../../src/runners/report/words.ts';
import { toyClaim } from '../meta/toy-claim.ts';
import { dossier } from './example.ts';

const row = (
  subject: SubjectRow['subject'],
  verdict: SubjectRow['verdict'],
  holds: number,
  note?: string,
): SubjectRow => ({
  subject,
  verdict,
  runs: holds,
  tally: { holds, violated: 0, withinRounding: 0 },
  bestRatio: 1,
  ...(note === undefined ? {} : { note }),
});

const shown = async (change: Partial<Dossier>): Promise<string> =>
  evidenceOf({ ...(await dossier(toyClaim)), ...change });

describe('the words of evidence', () => {
  it('claim no more than was shown', async () => {
    expect(await shown({ level: 'algebraic-proof', subjects: [row('exact', 'proved', 5)] })).toBe('proved, exact on 5');
    expect(await shown({ subjects: [row('exact', 'exact', 5), row('reference', 'certified', 5)] })).toBe('exact on 5');
    expect(await shown({ subjects: [row('exact', 'exact', 5), row('reference', 'certified', 9)] })).toBe(
      'exact on 5, certified on 9',
    );
    expect(await shown({ level: 'float64-certified', subjects: [row('reference', 'certified', 7)] })).toBe(
      'certified on 7',
    );
    expect(
      await shown({ level: 'statistical', falseAlarm: 1e-9, subjects: [row('reference', 'not-rejected', 3)] }),
    ).toBe('not rejected (false alarm 1e-9) on 3');
  });

  it('say what is wrong on any subject, and never that something was verified', async () => {
    const subjects = [row('exact', 'exact', 5), row('gpu', 'refuted', 4, 'measured 2, bound 1')];
    expect(await shown({ subjects })).toBe('**refuted** (gpu)');
    expect(objectionOf({ ...(await dossier(toyClaim)), subjects })).toBe('gpu: measured 2, bound 1');
    expect(await shown({ subjects: [row('exact', 'malformed', 0, 'NaN')] })).toBe('**malformed** (exact)');
  });

  it('do not object to a subject that was skipped', async () => {
    const subjects = [row('exact', 'exact', 5), row('gpu', 'skipped', 0, 'no adapter')];
    expect(objectionOf({ ...(await dossier(toyClaim)), subjects })).toBeUndefined();
  });
});

describe('text from TeX', () => {
  it('tells a formula from prose', () => {
    expect(isFormula(String.raw`\tfrac12 \min(g/L_0, 1/L_1) \le t`)).toBe(true);
    expect(isFormula(String.raw`p(x) > 0 \text{ for } x > 0`)).toBe(true);
    expect(isFormula('g, L0, L1 >= 0')).toBe(false);
    expect(isFormula('the second iterate x_2 is at most x_1')).toBe(false);
  });

  it('sets words inside a bare formula upright', () => {
    expect(texToMarkdown(String.raw`a \le b \text{ for all } c, and hence d \le e`, 'line')).toBe(
      '$`a \\le b \\text{ for all } c, \\text{ and hence } d \\le e`$',
    );
  });

  it('sets display maths apart in a paragraph and inline in a cell', () => {
    expect(texToMarkdown('Then $$a < b$$ holds.', 'paragraph')).toBe('Then \n\n```math\na \\lt b\n```\n\n holds.');
    expect(texToMarkdown('Then $$a < b$$ holds.', 'line')).toBe('Then $`a \\lt b`$ holds.');
  });

  it('names operators in a way that GitHub accepts', () => {
    expect(texToMarkdown(String.raw`$\operatorname{tr} A$`, 'line')).toBe('$`\\mathop{\\mathrm{tr}} A`$');
  });
});

describe('tables', () => {
  it('escape bars once, also in code, and join lines', () => {
    expect(table(['a'], [['x|y'], ['`x|y`'], ['x\\|y'], ['x\ny']])).toBe(
      '| a |\n| --- |\n| x\\|y |\n| `x\\|y` |\n| x\\|y |\n| x y |',
    );
  });

  it('refuse a row of another length', () => {
    expect(() => table(['a', 'b'], [['x']])).toThrow(RangeError);
  });
});

describe('numbers', () => {
  it('tell one from almost one', () => {
    expect(fourDigitText(1)).toBe('1');
    expect(fourDigitText(1 - 2 ** -50)).toBe('1.000');
    expect([0.98765432, 1e-7 / 3, 123456, -0.25, 0].map(fourDigitText)).toEqual([
      '0.9877',
      '3.333e−8',
      '1.235e5',
      '−0.2500',
      '0',
    ]);
  });

  it('keep a short fraction and round a long one', () => {
    expect(shownNumber(exactly('22/7'))).toBe('22/7');
    expect(shownNumber(exactly(`${10n ** 30n + 1n}/${10n ** 30n}`))).toBe(1);
    expect(shownNumber({ lo: 0.33333, hi: 0.33334 })).toBe(0.3333);
  });
});
