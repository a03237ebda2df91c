import { imageOfInterval, outerImage } from '../../../kernels/exact/image.ts';
import type { Polynomial } from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { BITS } from './best-error.ts';

const WIDTH = Rational.of(1n, 1n << BigInt(BITS));

/** An interval that contains p([lo, hi]), wider than it by far less than a double resolves. */
export const range = (p: Polynomial, domain: RationalInterval): RationalInterval =>
  outerImage(imageOfInterval(p, domain, WIDTH));

/** What three coefficients, each wrong by at most `radius`, change in a x + b x³ + c x⁵ for 0 <= x <= upper. */
export const effectOf = (radius: number, upper: Rational): Rational =>
  Rational.from(radius).times(upper.plus(upper.power(3)).plus(upper.power(5)));
