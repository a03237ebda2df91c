import type { KnownStep } from '../../../instances/broximal/known-step.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  differenceOf,
  multipleOf,
  type RationalVector,
  squaredNorm,
  vectorFrom,
} from '../../../kernels/exact/rational-vector.ts';
import { rationalFunction } from '../../../problems/functions/convex-function.ts';
import { isSubgradient } from '../../../problems/functions/is-subgradient.ts';

/** x - u of a known step. */
export const stepOf = ({ point, minimiser }: KnownStep): RationalVector =>
  differenceOf(vectorFrom(point), vectorFrom(minimiser));

/** g = c (x - u). */
export const subgradientOf = (step: KnownStep): RationalVector =>
  multipleOf(Rational.from(step.multiplier), stepOf(step));

/**
 * Whether u = brox_t(x) with multiplier c > 0 and u is no minimiser, decided exactly: ||x - u|| = t, and c (x - u) but not 0 is
 * a subgradient at u.
 */
export function isKnownStep(step: KnownStep): boolean {
  const f = rationalFunction(step.function);
  const u = vectorFrom(step.minimiser);
  return (
    Rational.from(step.multiplier).sign() > 0 &&
    Rational.from(step.radius).sign() > 0 &&
    squaredNorm(stepOf(step)).equals(Rational.from(step.radius).power(2)) &&
    isSubgradient(f, u, subgradientOf(step)) &&
    !isSubgradient(
      f,
      u,
      u.map(() => Rational.ZERO),
    )
  );
}
