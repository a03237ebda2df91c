import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { shown } from './bracket.ts';
import type { Finding } from './obligations.ts';

/** x < y for all x, y in the intervals. */
export const below = (x: RationalInterval, y: RationalInterval, names: string): Finding => [
  x.hi.lessThan(y.lo),
  `${names}: ${shown(x)}, ${shown(y)}`,
];

/** The two intervals have a common point, and both are narrower than 2^-100: what equality of two numbers looks like. */
export function same(x: RationalInterval, y: RationalInterval, names: string): Finding {
  const narrow = Rational.of(1n, 1n << 100n);
  const meet = x.lo.atMost(y.hi) && y.lo.atMost(x.hi);
  const sharp = [x, y].every(({ lo, hi }) => hi.minus(lo).lessThan(narrow));
  return [meet && sharp, `${names}: ${shown(x)}, ${shown(y)}`];
}
