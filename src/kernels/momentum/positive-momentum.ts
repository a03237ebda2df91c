import { around, type Interval, interval, subtract } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';
import { distributionAt } from './distribution-at.ts';
import type { MomentumLaw } from './momentum-law.ts';
import { momentumMoments } from './momentum-moments.ts';

/**
 * An enclosure of P(m > 0) = 1 - F(1/(n+1)) for the stationary momentum m = -1 + (n+1) Y.
 *
 * Cantelli's inequality, P(m <= 0) <= Var m / (Var m + (E m)^2), takes over for b near 1, where the law shrinks to 1/n.
 */
export function positiveMomentum(law: MomentumLaw): Interval {
  const { mean, variance } = momentumMoments(law.components, law.momentum);
  const square = mean.times(mean);
  const below = subtract(interval(1), distributionAt(law, Rational.of(1, law.components + 1)));
  const least = around(square.dividedBy(square.plus(variance))).lo;
  return { lo: Math.max(least, below.lo), hi: below.hi };
}
