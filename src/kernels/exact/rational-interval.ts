import type { Interval } from './interval.ts';
import { type Numeric, Rational } from './rational.ts';

/** A closed interval of rationals, lo <= hi; arithmetic on it is exact, so the lengths of its ends grow. */
export interface RationalInterval {
  readonly lo: Rational;
  readonly hi: Rational;
}

/** [lo, hi], or the one point lo. @throws RangeError where lo > hi. */
export function rationalInterval(lo: Numeric | Rational, hi: Numeric | Rational = lo): RationalInterval {
  const [low, high] = [Rational.from(lo), Rational.from(hi)];
  if (high.lessThan(low)) throw new RangeError(`rationalInterval: lo <= hi, got [${low}, ${high}]`);
  return { lo: low, hi: high };
}

export const addRanges = (a: RationalInterval, b: RationalInterval): RationalInterval => ({
  lo: a.lo.plus(b.lo),
  hi: a.hi.plus(b.hi),
});

export function multiplyRanges(a: RationalInterval, b: RationalInterval): RationalInterval {
  const first = a.lo.times(b.lo);
  const others = [a.lo.times(b.hi), a.hi.times(b.lo), a.hi.times(b.hi)];
  return { lo: Rational.min(first, ...others), hi: Rational.max(first, ...others) };
}

/** The tightest double interval around it. */
export const toInterval = ({ lo, hi }: RationalInterval): Interval => ({ lo: lo.lowerDouble(), hi: hi.upperDouble() });
