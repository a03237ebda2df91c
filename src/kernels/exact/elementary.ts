import { expBounds } from './exp-bounds.ts';
import { integerRoot } from './integer.ts';
import type { Interval } from './interval.ts';
import { logBounds } from './log-bounds.ts';
import { Rational } from './rational.ts';
import type { RationalInterval } from './rational-interval.ts';

/*
 * exp, log and power of intervals by certified rational bounds of every end: `Math.exp` and its kin are accurate on most
 * engines, but no standard says how accurate. Every result is the tightest interval of doubles.
 */

/** exp(710) > 2^1024 and exp(-746) < 2^-1075: beyond these the doubles around exp(x) no longer change. */
const LARGEST = Rational.from(710);
const SMALLEST = Rational.from(-746);
/** No double but 1 has a root or a power of a higher degree that is a double: 2^-1074 is the last power of two. */
const HIGHEST_EXACT_DEGREE = 1074n;
/** Twice the bits of a double, and doubled as long as the bounds leave more than one answer. */
const FIRST_BITS = 106;

/**
 * The tightest interval of doubles around a number with bounds of any relative precision 2^-bits (Ziv's strategy). It ends
 * where the number is no double, or the bounds are a point.
 */
function tightest(bounds: (bits: number) => RationalInterval): Interval {
  for (let bits = FIRST_BITS; ; bits *= 2) {
    const { lo, hi } = bounds(bits);
    const result = { lo: lo.lowerDouble(), hi: hi.upperDouble() };
    if (result.lo === hi.lowerDouble() && result.hi === lo.upperDouble()) return result;
  }
}

const inRange = (x: Rational): Rational => Rational.min(Rational.max(x, SMALLEST), LARGEST);

/** exp(x) for x in a. Of a double other than 0 it is irrational (Lindemann). */
export const exp = (a: Interval): Interval => ({ lo: expOf(a.lo).lo, hi: expOf(a.hi).hi });

function expOf(x: number): Interval {
  if (!Number.isFinite(x)) return { lo: Math.max(x, 0), hi: Math.max(x, 0) };
  return tightest((bits) => expBounds(inRange(Rational.from(x)), bits));
}

/** log(x) for the x > 0 in a; -Infinity where a reaches 0. @throws RangeError where a has no point above 0. */
export function log(a: Interval): Interval {
  if (a.hi <= 0) throw new RangeError(`log: a value > 0, got [${a.lo}, ${a.hi}]`);
  return { lo: a.lo <= 0 ? Number.NEGATIVE_INFINITY : logOf(a.lo).lo, hi: logOf(a.hi).hi };
}

const logOf = (x: number): Interval =>
  x === Number.POSITIVE_INFINITY ? { lo: x, hi: x } : tightest((bits) => logBounds(Rational.from(x), bits));

/**
 * x^exponent for the x in a where it is a real number: x >= 0, and x > 0 for a negative exponent; 0^0 = 1.
 *
 * A point where x^(p/q) is a double; elsewhere the tightest interval around exp(exponent log x).
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
  return tightest((bits) => {
    // |exponent log x| <= 746 in range: ten more bits make its absolute error the relative one of the power
    const { lo, hi } = logBounds(base, bits + 10);
    const [from, to] = exponent.sign() > 0 ? [lo, hi] : [hi, lo];
    return {
      lo: expBounds(inRange(from.times(exponent)), bits).lo,
      hi: expBounds(inRange(to.times(exponent)), bits).hi,
    };
  });
}

/** x^(p/q) where it is rational and its degrees are small enough for a double. */
function exactPower(x: Rational, { numerator: p, denominator: q }: Rational): Rational | undefined {
  if (q > HIGHEST_EXACT_DEGREE || p > HIGHEST_EXACT_DEGREE || p < -HIGHEST_EXACT_DEGREE) return undefined;
  const degree = Number(q);
  const [n, d] = [integerRoot(x.numerator, degree), integerRoot(x.denominator, degree)];
  if (n ** q !== x.numerator || d ** q !== x.denominator) return undefined;
  return Rational.of(n, d).power(Number(p));
}
