import { type Numeric, nextDown, nextUp, Rational } from './rational.ts';

/** A closed interval of extended reals, lo <= hi, that contains the exact value. */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

const SPLITTER = 2 ** 27 + 1;
/** Below this magnitude the error term of a product may itself round (Dekker 1971: no underflow of the low part). */
const PRODUCT_UNDERFLOW = 2 ** -968;
const PRODUCT_OVERFLOW = 2 ** 995;

/** The rounding error (a + b) - fl(a + b), exact (Knuth, two-sum). */
function sumError(a: number, b: number, sum: number): number {
  const shadow = sum - a;
  return a - (sum - shadow) + (b - shadow);
}

/** The rounding error a b - fl(a b), exact while nothing over- or underflows (Dekker and Veltkamp, two-product). */
function productError(a: number, b: number, product: number): number {
  const [wideA, wideB] = [SPLITTER * a, SPLITTER * b];
  const [highA, highB] = [wideA - (wideA - a), wideB - (wideB - b)];
  const [lowA, lowB] = [a - highA, b - highB];
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

const exactProduct = (a: number, b: number, product: number): boolean =>
  Math.abs(product) > PRODUCT_UNDERFLOW && Math.abs(a) < PRODUCT_OVERFLOW && Math.abs(b) < PRODUCT_OVERFLOW;

const downFrom = (rounded: number, error: number): number =>
  error < 0 || Number.isNaN(error) ? nextDown(rounded) : rounded;

function sumDown(a: number, b: number): number {
  const sum = a + b;
  if (sum === Number.POSITIVE_INFINITY && Number.isFinite(a) && Number.isFinite(b)) return Number.MAX_VALUE;
  return Number.isFinite(sum) ? downFrom(sum, sumError(a, b, sum)) : sum;
}

function productDown(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const product = a * b;
  if (product === Number.POSITIVE_INFINITY && Number.isFinite(a) && Number.isFinite(b)) return Number.MAX_VALUE;
  if (!Number.isFinite(product)) return product;
  return exactProduct(a, b, product) ? downFrom(product, productError(a, b, product)) : nextDown(product);
}

function quotientDown(a: number, b: number): number {
  if (a === 0) return 0;
  const quotient = a / b;
  if (quotient === Number.POSITIVE_INFINITY && Number.isFinite(a)) return Number.MAX_VALUE;
  if (!Number.isFinite(quotient) || !Number.isFinite(b))
    return Number.isFinite(quotient) ? nextDown(quotient) : quotient;
  const back = quotient * b;
  if (!exactProduct(quotient, b, back) || Math.abs(quotient) < PRODUCT_UNDERFLOW) return nextDown(quotient);
  // a - q b = (a - fl(q b)) - error; the first difference is exact (Sterbenz)
  const remainder = a - back - productError(quotient, b, back);
  return remainder !== 0 && remainder < 0 === b > 0 ? nextDown(quotient) : quotient;
}

function rootDown(a: number): number {
  const root = Math.sqrt(a);
  if (!Number.isFinite(root)) return root === Number.POSITIVE_INFINITY ? root : 0;
  const square = root * root;
  if (a !== 0 && !exactProduct(root, root, square)) return nextDown(root);
  const remainder = a - square - productError(root, root, square);
  return remainder < 0 ? nextDown(root) : root;
}

function rootUp(a: number): number {
  const root = Math.sqrt(a);
  if (!Number.isFinite(root)) return root;
  const square = root * root;
  if (a !== 0 && !exactProduct(root, root, square)) return nextUp(root);
  const remainder = a - square - productError(root, root, square);
  return remainder > 0 ? nextUp(root) : root;
}

/**
 * [lo, hi], or the one point lo.
 * @throws RangeError where an end is NaN or lo > hi.
 */
export function interval(lo: number, hi: number = lo): Interval {
  if (!(lo <= hi)) throw new RangeError(`interval: lo <= hi, got [${lo}, ${hi}]`);
  return { lo, hi };
}

/** The tightest double interval around an exact value, widened by radius on both sides. */
export function around(value: Numeric | Rational, radius = 0): Interval {
  if (!(radius >= 0)) throw new RangeError(`around: radius >= 0, got ${radius}`);
  const point =
    typeof value === 'number'
      ? interval(value)
      : ((r: Rational) => ({ lo: r.lowerDouble(), hi: r.upperDouble() }))(
          value instanceof Rational ? value : Rational.from(value),
        );
  return radius === 0 ? point : add(point, { lo: -radius, hi: radius });
}

export const add = (a: Interval, b: Interval): Interval => ({ lo: sumDown(a.lo, b.lo), hi: -sumDown(-a.hi, -b.hi) });

export const negate = (a: Interval): Interval => ({ lo: -a.hi, hi: -a.lo });

export const subtract = (a: Interval, b: Interval): Interval => add(a, negate(b));

export function multiply(a: Interval, b: Interval): Interval {
  if (a.lo >= 0 && b.lo >= 0) return { lo: productDown(a.lo, b.lo), hi: -productDown(-a.hi, b.hi) };
  return {
    lo: Math.min(productDown(a.lo, b.lo), productDown(a.lo, b.hi), productDown(a.hi, b.lo), productDown(a.hi, b.hi)),
    hi: -Math.min(
      productDown(-a.lo, b.lo),
      productDown(-a.lo, b.hi),
      productDown(-a.hi, b.lo),
      productDown(-a.hi, b.hi),
    ),
  };
}

/** a / b. @throws RangeError where b contains 0. */
export function divide(a: Interval, b: Interval): Interval {
  if (b.lo <= 0 && b.hi >= 0) throw new RangeError(`divide: a divisor without 0, got [${b.lo}, ${b.hi}]`);
  return {
    lo: Math.min(
      quotientDown(a.lo, b.lo),
      quotientDown(a.lo, b.hi),
      quotientDown(a.hi, b.lo),
      quotientDown(a.hi, b.hi),
    ),
    hi: -Math.min(
      quotientDown(-a.lo, b.lo),
      quotientDown(-a.lo, b.hi),
      quotientDown(-a.hi, b.lo),
      quotientDown(-a.hi, b.hi),
    ),
  };
}

/** x^2 for x in a (tighter than a times a where a straddles 0). */
export function square(a: Interval): Interval {
  const magnitude = absolute(a);
  return multiply(magnitude, magnitude);
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

export const sum = (terms: Iterable<Interval>): Interval => {
  let total: Interval = { lo: 0, hi: 0 };
  for (const term of terms) total = add(total, term);
  return total;
};

export const contains = (a: Interval, x: number): boolean => a.lo <= x && x <= a.hi;

/** hi - lo, rounded up. */
export const width = (a: Interval): number => -sumDown(-a.hi, a.lo);
