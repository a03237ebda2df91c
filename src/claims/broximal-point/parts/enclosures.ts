import { type Enclosure, enclosing, exactly, within } from '../../../claim/enclosure.ts';
import { around, squareRoot } from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  applied,
  differenceOf,
  dot,
  type RationalVector,
  squaredNorm,
} from '../../../kernels/exact/rational-vector.ts';
import type { ConvexFunction } from '../../../problems/functions/convex-function.ts';
import { exactValue } from '../../../problems/functions/exact-value.ts';

const TWO = Rational.of(2);
const sumOfSizes = (v: RationalVector): Rational => Rational.sum(v.map((x) => x.absolute()));

/** A radius from the error e of an entry: 0 and infinity stay what they are. */
const radiusOf = (error: number, bound: (e: Rational) => Rational): number =>
  error === 0 || !Number.isFinite(error) ? error : bound(Rational.from(error)).upperDouble();

/** <a, b> where every entry of both may be off by e: e (||a||_1 + ||b||_1) + n e². */
export const productWithin = (a: RationalVector, b: RationalVector, error: number): Enclosure =>
  within(
    dot(a, b),
    radiusOf(error, (e) => e.times(sumOfSizes(a).plus(sumOfSizes(b))).plus(e.times(e).times(Rational.of(a.length)))),
  );

/** ||v||² where every entry may be off by e; never below 0. */
export function squaredNormWithin(v: RationalVector, error: number): Enclosure {
  if (error === 0) return exactly(squaredNorm(v));
  const { lo, hi } = productWithin(v, v, error);
  return { lo: Math.max(lo, 0), hi };
}

/** sqrt(value), exactly where it is rational. */
export function rootOf(value: Rational): Enclosure {
  const root = value.squareRoot();
  return root === undefined ? enclosing(squareRoot(around(value))) : exactly(root);
}

/**
 * f(y) where every entry of y may be off by e: the 1-norm of the slopes times e, for a quadratic |grad f(y)|_1 e and half
 * the sum of |a_ij| times e² more.
 * @throws RangeError for residual-norm, whose values are irrational.
 */
export function valueWithin(f: ConvexFunction<Rational>, y: RationalVector, error: number): Enclosure {
  const value = exactValue(f, y);
  if (value === undefined || f.kind === 'residual-norm')
    throw new RangeError('valueWithin: a function with rational values');
  const n = Rational.of(y.length);
  switch (f.kind) {
    case 'quadratic': {
      const slope = sumOfSizes(differenceOf(applied(f.matrix, y), f.vector));
      const curvature = Rational.sum(f.matrix.map(sumOfSizes)).dividedBy(TWO);
      return within(
        value,
        radiusOf(error, (e) => e.times(slope).plus(e.times(e).times(curvature))),
      );
    }
    case 'weighted-l1':
      return within(
        value,
        radiusOf(error, (e) => e.times(sumOfSizes(f.weights))),
      );
    case 'max-affine':
      return within(
        value,
        radiusOf(error, (e) => e.times(Rational.max(Rational.ZERO, ...f.slopes.map(sumOfSizes)))),
      );
    case 'huber':
      return within(
        value,
        radiusOf(error, (e) => e.times(n).times(f.delta)),
      );
    case 'max-norm':
    case 'absolute':
      return within(
        value,
        radiusOf(error, (e) => e),
      );
  }
}
