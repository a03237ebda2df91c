import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/claim/claim.ts';
import { exactly } from '../../src/claim/enclosure.ts';
import type { Numeric } from '../../src/kernels/exact/rational.ts';
import { counterexamplePath } from '../../src/runners/report/counterexample-path.ts';
import { section } from '../../src/runners/report/section.ts';
import { NotCounted } from '../../src/runners/subject.ts';
import { type Toy, toyClaim } from '../meta/toy-claim.ts';
import { awkward, dossier } from './example.ts';

/** Attained at g = 3, and with a gap of 1/3 at g = 2. */
const attained: Claim<Toy, Numeric> = {
  ...awkward,
  bound: ({ g }) => exactly(g === '3' ? '3/4' : 1),
  families: [
    { id: 'attaining', role: 'extremal', instances: [{ g: '3' }] },
    { id: 'open', role: 'generic', instances: [{ g: '1' }, { g: '2' }] },
  ],
  tightness: { supremum: 1, floor: 1, family: 'attaining' },
};

describe('the tightest instance', () => {
  it('is the most exact of those that reach the largest ratio', async () => {
    const [first, second] = attained.families;
    const families = second === undefined ? ([first] as const) : ([second, first] as const);
    for (const claim of [attained, { ...attained, families }]) {
      expect((await dossier(claim)).tightest).toMatchObject({ ratio: 1, family: 'attaining', subject: 'exact' });
    }
  });

  it('is followed by the tightest one with a gap, where it leaves none itself', async () => {
    const { gapped } = await dossier(attained);
    expect(gapped).toMatchObject({ family: 'open', instance: { g: '2' } });
    expect(gapped?.slack?.steps.map(({ share }) => share)).toEqual([1 / 2, 1 / 2, undefined]);
    const text = section(await dossier(attained), '../counterexamples');
    expect(text).toContain('**Tightest instance with a gap**: ratio **0.6667**, family `open`, `{"g":"2"}`');
    expect(text.match(/\| 50 % \|/g)).toHaveLength(2);
  });

  it('stands alone where it leaves a gap', async () => {
    expect((await dossier(awkward)).gapped).toBeUndefined();
  });
});

it('a witness has a plain file name, whatever signs its control bears', () => {
  expect(counterexamplePath('toy', 'basin-sqrt(7/3) ../x')).toBe('toy/basin-sqrt-7-3-..-x.json');
});

describe('a claim that is not as declared', () => {
  it('is reported with its reason', async () => {
    const of = await dossier({ ...toyClaim, bound: () => exactly('1/2') });
    expect(section(of, '../counterexamples')).toMatch(
      /> \*\*Not as declared.\*\* exact: measured .*replay toy@exact@grid/,
    );
    const nothing = await dossier({ ...toyClaim, measure: () => ({ lo: Number.NaN, hi: 0 }) });
    expect(section(nothing, '../counterexamples')).toContain('**malformed (exact)**');
  });

  it('keeps a control whose witness no subject counts, as surviving', async () => {
    const [half, doubled] = toyClaim.controls;
    const uncounted = {
      ...half,
      mutate: (claim: Claim<Toy, Numeric>): Claim<Toy, Numeric> => ({
        ...claim,
        // biome-ignore lint/correctness/useYield: it declines before it asks
        *observe() {
          throw new NotCounted('irrational');
        },
      }),
    };
    const text = section(await dossier({ ...toyClaim, controls: [uncounted, doubled] }), '../counterexamples');
    expect(text).toContain('1 of 2 false neighbours refuted');
    expect(text).toContain('unknown against unknown | **survives** |');
  });
});
