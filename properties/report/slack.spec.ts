import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/claim/claim.ts';
import { exactly } from '../../src/claim/enclosure.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { slackBySteps } from '../../src/runners/slack.ts';
import { toyClaim } from '../meta/toy-claim.ts';
import { awkward } from './example.ts';

const at = (claim: typeof toyClaim, g: string) => slackBySteps(claim as Claim<{ g: string }, unknown>, { g });

describe('slack by proof step', () => {
  it('shares the whole gap among the steps of a chain', () => {
    const { gap, isChain, steps } = at(awkward, '3');
    expect(gap).toBe(1 / 4);
    expect(isChain).toBe(true);
    expect(steps.map(({ id, share }) => ({ id, share }))).toEqual([
      { id: 'first', share: 1 / 2 },
      { id: 'second', share: 1 / 2 },
      { id: 'aside', share: undefined },
    ]);
  });

  it('is exact where doubles would cancel', () => {
    const g = 10n ** 20n;
    expect(at(awkward, `${g}`).gap).toBeCloseTo(Rational.of(1n, g + 1n).toNumber(), 30);
    expect(at(awkward, `${g}`).gap).toBeGreaterThan(0);
  });

  it('without a chain shows the own slack of a step that gives away at most the gap', () => {
    const step = (id: string, left: string) => ({
      id,
      text: id,
      lhs: () => exactly(left),
      rhs: () => exactly(1),
    });
    const { isChain, steps } = at({ ...toyClaim, proof: [step('small', '7/8'), step('large', '-5')] }, '3');
    expect(isChain).toBe(false);
    expect(steps.map(({ share }) => share)).toEqual([1 / 2, undefined]);
  });

  it('has nothing to share where the sides agree', () => {
    const { gap, steps } = at({ ...awkward, bound: () => exactly('3/4') }, '3');
    expect(gap).toBe(0);
    expect(steps.map(({ share }) => share)).toEqual([undefined, undefined, undefined]);
  });

  it('takes sides that cannot be told apart for equal', () => {
    const claim = { ...awkward, measure: () => ({ lo: 0.5, hi: 0.75 }), bound: () => ({ lo: 0.625, hi: 2 }) };
    const { gap, steps } = at(claim, '3');
    expect(gap).toBe(0);
    expect(steps.some(({ share }) => share !== undefined)).toBe(false);
  });

  it('turns the chain round for a lower bound', () => {
    const claim = {
      ...toyClaim,
      relation: 'at-least',
      bound: () => exactly('1/4'),
      proof: [
        { id: 'all', text: 'all', lhs: () => exactly('1/4'), rhs: (_: unknown, t: string | number) => exactly(t) },
      ],
    } as const;
    const { gap, isChain, steps } = at(claim, '3');
    expect([gap, isChain, steps[0]?.share]).toEqual([1 / 2, true, 1]);
  });
});
