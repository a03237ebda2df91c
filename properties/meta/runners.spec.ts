import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyClaim, Claim } from '../../src/claim/claim.ts';
import { exactly } from '../../src/claim/enclosure.ts';
import { dyadic } from '../../src/instances/dyadic.ts';
import type { Numeric } from '../../src/kernels/exact/rational.ts';
import { type CheckEntry, checkClaim, isAsDeclared } from '../../src/runners/check.ts';
import { fromToken } from '../../src/runners/replay.ts';
import { type Toy, toyClaim } from './toy-claim.ts';

const options = { runs: 50, seed: 7, subject: 'exact' } as const;

async function entryOf(claim: Claim<Toy, Numeric>, more = {}): Promise<CheckEntry> {
  const [checked] = await checkClaim(claim as unknown as AnyClaim, { ...options, ...more });
  if (checked === undefined) throw new Error('an entry, got none');
  return checked.entry;
}

describe('a run', () => {
  it('passes a true claim with its controls refuted by witness and by search', async () => {
    const entry = await entryOf(toyClaim);
    expect(entry).toMatchObject({ verdict: 'exact', runs: 50, tally: { holds: 50, violated: 0, withinRounding: 0 } });
    expect(entry.controls.map(({ refuted }) => refuted)).toEqual([true, true]);
    expect(entry.controls.every(({ foundBySearchAfter }) => foundBySearchAfter !== null)).toBe(true);
    expect(isAsDeclared(entry)).toBe(true);
  });

  it('refutes a false claim, shrinks, and replays the shrunk instance alone', async () => {
    const claim = { ...toyClaim, bound: () => exactly('2/3') };
    const entry = await entryOf(claim);
    expect(entry.verdict).toBe('refuted');
    expect(entry.tally.violated).toBe(1);
    const token = entry.note?.split('; replay ')[1] ?? '';
    const again = await entryOf(claim, { replay: fromToken(token) });
    expect(again.verdict).toBe('refuted');
    expect(again.note).toBe(entry.note);
    expect(again.runs).toBe(1);
  });

  it('fails where a control does not fail', async () => {
    const [half, doubled] = toyClaim.controls as [(typeof toyClaim.controls)[0], (typeof toyClaim.controls)[0]];
    const entry = await entryOf({ ...toyClaim, controls: [{ ...half, mutate: (c) => c }, doubled] });
    expect(entry.note).toContain('control half survives');
    expect(isAsDeclared(entry)).toBe(false);
  });

  it('calls a family outside its assumptions malformed, not refuted', async () => {
    const outside: Claim<Toy, Numeric> = {
      ...toyClaim,
      families: [{ id: 'grid', role: 'generic', arbitrary: fc.constant({ g: '-1/2' }) }],
    };
    expect((await entryOf(outside)).verdict).toBe('malformed');
  });

  it('calls a witness outside the kept assumptions malformed', async () => {
    const [half, doubled] = toyClaim.controls as [(typeof toyClaim.controls)[0], (typeof toyClaim.controls)[0]];
    const entry = await entryOf({ ...toyClaim, controls: [{ ...half, witness: { g: '-1/2' } }, doubled] });
    expect(entry.verdict).toBe('malformed');
    expect(entry.note).toContain('nonnegative');
  });

  it('calls NaN malformed, not refuted', async () => {
    expect((await entryOf({ ...toyClaim, measure: () => ({ lo: Number.NaN, hi: 0 }) })).verdict).toBe('malformed');
  });

  it('fails where the floor is not reached', async () => {
    const entry = await entryOf({
      ...toyClaim,
      families: [{ id: 'grid', role: 'generic', instances: [{ g: '1/8' }] }],
    });
    expect(entry.note).toContain('floor 0.5');
    expect(isAsDeclared(entry)).toBe(false);
  });

  it('caps what stays within rounding, except where a family approaches equality', async () => {
    const wide: Claim<Toy, Numeric> = { ...toyClaim, measure: () => ({ lo: 0.9, hi: 2 }) };
    expect((await entryOf(wide)).note).toContain('50 of 50 within rounding');
    const [family] = toyClaim.families;
    expect((await entryOf({ ...wide, families: [{ ...family, role: 'extremal' }] })).note ?? '').not.toContain(
      'within rounding',
    );
  });

  it('checks the steps of the proof', async () => {
    const step = { id: 'false', text: 'g <= 1', lhs: ({ g }: Toy) => exactly(g), rhs: () => exactly(1) };
    const entry = await entryOf({ ...toyClaim, proof: [step] });
    expect(entry.verdict).toBe('refuted');
    expect(entry.note).toContain('proof step false');
  });

  it('skips a subject that the claim does not have, visibly', async () => {
    const entry = await entryOf(toyClaim, { subject: 'gpu' });
    expect(entry.verdict === 'skipped' ? entry.note : 'a twin exists').toMatch(/no gpu form|a twin exists/);
  });

  it('repeats bit for bit with one seed, and differs with another', async () => {
    const strip = ({ seconds: _, ...entry }: CheckEntry): unknown => entry;
    expect(strip(await entryOf(toyClaim))).toEqual(strip(await entryOf(toyClaim)));
    expect(strip(await entryOf(toyClaim, { seed: 8 }))).not.toEqual(strip(await entryOf(toyClaim)));
  });
});

describe('generators keep their spread', () => {
  it('dyadic is uniform, not clustered at 0', () => {
    const values = fc.sample(dyadic(0, 1), { numRuns: 2000, seed: 1 }).map((s) => {
      const [p = '0', q = '1'] = s.split('/');
      return Number(p) / Number(q);
    });
    const tenths = Array.from({ length: 10 }, (_, k) => values.filter((v) => v >= k / 10 && v < (k + 1) / 10).length);
    expect(Math.min(...tenths)).toBeGreaterThan(100);
  });
});
