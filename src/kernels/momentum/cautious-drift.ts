import { add, around, type Interval, interval, multiply, subtract } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';
import { integralAt } from './integral-at.ts';
import type { MomentumLaw } from './momentum-law.ts';
import { meanNegativePart } from './negative-part.ts';

/**
 * An enclosure of D_C = E[m 1{m g > 0}], the mean step of Cautious-Adam on the linear part of the counterexample as
 * beta_2 -> 1 (D_C > 0 moves towards the minimiser).
 *
 * m = b m' + (1-b) g with g independent of m', so D_C = p E (b m' + (1-b) n)^+ - (1-p) E (b m' - (1-b))^-. In the first
 * term x^+ = x + x^-, E (b m' + (1-b) n) = b/n + (1-b) n, and the negative part is R = (n+1) b G((y0 - (1-b))/b), y0 = 1/(n+1)
 * (b m' + (1-b) n = -b + (1-b) n + (n+1) b Y', and G(y) = E (y - Y)^+). The second one is what E m^- has besides p R:
 *
 *   D_C = b/n^2 + (1-b) - E m^- + 2 p R,    R = 0 exactly where n (1-b) >= b (a pulse always makes m >= 0).
 *
 * R <= E m^-/p bounds it again where the grid knows nothing.
 */
export function cautiousDrift(law: MomentumLaw): Interval {
  const { components, momentum } = law;
  const [p, b] = [Rational.of(1, components), Rational.from(momentum)];
  const free = b.times(p).times(p).plus(Rational.ONE.minus(b));
  const afterPulse = Rational.of(1, components + 1)
    .minus(Rational.ONE.minus(b))
    .dividedBy(b);
  const negative = meanNegativePart(law);
  const factor = around(Rational.of(2 * (components + 1), components).times(b));
  const regained = multiply(factor, integralAt(law, afterPulse));
  const capped = { lo: regained.lo, hi: Math.min(regained.hi, multiply(interval(2), negative).hi) };
  return add(subtract(around(free), negative), capped);
}
