import { type Enclosure, exactly } from '../../../claim/enclosure.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  addRanges,
  multiplyRanges,
  type RationalInterval,
  rationalInterval,
} from '../../../kernels/exact/rational-interval.ts';
import type { RationalVector } from '../../../kernels/exact/rational-vector.ts';

/** Interval arithmetic on answers: a point where the subject is exact, a box as wide as its error bound elsewhere. */

export type RangeVector = readonly RationalInterval[];

const { ZERO } = Rational;
/** Irrational roots are enclosed to this many bits, twice those of a double: far finer than any answer in doubles. */
const ROOT_BITS = 106;

export const point = (x: Rational): RationalInterval => ({ lo: x, hi: x });

export const near = (x: Rational, error: number): RationalInterval => {
  const e = Rational.from(error);
  return rationalInterval(x.minus(e), x.plus(e));
};

export const vectorNear = (v: RationalVector, error: number): RangeVector => v.map((x) => near(x, error));
export const negateRange = ({ lo, hi }: RationalInterval): RationalInterval => ({
  lo: hi.negated(),
  hi: lo.negated(),
});
export const subtractRanges = (a: RationalInterval, b: RationalInterval): RationalInterval =>
  addRanges(a, negateRange(b));
export const scaleRange = (factor: Rational, a: RationalInterval): RationalInterval => multiplyRanges(point(factor), a);
export const sumRanges = (terms: RangeVector): RationalInterval => terms.reduce(addRanges, point(ZERO));

/** The part at or above 0, for a quantity that is known not to be negative. */
export const nonNegativePart = ({ lo, hi }: RationalInterval): RationalInterval => ({
  lo: Rational.max(ZERO, lo),
  hi: Rational.max(ZERO, hi),
});

/** x |x|, which rises with x. */
export const signedSquare = ({ lo, hi }: RationalInterval): RationalInterval => ({
  lo: lo.times(lo.absolute()),
  hi: hi.times(hi.absolute()),
});

export function squareRange(a: RationalInterval): RationalInterval {
  const [p, q] = [a.lo.power(2), a.hi.power(2)];
  const isAcross = a.lo.sign() < 0 && a.hi.sign() > 0;
  return { lo: isAcross ? ZERO : Rational.min(p, q), hi: Rational.max(p, q) };
}

/** a / b for b > 0. @throws RangeError where b reaches 0. */
export function quotientRange(a: RationalInterval, b: RationalInterval): RationalInterval {
  if (b.lo.sign() <= 0) throw new RangeError(`quotientRange: a divisor > 0, got one from ${b.lo}`);
  return multiplyRanges(a, { lo: Rational.ONE.dividedBy(b.hi), hi: Rational.ONE.dividedBy(b.lo) });
}

export const differenceRange = (a: RangeVector, b: RangeVector): RangeVector =>
  a.map((x, i) => subtractRanges(x, b[i] ?? point(ZERO)));
export const dotRange = (a: RangeVector, b: RangeVector): RationalInterval =>
  sumRanges(a.map((x, i) => multiplyRanges(x, b[i] ?? point(ZERO))));
export const squaredNormRange = (a: RangeVector): RationalInterval => sumRanges(a.map(squareRange));

/** The root of numbers >= 0, a point where it is rational. */
export function rootRange({ lo, hi }: RationalInterval): RationalInterval {
  const [low, high] = [Rational.max(ZERO, lo), Rational.max(ZERO, hi)];
  return {
    lo: low.squareRoot() ?? low.squareRootBounds(ROOT_BITS)[0],
    hi: high.squareRoot() ?? high.squareRootBounds(ROOT_BITS)[1],
  };
}

export const enclosureOf = ({ lo, hi }: RationalInterval): Enclosure =>
  lo.equals(hi) ? exactly(lo) : { lo: lo.lowerDouble(), hi: hi.upperDouble() };

/** The enclosure of what is computed from an answer; the whole line where its error bound guarantees nothing. */
export const enclosed = ({ error }: { readonly error: number }, compute: () => RationalInterval): Enclosure =>
  Number.isFinite(error) ? enclosureOf(compute()) : { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };
