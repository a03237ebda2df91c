import fc, { type Arbitrary } from 'fast-check';
import { Rational } from '../../kernels/exact/rational.ts';
import type { RationalVector } from '../../kernels/exact/rational-vector.ts';
import { squaredNorm } from '../../kernels/exact/rational-vector.ts';
import { smallFraction } from '../dyadic.ts';

/**
 * Rational vectors of Euclidean norm 1: the stereographic projection of a rational p, (2p, |p|^2 - 1) / (|p|^2 + 1).
 * Every rational point of the sphere but one arises; zero entries are frequent.
 */
export const rationalUnitVector = (dimension: number): Arbitrary<RationalVector> =>
  fc
    .array(fc.oneof({ weight: 1, arbitrary: fc.constant('0') }, { weight: 3, arbitrary: smallFraction(4, 3) }), {
      minLength: dimension - 1,
      maxLength: dimension - 1,
    })
    .map((p) => stereographic(p.map((x) => Rational.from(x))));

function stereographic(p: RationalVector): RationalVector {
  const squared = squaredNorm(p);
  const scale = squared.plus(Rational.ONE);
  const last = squared.minus(Rational.ONE).dividedBy(scale);
  return [...p.map((x) => Rational.of(2).times(x).dividedBy(scale)), last];
}
