import { add, type Interval, multiply } from '../exact/interval.ts';
import { decompose } from '../exact/next-double.ts';
import { accumulationFormat } from '../matrix/accumulation.ts';
import type { FloatFormat } from '../matrix/arithmetic.ts';
import { gamma, LARGEST_FINITE, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../unit-roundoff.ts';

/** The two factors of a product, neither of them 0. */
export type Factors = readonly [Interval, Interval];

/**
 * Encloses what the format accumulates for a sum of products in any order, with fused operations or without, before it is
 * rounded to the format; "exact": the exact sum alone.
 *
 * With n products and u the unit roundoff of the accumulation, the computed sum of p_1, …, p_n is off by at most gamma_n
 * sum |p_k| whatever the tree of additions: a product passes through n roundings at most, its own and n - 1 additions
 * (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1, and 4.2 for the orders). A product or a partial
 * sum below the normal range may also be flushed to 0, 2n - 1 times at most, each loss growing by 1 + gamma_n at most.
 * Where partial sums may overflow nothing is known. A sum of numbers of one sign keeps the sign. Where no order rounds
 * anything the sum is exact, see `exactSum`.
 */
export function enclosedSum(terms: readonly Factors[], format: FloatFormat | 'exact'): Interval {
  const products = terms.map(([x, y]) => multiply(x, y));
  const sum = products.reduce(add, { lo: 0, hi: 0 });
  if (format === 'exact') return sum;
  const exact = exactSum(terms, accumulationFormat(format));
  if (exact !== undefined) return { lo: exact, hi: exact };
  const [accumulation, n] = [accumulationFormat(format), products.length];
  const relative = gamma(n, UNIT_ROUNDOFF[accumulation]);
  const sizes = products.reduce((total, { lo, hi }) => total + Math.max(-lo, hi), 0) * roundedUp(n);
  const flushed = 2 * n * (1 + relative) * SMALLEST_NORMAL[accumulation];
  const isInRange = sizes * (1 + relative) + flushed < LARGEST_FINITE[accumulation];
  // the error itself is made of fewer than eight operations
  const error = isInRange ? (relative * sizes + flushed) * roundedUp(8) : Number.POSITIVE_INFINITY;
  const { lo, hi } = add(sum, { lo: -error, hi: error });
  return {
    lo: products.every((p) => p.lo >= 0) ? Math.max(0, lo) : lo,
    hi: products.every((p) => p.hi <= 0) ? Math.min(0, hi) : hi,
  };
}

/**
 * What a sum of n products, each operation rounded to the format, may be off by whatever the order, and whatever is factored out: n
 * multiplications and n - 1 additions at most stand above each product, so gamma_(2n) sum |p_k|, and as much may be flushed. 0 where no
 * order rounds anything, or where there is one product alone.
 */
export function reorderingError(all: readonly Factors[], format: FloatFormat): number {
  const terms = all.filter(([x, y]) => !isZero(x) && !isZero(y));
  if (terms.length < 2 || exactSum(terms, format) !== undefined) return 0;
  const n = terms.length;
  const relative = gamma(2 * n, UNIT_ROUNDOFF[format]);
  const sizes = terms.reduce((total, [x, y]) => total + largest(x) * largest(y), 0);
  return (relative * sizes + 4 * n * SMALLEST_NORMAL[format]) * roundedUp(2 * n + 8);
}

const isZero = ({ lo, hi }: Interval): boolean => lo === 0 && hi === 0;
const largest = ({ lo, hi }: Interval): number => Math.max(-lo, hi);

/** What makes up for k roundings to nearest in double precision. */
const roundedUp = (k: number): number => 1 + gamma(k, UNIT_ROUNDOFF.float64);

/**
 * The sum where all factors are points and every order of summation is exact; undefined elsewhere.
 *
 * Let q be a power of two of which all products p_k are multiples (the least last place of one). If sum |p_k| < 2^p q, p
 * the digits of the accumulation, every partial sum is a multiple of q below 2^p q, hence a number of that format,
 * provided that q is not below its normal range nor the sum above it.
 */
function exactSum(terms: readonly Factors[], accumulation: FloatFormat): number | undefined {
  const limit = 1 / UNIT_ROUNDOFF[accumulation];
  let [place, total, sum] = [0, 0, 0];
  for (const [x, y] of terms) {
    if (x.lo !== x.hi || y.lo !== y.hi || !Number.isFinite(x.lo) || !Number.isFinite(y.lo)) return undefined;
    const [first, second] = [decompose(x.lo), decompose(y.lo)];
    const exponent = first.exponent + second.exponent;
    const lowest = total === 0 ? exponent : Math.min(place, exponent);
    // sum |p_k| in units of 2^lowest: integers, exact in double precision while they stay below 2^53
    const before = total === 0 ? 0 : total * 2 ** (place - lowest);
    total = before + Math.abs(first.mantissa * second.mantissa) * 2 ** (exponent - lowest);
    if (!(total < limit)) return undefined;
    place = lowest;
    sum += x.lo * y.lo;
  }
  const isInRange = 2 ** place >= SMALLEST_NORMAL[accumulation] && total * 2 ** place <= LARGEST_FINITE[accumulation];
  return isInRange ? sum + 0 : undefined;
}
