import { nextDown } from './next-double.ts';
import { Rational } from './rational.ts';

/*
 * Sums, products, quotients and roots of doubles rounded down, without a change of rounding mode: the nearest double,
 * one down where the exact error of that rounding is negative. Rounding up is -down of the negated operands. No result
 * is NaN or -0.
 */

const SPLITTER = 2 ** 27 + 1;
/** Above it a b, as a multiple of ulp(a) ulp(b), has an error term that is a multiple of 2^-1074, so no part underflows. */
const ERROR_UNDERFLOW = 2 ** -968;
/** Below it SPLITTER times the number stays finite. */
const SPLIT_OVERFLOW = 2 ** 995;
/** Below it the product of the high parts, up to 2^-25 above a b, stays finite. */
const PRODUCT_OVERFLOW = 2 ** 1022;

/** The sign of (a + b) - sum for sum = fl(a + b) finite (Dekker's fast two-sum: exact, no intermediate overflows). */
const sumError = (a: number, b: number, sum: number): number =>
  Math.abs(a) >= Math.abs(b) ? b - (sum - a) : a - (sum - b);

/** The rounding error a b - fl(a b), exact where `splits` (Veltkamp's splitting, Dekker's product; Dekker 1971). */
function productError(a: number, b: number, product: number): number {
  const [wideA, wideB] = [SPLITTER * a, SPLITTER * b];
  const [highA, highB] = [wideA - (wideA - a), wideB - (wideB - b)];
  const [lowA, lowB] = [a - highA, b - highB];
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

const splits = (a: number, b: number, product: number): boolean =>
  Math.abs(product) > ERROR_UNDERFLOW &&
  Math.abs(product) < PRODUCT_OVERFLOW &&
  Math.abs(a) < SPLIT_OVERFLOW &&
  Math.abs(b) < SPLIT_OVERFLOW;

/** The largest double <= a + b; of opposite infinities -Infinity. */
export function sumDown(a: number, b: number): number {
  const sum = a + b;
  if (Number.isFinite(sum)) return (sumError(a, b, sum) < 0 ? nextDown(sum) : sum) + 0;
  if (sum === Number.POSITIVE_INFINITY) return Number.isFinite(a) && Number.isFinite(b) ? Number.MAX_VALUE : sum;
  return Number.NEGATIVE_INFINITY;
}

/** The largest double <= a b; 0 times an infinity, an end that is never reached, is 0. */
export function productDown(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const product = a * b;
  if (splits(a, b, product)) return productError(a, b, product) < 0 ? nextDown(product) : product;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return product;
  return Rational.from(a).times(Rational.from(b)).lowerDouble();
}

/** The largest double <= a / b for b > 0; a finite number over Infinity is 0, Infinity over it 0, -Infinity over it -Infinity. */
export function quotientDown(a: number, b: number): number {
  if (a === 0 || (Number.isFinite(a) && !Number.isFinite(b))) return 0;
  const quotient = a / b;
  if (Number.isNaN(quotient)) return a === b ? 0 : Number.NEGATIVE_INFINITY;
  if (!Number.isFinite(a)) return quotient;
  const back = quotient * b;
  if (!splits(quotient, b, back) || Math.abs(quotient) <= ERROR_UNDERFLOW)
    return Rational.from(a).dividedBy(Rational.from(b)).lowerDouble();
  // a - q b = (a - fl(q b)) - error; the first difference is exact (Sterbenz), so the sign of the second is right
  const remainder = a - back - productError(quotient, b, back);
  return remainder < 0 ? nextDown(quotient) : quotient;
}

/** The nearest double to sqrt(a), a >= 0, and the sign of sqrt(a) minus it. */
function nearestRoot(a: number): { readonly root: number; readonly error: number } {
  const root = Math.sqrt(a) + 0;
  if (a === 0 || root === Number.POSITIVE_INFINITY) return { root, error: 0 };
  const square = root * root;
  if (!splits(root, root, square)) {
    // a power of four moves a to the middle of the range, exactly, and its root with it
    const factor = a < 1 ? 2 ** 300 : 2 ** -300;
    const scaled = nearestRoot(a * factor * factor);
    return { root: scaled.root / factor, error: scaled.error };
  }
  return { root, error: a - square - productError(root, root, square) };
}

/** The largest double <= sqrt(a) for a >= 0. */
export function rootDown(a: number): number {
  const { root, error } = nearestRoot(a);
  return error < 0 ? nextDown(root) : root;
}

/** The smallest double >= sqrt(a) for a >= 0. */
export function rootUp(a: number): number {
  const { root, error } = nearestRoot(a);
  return error > 0 ? -nextDown(-root) : root;
}
