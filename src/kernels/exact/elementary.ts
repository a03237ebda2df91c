import { expBounds } from './exp-bounds.ts';
import { integerRoot } from './integer.ts';
import type { Interval } from './interval.ts';
import { logBounds } from './log-bounds.ts';
import { Rational } from './rational.ts';

/*
 * exp, log and power of intervals by certified rational bounds of every end: `Math.exp` and its kin are accurate on most
 * engines, but no standard says how accurate. An exactly representable result is a point, any other has ends that are
 * neighbouring doubles unless the true value lies within 2^-100 of one of them, relatively.
 */

/** Relative precision of the rational bounds: far finer than a double, so that rounding outward costs nothing more. */
const BITS = 100;
/** exp(710) > 2^1024 and exp(-746) < 2^-1075: beyond these the ends no longer change. */
const LARGEST = Rational.from(710);
const SMALLEST = Rational.from(-746);
/** No double but 1 has a root or a power of a higher degree that is a double: 2^-1074 is the last power of two. */
const HIGHEST_EXACT_DEGREE = 1074n;

/** exp(x) for x in a. */
export const exp = (a: Interval): Interval => ({
  lo: Number.isFinite(a.lo) ? expDownOf(Rational.from(a.lo)) : Math.max(a.lo, 0),
  hi: Number.isFinite(a.hi) ? expUpOf(Rational.from(a.hi)) : Math.max(a.hi, 0),
});

const expDownOf = (x: Rational): number =>
  x.lessThan(SMALLEST) ? 0 : expBounds(Rational.min(x, LARGEST), BITS).lo.lowerDouble();

const expUpOf = (x: Rational): number =>
  LARGEST.lessThan(x) ? Number.POSITIVE_INFINITY : expBounds(Rational.max(x, SMALLEST), BITS).hi.upperDouble();

/** log(x) for the x > 0 in a; -Infinity where a reaches 0. @throws RangeError where a has no point above 0. */
export function log(a: Interval): Interval {
  if (a.hi <= 0) throw new RangeError(`log: a value > 0, got [${a.lo}, ${a.hi}]`);
  return {
    lo: a.lo <= 0 ? Number.NEGATIVE_INFINITY : logDown(a.lo),
    hi: a.hi === Number.POSITIVE_INFINITY ? a.hi : logBounds(Rational.from(a.hi), BITS).hi.upperDouble(),
  };
}

const logDown = (x: number): number =>
  x === Number.POSITIVE_INFINITY ? x : logBounds(Rational.from(x), BITS).lo.lowerDouble();

/**
 * x^exponent for the x in a where it is a real number: x >= 0, and x > 0 for a negative exponent; 0^0 = 1.
 *
 * Exact where x^(p/q) is rational and short, exp(exponent log x) elsewhere.
 * @throws RangeError where a reaches below 0, or is [0, 0] and the exponent negative.
 */
export function power(a: Interval, exponent: Rational): Interval {
  if (a.lo < 0) throw new RangeError(`power: values >= 0, got [${a.lo}, ${a.hi}]`);
  if (a.hi === 0 && exponent.sign() < 0) throw new RangeError(`power: a value > 0 for ${exponent}, got [0, 0]`);
  const [least, greatest] = exponent.sign() < 0 ? [a.hi, a.lo] : [a.lo, a.hi];
  return { lo: powerEnd(least, exponent).lo, hi: powerEnd(greatest, exponent).hi };
}

/** The tight interval of one power. */
function powerEnd(x: number, exponent: Rational): Interval {
  if (exponent.sign() === 0 || x === 1) return { lo: 1, hi: 1 };
  if (x === 0 || x === Number.POSITIVE_INFINITY) {
    const limit = (x === 0) === exponent.sign() > 0 ? 0 : Number.POSITIVE_INFINITY;
    return { lo: limit, hi: limit };
  }
  const base = Rational.from(x);
  const exact = exactPower(base, exponent);
  if (exact !== undefined) return { lo: exact.lowerDouble(), hi: exact.upperDouble() };
  const { lo, hi } = logBounds(base, BITS + 32);
  const [from, to] = exponent.sign() > 0 ? [lo, hi] : [hi, lo];
  return { lo: expDownOf(from.times(exponent)), hi: expUpOf(to.times(exponent)) };
}

/** x^(p/q) where it is rational and its degrees are small enough for a double. */
function exactPower(x: Rational, { numerator: p, denominator: q }: Rational): Rational | undefined {
  if (q > HIGHEST_EXACT_DEGREE || p > HIGHEST_EXACT_DEGREE || p < -HIGHEST_EXACT_DEGREE) return undefined;
  const degree = Number(q);
  const [n, d] = [integerRoot(x.numerator, degree), integerRoot(x.denominator, degree)];
  if (n ** q !== x.numerator || d ** q !== x.denominator) return undefined;
  return Rational.of(n, d).power(Number(p));
}
