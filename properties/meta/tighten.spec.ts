import { describe, expect, it } from 'vitest';
import { claimFiles, loadClaim } from '../../src/claims/load.ts';
import { tightenClaim } from '../../src/runners/tighten.ts';

/** Moves from the best instances of each claim, inside what it says that it assumes. */
const EVALUATIONS = 40;
const SEED = 5;

describe('the search for higher ratios refutes no claim: what is assumed is stated', () => {
  it.each(claimFiles().map(({ id }) => id))('%s', async (id) => {
    const claim = await loadClaim(id);
    if (claim === undefined) throw new RangeError(`tighten.spec: a claim ${id}, got none`);
    const { verdict, instance } = await tightenClaim(claim, {
      budgetMilliseconds: 5000,
      seed: SEED,
      evaluations: EVALUATIONS,
    });
    expect(verdict, JSON.stringify(instance)).not.toBe('violated');
  });
});
