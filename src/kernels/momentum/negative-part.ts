import { around, divide, type Interval, interval, multiply, squareRoot, subtract } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';
import { integralAt } from './integral-at.ts';
import type { MomentumLaw } from './momentum-law.ts';
import { momentumMoments } from './momentum-moments.ts';

/**
 * An enclosure of E m^- = E (1 - (n+1) Y)^+ = (n+1) G(1/(n+1)).
 *
 * For b near 1 the bound from two moments is better: 2 m^- = |m| - m and E |m| <= sqrt(E m^2), hence
 * E m^- <= (sqrt(Var m + 1/n^2) - 1/n) / 2.
 */
export function meanNegativePart(law: MomentumLaw): Interval {
  const { components } = law;
  const byLaw = multiply(interval(components + 1), integralAt(law, Rational.of(1, components + 1)));
  return { lo: byLaw.lo, hi: Math.min(byLaw.hi, momentBound(components, law.momentum)) };
}

function momentBound(components: number, momentum: number): number {
  const { mean, variance } = momentumMoments(components, momentum);
  const root = squareRoot(around(variance.plus(mean.times(mean))));
  return divide(subtract(root, around(mean)), interval(2)).hi;
}
