import { Rational } from '../../kernels/exact/rational.ts';
import {
  combined,
  differenceOf,
  dot,
  entryOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
} from '../../kernels/exact/rational-vector.ts';
import type { ConvexFunction } from '../../problems/functions/convex-function.ts';
import { exactValue } from '../../problems/functions/exact-value.ts';
import { nearestMinimiser } from '../../problems/functions/nearest-minimiser.ts';
import { exactMultiplier } from './exact-multiplier.ts';
import { exactProx } from './exact-prox.ts';

export interface ExactStep {
  readonly point: RationalVector;
  readonly value: Rational;
  /** c >= 0 with c (x - u) in the subdifferential at u; 0 where u minimises f. */
  readonly multiplier: Rational;
  readonly isOptimal: boolean;
}

/**
 * brox_t(x) = argmin of f over the ball B(x, t), exactly; undefined where the point, the value or the multiplier is irrational.
 *
 * Where the ball holds a minimiser, the nearest one is taken, with multiplier 0; else the step is the unique prox_{1/c}(x)
 * of length t.
 * @throws RangeError unless t > 0.
 */
export function exactBrox(f: ConvexFunction<Rational>, x: RationalVector, t: Rational): ExactStep | undefined {
  if (t.sign() <= 0) throw new RangeError(`exactBrox: radius > 0, got ${t}`);
  const nearest = nearestMinimiser(f, x);
  if (nearest !== undefined && squaredNorm(differenceOf(nearest, x)).atMost(t.power(2))) {
    const value = exactValue(f, nearest);
    return value && { point: nearest, value, multiplier: Rational.ZERO, isOptimal: true };
  }
  if (f.kind === 'residual-norm') return residualStep(f.matrix, f.vector, x, t);
  const multiplier = exactMultiplier(f, x, t);
  const point = multiplier && exactProx(f, x, Rational.ONE.dividedBy(multiplier));
  const value = point && exactValue(f, point);
  return multiplier && point && value && { point, value, multiplier, isOptimal: false };
}

/** |Ay - b| has the steps of |Ay - b|^2 / 2 (a rising function of it); its multiplier is that of the square over |Au - b|. */
function residualStep(A: RationalRows, b: RationalVector, x: RationalVector, t: Rational): ExactStep | undefined {
  const transposed = x.map((_, j) => A.map((row) => entryOf(row, j)));
  const gram = transposed.map((p) => transposed.map((q) => dot(p, q)));
  const half: ConvexFunction<Rational> = { kind: 'quadratic', matrix: gram, vector: combined(A, b, x.length) };
  const multiplier = exactMultiplier(half, x, t);
  const point = multiplier && exactProx(half, x, Rational.ONE.dividedBy(multiplier));
  const value = point && exactValue({ kind: 'residual-norm', matrix: A, vector: b }, point);
  return multiplier && point && value && { point, value, multiplier: multiplier.dividedBy(value), isOptimal: false };
}
