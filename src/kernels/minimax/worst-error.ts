import type { Image } from '../exact/image.ts';
import { iteratedImages } from '../exact/iterated-images.ts';
import { type Polynomial, polynomial } from '../exact/polynomial.ts';
import { type Numeric, Rational } from '../exact/rational.ts';
import type { RationalInterval } from '../exact/rational-interval.ts';

/** a x + b x³ + c x⁵. */
export const oddPolynomial = ([a, b, c]: readonly (Numeric | Rational)[]): Polynomial =>
  polynomial([0, a ?? 0, 0, b ?? 0, 0, c ?? 0]);

/** max |1 - x| for x in [min, max], each of which is enclosed. */
export const errorOfImage = ({ minimum, maximum }: Image): RationalInterval => ({
  lo: Rational.max(Rational.ONE.minus(minimum.hi), maximum.lo.minus(Rational.ONE)),
  hi: Rational.max(Rational.ONE.minus(minimum.lo), maximum.hi.minus(Rational.ONE)),
});

/**
 * max |1 - p_t(… p_1(x))| over x in the domain, for t = 1, 2, …, each enclosed: the exact image of the interval after each step,
 * its ends rounded outward to multiples of 2^-bits. On singular values in the domain it is the worst spectral error of a
 * polar factor computed so.
 */
export const worstErrors = (
  steps: readonly Polynomial[],
  domain: RationalInterval,
  bits: number,
): readonly RationalInterval[] => iteratedImages(steps, domain, bits).map(errorOfImage);
