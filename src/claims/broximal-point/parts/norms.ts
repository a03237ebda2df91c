import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalVector } from '../../../kernels/exact/rational-vector.ts';
import type { PolyhedralNorm } from '../../../methods/polyhedral-brox.ts';

/** The maximum norm or the 1-norm of v. */
export function polyhedralNorm(norm: PolyhedralNorm, v: RationalVector): Rational {
  const sizes = v.map((x) => x.absolute());
  return norm === 'l-infinity' ? Rational.max(Rational.ZERO, ...sizes) : Rational.sum(sizes);
}
