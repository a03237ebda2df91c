import { Rational } from '../../src/kernels/exact/rational.ts';
import {
  combined,
  differenceOf,
  dot,
  entryOf,
  type RationalVector,
  squaredNorm,
} from '../../src/kernels/exact/rational-vector.ts';
import { exactProx } from '../../src/methods/brox/exact-prox.ts';
import type { ConvexFunction } from '../../src/problems/functions/convex-function.ts';
import { nearestMinimiser } from '../../src/problems/functions/nearest-minimiser.ts';

/** brox_t(x) to about 2^-100 relatively, by bisection with exact proximal points; the parameter is that of the square for residual-norm. */
export function preciseBrox(
  f: ConvexFunction<Rational>,
  x: RationalVector,
  t: Rational,
): { readonly point: RationalVector; readonly parameter: Rational } {
  const squared = t.power(2);
  const nearest = nearestMinimiser(f, x);
  if (nearest !== undefined && squaredNorm(differenceOf(nearest, x)).atMost(squared)) {
    return { point: nearest, parameter: Rational.ZERO };
  }
  const smooth: ConvexFunction<Rational> =
    f.kind === 'residual-norm'
      ? { kind: 'quadratic', matrix: gram(f.matrix, x.length), vector: combined(f.matrix, f.vector, x.length) }
      : f;
  const at = (gamma: Rational): RationalVector => exactProx(smooth, x, gamma) ?? [];
  const isBeyond = (gamma: Rational): boolean => squared.lessThan(squaredNorm(differenceOf(at(gamma), x)));
  let [low, high] = [Rational.ONE, Rational.ONE];
  const two = Rational.of(2);
  while (isBeyond(low)) low = low.dividedBy(two);
  while (!isBeyond(high)) high = high.times(two);
  for (let k = 0; k < 100; k++) {
    const middle = low.plus(high).dividedBy(two);
    if (isBeyond(middle)) high = middle;
    else low = middle;
  }
  return { point: at(low), parameter: Rational.ONE.dividedBy(low) };
}

const gram = (A: readonly RationalVector[], columns: number): readonly RationalVector[] => {
  const transposed = Array.from({ length: columns }, (_, j) => A.map((row) => entryOf(row, j)));
  return transposed.map((a) => transposed.map((b) => dot(a, b)));
};
