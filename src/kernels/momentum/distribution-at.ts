import { add, type Interval, interval, multiply } from '../exact/interval.ts';
import type { Rational } from '../exact/rational.ts';
import { followExactly } from './exact-points.ts';
import type { MomentumLaw } from './momentum-law.ts';
import { pathWeights } from './path-weights.ts';

/**
 * An enclosure of F(y) = P(Y <= y) = P(Y < y) (the law has no atoms).
 *
 * F(y) = (1-p) F(y/b) + p F((y-(1-b))/b) is followed exactly from y; F = 1 where an argument reaches 1, F = 0 where one
 * falls to 0 or below, and lower[floor(N y)] <= F(y) <= upper[ceil(N y)] where the chain stops.
 */
export function distributionAt(law: MomentumLaw, point: Rational): Interval {
  if (point.sign() <= 0) return interval(0);
  if (point.numerator >= point.denominator) return interval(1);
  const weight = pathWeights(law.components);
  const points = BigInt(law.points);
  let total = interval(0);
  followExactly(point, law.momentum, {
    beyond: ({ quiet, pulses }) => {
      total = add(total, weight(quiet + 1, pulses));
    },
    pending: ({ quiet, pulses }, [numerator, denominator]) => {
      const scaled = numerator * points;
      const [below, above] = [scaled / denominator, (scaled + denominator - 1n) / denominator];
      const grid = interval(law.lower[Number(below)] ?? 0, law.upper[Number(above)] ?? 1);
      total = add(total, multiply(weight(quiet, pulses), grid));
    },
  });
  return { lo: total.lo, hi: Math.min(1, total.hi) };
}
