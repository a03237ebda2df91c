import {
  add,
  divide,
  hull,
  type Interval,
  interval,
  maximum,
  multiply,
  negate,
  squareRoot,
  subtract,
} from '../exact/interval.ts';
import { FLOAT64, type FloatFormat } from '../matrix/arithmetic.ts';
import { isRepresentable } from '../matrix/representable.ts';
import { LARGEST_FINITE, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { certainRanks } from './certain-ranks.ts';
import { enclosedSum, type Factors, reorderingError } from './enclosed-sum.ts';
import { enclosedTransform } from './enclosed-transform.ts';
import type { Numbers } from './numbers.ts';
import { roundTo } from './round-to.ts';
import { requireOneLength } from './rounded-numbers.ts';

const ZERO = interval(0);
const REALS: Interval = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };
const isZero = ({ lo, hi }: Interval): boolean => lo === 0 && hi === 0;
const isBounded = ({ lo, hi }: Interval): boolean => Number.isFinite(lo) && Number.isFinite(hi);
/** 0 times what may have overflowed is 0 in the reals, and NaN in a computation. */
const isLost = (a: Interval, b: Interval): boolean => (isZero(a) && !isBounded(b)) || (isZero(b) && !isBounded(a));
/** x times `sign` where that is the point 1 or -1: exact, and alike for both signs, so that mirrored data stay mirrored. */
const signed = (x: Interval, sign: Interval): Interval | undefined =>
  sign.lo !== sign.hi || Math.abs(sign.lo) !== 1 ? undefined : sign.lo > 0 ? x : negate(x);

/**
 * Intervals that contain the exact result and what every admissible computation in a format gives ("exact": the exact
 * result alone).
 *
 * An input is the exact double or its rounding to the format. The result of an operation may be wrong by two
 * roundings of the format, one of its own and one more for an implementation that splits or reorders it (lerp,
 * a bias correction folded into the step size); a sum of products also by what an order of summation makes of it
 * (`enclosedSum`); a result below the normal range may be flushed to 0. What is exact in every such computation stays a
 * point: a number of the format, 0 + x, ±1 x, x / ±1. Any other quotient is widened even where it is a number of the format: who
 * divides sqrt(v) by sqrt(c) in place of v by c rounds where we do not. A rounding never changes a sign.
 */
export function enclosedNumbers(format: FloatFormat | 'exact'): Numbers<Interval> {
  const widened = format === 'exact' ? (x: Interval): Interval => x : rounding(format);
  const settled = (x: Interval): Interval =>
    format !== 'exact' && x.lo === x.hi && isRepresentable(x.lo, format) ? x : widened(x);
  const input = (x: number): Interval => {
    if (format === 'exact') return interval(x);
    const rounded = Math.abs(x) < SMALLEST_NORMAL[format] && format !== 'float64' ? 0 : roundTo(x, format);
    return interval(Math.min(x, rounded), Math.max(x, rounded));
  };
  const product = (a: Interval, b: Interval): Interval =>
    format !== 'exact' && isLost(a, b) ? REALS : (signed(b, a) ?? signed(a, b) ?? settled(multiply(a, b)));
  return {
    of: input,
    add: (a, b) => (isZero(a) ? b : isZero(b) ? a : settled(add(a, b))),
    subtract: (a, b) => (isZero(b) ? a : isZero(a) ? negate(b) : settled(subtract(a, b))),
    multiply: product,
    sumOfProducts: (a, b) => {
      requireOneLength(a, b);
      if (format !== 'exact' && a.some((x, k) => isLost(x, b[k] as Interval))) return REALS;
      const terms = a.map((x, k): Factors => [x, b[k] as Interval]).filter(([x, y]) => !isZero(x) && !isZero(y));
      const [only] = terms;
      if (only === undefined) return ZERO;
      return terms.length === 1 ? product(...only) : settled(enclosedSum(terms, format));
    },
    reordered: (x, terms) => {
      const error = format === 'exact' ? 0 : reorderingError(terms, format);
      // 0 times infinity
      return error === 0 ? x : Number.isNaN(error) ? REALS : add(x, { lo: -error, hi: error });
    },
    divide: (a, b) => signed(a, b) ?? widened(quotient(a, b)),
    squareRoot: (a) => settled(squareRoot(a)),
    maximum,
    wherePositive: (x, yes, no) => (x.lo > 0 ? yes : x.hi <= 0 ? no : hull(yes, no)),
    whereLargest: (scores, count, chosen, rest) => {
      const [fewest, most] = [Math.floor(count.lo), Math.floor(count.hi)];
      const either = hull(chosen, rest);
      return certainRanks(scores).map(({ least, greatest }) =>
        greatest < fewest ? chosen : least >= most ? rest : either,
      );
    },
    transform: (A, f) => enclosedTransform(A, f, format === 'exact' ? FLOAT64.format : format),
  };
}

/** a / b with a / 0 = 0. A divisor that may be 0 leaves only the sign of the quotient. */
function quotient(a: Interval, b: Interval): Interval {
  if (isZero(a) || isZero(b)) return ZERO;
  if (b.lo > 0 || b.hi < 0) return divide(a, b);
  if (b.lo < 0 && b.hi > 0) return REALS;
  const [lo, hi] = b.hi > 0 ? [a.lo, a.hi] : [-a.hi, -a.lo];
  return { lo: lo >= 0 ? 0 : Number.NEGATIVE_INFINITY, hi: hi <= 0 ? 0 : Number.POSITIVE_INFINITY };
}

/** Widens by two roundings: (1 - 2u - 2^-53) and (1 + 2u + 2^-52), each multiplied in double, pass (1 ± u)^2. */
function rounding(format: FloatFormat): (x: Interval) => Interval {
  const u = UNIT_ROUNDOFF[format];
  const [shrink, grow] = [1 - 2 * u - 2 ** -53, 1 + 2 * u + 2 ** -52];
  const [tiny, huge] = [SMALLEST_NORMAL[format], LARGEST_FINITE[format]];
  const down = (x: number): number => {
    if (x >= 0) return x < 2 * tiny ? 0 : x * shrink;
    const lower = x * grow - (x > -2 * tiny ? tiny : 0);
    return lower < -huge ? Number.NEGATIVE_INFINITY : lower;
  };
  return ({ lo, hi }) => (lo === 0 && hi === 0 ? ZERO : { lo: down(lo), hi: 0 - down(-hi) });
}
