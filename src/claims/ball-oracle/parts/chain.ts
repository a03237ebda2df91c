import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import type { ConvexFunction } from '../../../problems/functions/convex-function.ts';

/**
 * The chain max(max_{i <= N} (x_i - s i), -s (N + 1)) of spacing s: from 0 it is minimised by lowering coordinate i by
 * s (N + 1 - i), one after the other.
 */
export function chain(
  size: number,
  spacing: Numeric,
): Extract<ConvexFunction<Numeric>, { readonly kind: 'max-affine' }> {
  const s = Rational.from(spacing);
  const indices = Array.from({ length: size }, (_, i) => i);
  return {
    kind: 'max-affine',
    slopes: [...indices.map((i) => indices.map((j) => (i === j ? 1 : 0))), indices.map(() => 0)],
    offsets: [...indices, size].map((i) => s.times(Rational.of(-i - 1)).toString()),
  };
}

/** |x*|² for the minimiser nearest to 0: s² (1² + 2² + … + N²). */
export const squaredDistance = (size: number, spacing: Numeric): Rational =>
  Rational.from(spacing)
    .power(2)
    .times(Rational.of(size * (size + 1) * (2 * size + 1), 6));
