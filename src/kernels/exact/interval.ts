import { productDown, quotientDown, rootDown, rootUp, sumDown } from './directed.ts';
import { type Numeric, Rational } from './rational.ts';

/**
 * A closed interval of extended reals, lo <= hi, that contains the exact value.
 *
 * An operation returns the tightest such interval whose ends are doubles: an end that is exactly representable is
 * exact. No end is NaN or -0. An infinite end stands for reals without bound; 0 times it is 0.
 */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

const sumUp = (a: number, b: number): number => 0 - sumDown(-a, -b);
const productUp = (a: number, b: number): number => 0 - productDown(-a, b);
const quotientUp = (a: number, b: number): number => 0 - quotientDown(-a, b);

/**
 * [lo, hi], or the one point lo.
 * @throws RangeError where an end is NaN or lo > hi.
 */
export function interval(lo: number, hi: number = lo): Interval {
  if (!(lo <= hi)) throw new RangeError(`interval: lo <= hi, got [${lo}, ${hi}]`);
  return { lo: lo + 0, hi: hi + 0 };
}

/**
 * The tightest double interval around an exact value, widened by radius on both sides; an infinite value is a point.
 * @throws RangeError where the radius is negative or NaN, or the value no number.
 */
export function around(value: Numeric | Rational, radius = 0): Interval {
  if (!(radius >= 0)) throw new RangeError(`around: radius >= 0, got ${radius}`);
  const point = typeof value === 'number' ? interval(value) : doublesAround(Rational.from(value));
  return radius === 0 ? point : add(point, { lo: -radius, hi: radius });
}

const doublesAround = (value: Rational): Interval => ({ lo: value.lowerDouble(), hi: value.upperDouble() });

export const add = (a: Interval, b: Interval): Interval => ({ lo: sumDown(a.lo, b.lo), hi: sumUp(a.hi, b.hi) });

export const negate = (a: Interval): Interval => ({ lo: 0 - a.hi, hi: 0 - a.lo });

export const subtract = (a: Interval, b: Interval): Interval => add(a, negate(b));

export function multiply(a: Interval, b: Interval): Interval {
  if (a.lo >= 0)
    return { lo: productDown(b.lo >= 0 ? a.lo : a.hi, b.lo), hi: productUp(b.hi >= 0 ? a.hi : a.lo, b.hi) };
  if (a.hi <= 0) return negate(multiply(negate(a), b));
  if (b.lo >= 0) return { lo: productDown(a.lo, b.hi), hi: productUp(a.hi, b.hi) };
  if (b.hi <= 0) return { lo: productDown(a.hi, b.lo), hi: productUp(a.lo, b.lo) };
  return {
    lo: Math.min(productDown(a.lo, b.hi), productDown(a.hi, b.lo)),
    hi: Math.max(productUp(a.lo, b.lo), productUp(a.hi, b.hi)),
  };
}

/** a / b. @throws RangeError where b contains 0. */
export function divide(a: Interval, b: Interval): Interval {
  if (b.lo <= 0 && b.hi >= 0) throw new RangeError(`divide: a divisor without 0, got [${b.lo}, ${b.hi}]`);
  if (b.hi < 0) return negate(divide(a, negate(b)));
  return {
    lo: quotientDown(a.lo, a.lo >= 0 ? b.hi : b.lo),
    hi: quotientUp(a.hi, a.hi >= 0 ? b.lo : b.hi),
  };
}

/** x^2 for x in a (tighter than a times a where a straddles 0). */
export function square(a: Interval): Interval {
  const { lo, hi } = absolute(a);
  return { lo: productDown(lo, lo), hi: productUp(hi, hi) };
}

/** |x| for x in a. */
export const absolute = (a: Interval): Interval =>
  a.lo >= 0 ? a : a.hi <= 0 ? negate(a) : { lo: 0, hi: Math.max(-a.lo, a.hi) };

/** sqrt over the part of a that is >= 0. @throws RangeError where a lies below 0. */
export function squareRoot(a: Interval): Interval {
  if (a.hi < 0) throw new RangeError(`squareRoot: a value >= 0, got [${a.lo}, ${a.hi}]`);
  return { lo: rootDown(Math.max(a.lo, 0)), hi: rootUp(a.hi) };
}

export const minimum = (a: Interval, b: Interval): Interval => ({ lo: Math.min(a.lo, b.lo), hi: Math.min(a.hi, b.hi) });

export const maximum = (a: Interval, b: Interval): Interval => ({ lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi) });

/** The smallest interval that contains both. */
export const hull = (a: Interval, b: Interval): Interval => ({ lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) });

/** The sum, term after term; 0 of no terms. */
export const sum = (terms: Iterable<Interval>): Interval => {
  let total: Interval = { lo: 0, hi: 0 };
  for (const term of terms) total = add(total, term);
  return total;
};

export const contains = (a: Interval, x: number): boolean => a.lo <= x && x <= a.hi;

/** hi - lo, rounded up. */
export const width = (a: Interval): number => sumUp(a.hi, -a.lo);
