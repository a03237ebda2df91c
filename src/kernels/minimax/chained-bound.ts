import { Rational } from '../exact/rational.ts';
import { dualBound } from './dual-bound.ts';
import { oddMinimax } from './odd-minimax.ts';
import type { MinimaxDegree } from './odd-minimax-type.ts';

/**
 * E_1, E_2, …: rational lower bounds on max |1 - f| over [lower, upper], for every composition f of one, two, … odd polynomials of
 * the degree or less, also when f may be multiplied by a constant at the end.
 *
 * An image [a, b] of f_1 with 0 < a has a/b <= (1 - E)/(1 + E), E the least error on the interval: 2/(a+b) f_1 has the error
 * (b - a)/(b + a) >= E. An image with 0 in it leaves an error of 1 or more to every later odd map, one below 0 is that of -f_1.
 * On [a, b] the best error depends on a/b alone (odd maps may be rescaled) and falls with it (a smaller interval is left). So
 * with rho_1 = lower/upper, E_t the dual bound on [rho_t, 1] and rho_(t+1) >= (1 - E_t)/(1 + E_t) the induction goes through: the
 * dual bound is valid at any points, and rounding rho up only makes the next bound smaller.
 * @throws RangeError unless 0 < lower < upper, steps is an integer >= 0 and bits one >= 1.
 */
export function chainedBounds(
  lower: Rational,
  upper: Rational,
  steps: number,
  degree: MinimaxDegree,
  bits: number,
): readonly Rational[] {
  if (!Number.isInteger(steps) || steps < 0) throw new RangeError(`chainedBounds: steps an integer >= 0, got ${steps}`);
  const bounds: Rational[] = [];
  let rho = lower.dividedBy(upper);
  for (let k = 0; k < steps; k += 1) {
    const bound = dualBound(oddMinimax(rho, Rational.ONE, degree, bits).nodes);
    bounds.push(bound);
    rho = Rational.ONE.minus(bound).dividedBy(Rational.ONE.plus(bound)).roundedUp(bits);
    // where rounding up reaches 1 nothing but 0 is left as a bound
    if (!rho.lessThan(Rational.ONE)) return [...bounds, ...Array.from({ length: steps - k - 1 }, () => Rational.ZERO)];
  }
  return bounds;
}
