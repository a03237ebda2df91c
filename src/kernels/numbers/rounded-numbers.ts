import { type Arithmetic, FLOAT32, FLOAT64 } from '../matrix/arithmetic.ts';
import { BFLOAT16 } from '../matrix/bfloat16.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Grid, Numbers } from './numbers.ts';

/**
 * Floating-point numbers in which every operation is rounded once, a sum of products as its arithmetic accumulates it.
 *
 * For singles the double-precision result of one operation, rounded by Math.fround, is the correctly rounded single
 * (Figueroa 1995: 53 >= 2·24 + 2).
 */
function roundedNumbers(arithmetic: Arithmetic): Numbers<number> {
  const { round, roundSum } = arithmetic;
  return {
    of: round,
    add: (a, b) => round(a + b),
    subtract: (a, b) => round(a - b),
    multiply: (a, b) => round(a * b),
    sumOfProducts: (a, b) => {
      requireOneLength(a, b);
      return round(a.reduce((sum, x, k) => roundSum(sum + roundSum(x * (b[k] as number))), 0));
    },
    reordered: (x) => x,
    divide: (a, b) => (b === 0 ? 0 : round(a / b)),
    squareRoot: (a) => round(Math.sqrt(a)),
    maximum: (a, b) => Math.max(a, b),
    wherePositive: (x, yes, no) => (x > 0 ? yes : no),
    whereLargest: (scores, count, chosen, rest) => {
      const order = scores.map((_, i) => i).sort((i, j) => (scores[j] as number) - (scores[i] as number) || i - j);
      const factors = new Array<number>(scores.length).fill(rest);
      for (const i of order.slice(0, Math.floor(count))) factors[i] = chosen;
      return factors;
    },
    transform: (A, f) => asGrid(f.compute(asMatrix(A), arithmetic)),
  };
}

/** @throws TypeError where the lengths differ. */
export function requireOneLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>): void {
  if (a.length !== b.length) throw new TypeError(`sumOfProducts: equal lengths, got ${a.length} and ${b.length}`);
}

const asMatrix = ({ rows, columns, data }: Grid<number>): Matrix => ({ rows, columns, data: Float64Array.from(data) });

const asGrid = ({ rows, columns, data }: Matrix): Grid<number> => ({ rows, columns, data: Array.from(data) });

/** IEEE double precision. */
export const DOUBLES: Numbers<number> = roundedNumbers(FLOAT64);

/** IEEE single precision. */
export const SINGLES: Numbers<number> = roundedNumbers(FLOAT32);

/** bfloat16; its decompositions are those of single precision, rounded. */
export const BFLOATS: Numbers<number> = roundedNumbers(BFLOAT16);
