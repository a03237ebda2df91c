import { describe, expect, it } from 'vitest';
import { exactly, within } from '../../src/claim/enclosure.ts';
import { judge, ratioOf } from '../../src/claim/judge.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';

const e = (lo: number, hi = lo) => ({ lo, hi });

describe('judge', () => {
  it('at-most: holds, violated, within rounding', () => {
    expect(judge('at-most', e(1, 2), e(2, 3))).toBe('holds');
    expect(judge('at-most', e(3.5, 4), e(2, 3))).toBe('violated');
    expect(judge('at-most', e(1, 2.5), e(2, 3))).toBe('within-rounding');
  });

  it('at-least mirrors at-most', () => {
    expect(judge('at-least', e(2, 3), e(1, 2))).toBe('holds');
    expect(judge('at-least', e(0, 1), e(2, 3))).toBe('violated');
    expect(judge('at-least', e(0, 2.5), e(2, 3))).toBe('within-rounding');
  });

  it('equals holds only where both sides are known exactly', () => {
    expect(judge('equals', exactly('1/3'), exactly('1/3'))).toBe('holds');
    expect(judge('equals', e(1, 2), e(1, 2))).toBe('within-rounding');
    expect(judge('equals', e(1, 2), e(3, 4))).toBe('violated');
  });

  it('decides rationals that share their double enclosure', () => {
    const third = Rational.of(1, 3);
    const more = third.plus(Rational.of(1, 10n ** 40n));
    expect([exactly(third).lo, exactly(third).hi]).toEqual([exactly(more).lo, exactly(more).hi]);
    expect(judge('at-most', exactly(third), exactly(more))).toBe('holds');
    expect(judge('at-most', exactly(more), exactly(third))).toBe('violated');
    expect(judge('at-most', exactly(third), exactly(third))).toBe('holds');
  });

  it('an infinite error bound never refutes and never holds', () => {
    expect(judge('at-most', within(5, Number.POSITIVE_INFINITY), e(1))).toBe('within-rounding');
    expect(judge('at-most', e(1), e(Number.POSITIVE_INFINITY))).toBe('holds');
  });

  it.each([
    [{ lo: Number.NaN, hi: 1 }],
    [{ lo: 0, hi: Number.NaN }],
    [{ lo: 2, hi: 1 }],
    [{ lo: 0, hi: 1, at: '3/2' }],
  ])('a malformed enclosure %j is a RangeError on either side', (bad) => {
    expect(() => judge('at-most', bad, e(1))).toThrow(RangeError);
    expect(() => judge('at-most', e(1), bad)).toThrow(RangeError);
  });

  it('the ratio is 1 at equality, above 1 at a violation, and absent for 0/0', () => {
    expect(ratioOf('at-most', exactly('1/3'), exactly('1/3'))).toEqual({ lo: 1, hi: 1 });
    expect(ratioOf('at-most', e(3), e(2))?.lo).toBe(1.5);
    expect(ratioOf('at-least', e(2), e(3))?.lo).toBe(1.5);
    expect(ratioOf('at-most', e(0), e(0))).toBeUndefined();
    expect(ratioOf('at-most', e(1), e(-1, 1))).toBeUndefined();
  });
});
