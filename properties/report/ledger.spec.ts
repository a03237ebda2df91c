import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AnyClaim } from '../../src/claim/claim.ts';
import {
  compareWithLedger,
  type LedgerEntry,
  parseLedger,
  type Standing,
  standingOf,
} from '../../src/runners/ledger.ts';
import { ledgerText } from '../../src/runners/ledger-text.ts';
import { runLedger } from '../../src/runners/run-ledger.ts';
import { toyClaim } from '../meta/toy-claim.ts';

const folder = mkdtempSync(join(tmpdir(), 'lemmata-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = (id: string, change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  room: 'toys',
  paper: 'none',
  printed: 'holds',
  exactness: 'exact',
  ...change,
});
const standing = (id: string, change: Partial<Standing> = {}): Standing => ({
  id,
  level: 'exact',
  printed: 'holds',
  ...change,
});

describe('the ledger', () => {
  it('lists what is missing by room, and what it does not know', () => {
    const { missing, unlisted, present } = compareWithLedger(
      [entry('a'), entry('b'), entry('c', { room: 'games' }), entry('d')],
      [standing('a'), standing('z')],
    );
    expect([...missing]).toEqual([
      ['toys', ['b', 'd']],
      ['games', ['c']],
    ]);
    expect([unlisted, present]).toEqual([['z'], 1]);
  });

  it('finds what is below its level, and lets more pass', () => {
    const { below } = compareWithLedger(
      [entry('a'), entry('b'), entry('c'), entry('d', { exactness: 'statistical' })],
      [standing('a', { level: 'certified' }), standing('b', { level: 'proved' }), standing('c'), standing('d')],
    );
    expect(below).toEqual([{ id: 'a', level: 'certified', wanted: 'exact' }]);
  });

  it('tells where a prediction was overturned, which is no fault', () => {
    const compared = compareWithLedger([entry('a')], [standing('a', { printed: 'false' })]);
    expect(compared.overturned).toEqual([{ id: 'a', printed: 'false', predicted: 'holds' }]);
    expect(compared.below).toEqual([]);
    expect(ledgerText(compared)).toContain('a: false, predicted holds');
  });

  it('takes an exact claim without an exact form of what it calls for certified', () => {
    const { exact: _, ...inexact } = toyClaim.operations[0] as (typeof toyClaim.operations)[0] & object;
    expect(standingOf(toyClaim as unknown as AnyClaim).level).toBe('exact');
    expect(standingOf({ ...toyClaim, operations: [inexact] } as unknown as AnyClaim).level).toBe('certified');
  });

  it.each([
    ['{"claims":[', 'required JSON'],
    ['[]', 'required at the top'],
    ['{"claims":[{"id":"a"}]}', 'claims[0].room'],
    [JSON.stringify({ claims: [{ ...entry('a'), exactness: 'sure' }] }), 'claims[0].exactness'],
    [JSON.stringify({ claims: [entry('a'), entry('a')] }), 'a twice'],
  ])('refuses %s', (text, said) => {
    expect(() => parseLedger(text, 'ledger.json')).toThrow(said);
  });

  it('exits 2 with one line on bad input', async () => {
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, '{"claims":\n[}');
    for (const args of [[], ['a', 'b'], [join(folder, 'none.json')], [folder], [bad]]) {
      const { code, stdout, stderr } = await runLedger(args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr, `${args}`).toMatch(/^[^\n]*required[^\n]*got[^\n]*\n$/);
    }
  });

  it('ignores what else a ledger file says', () => {
    expect(parseLedger(JSON.stringify({ about: 'x', claims: [{ ...entry('a'), spec: 'y' }] }), 'f')).toEqual([
      entry('a'),
    ]);
  });
});
