import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { fromRows, type Matrix } from '../../kernels/matrix/matrix.ts';
import { rankThreshold } from '../../kernels/matrix/polar.ts';
import { binaryExponent } from '../../kernels/matrix/power-of-two.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { Rows } from './context.ts';

/** Up to 1000 thresholds a singular value leaves the rank undecided (`polarErrorBound`); twice that leaves room for rounding. */
const CLEAR = 2000;

/** No more than this part of the largest is demanded: where a format demands more, it guarantees nothing for any matrix. */
const MOST = 1 / 4;

interface Sight {
  readonly format: FloatFormat;
  /** max(rows, columns) of what is decomposed, for the threshold. */
  readonly size: number;
  /** A bound on what the matrix may be off by in the Frobenius norm, where it is itself computed. */
  readonly rounding: number;
}

/**
 * Whether each singular value is 0, or so far above the rank threshold of the format that every rounding sees it.
 *
 * What is below the certified error counts as 0. Integers in [-2, 2], at most 8 × 8, have no other value there: the product of
 * the r singular values != 0 is at least 1, the root of a sum of squared minors, and none exceeds 16, so s_r >= 16^-7.
 */
export function isRankDecided(A: Matrix, { format, size, rounding }: Sight): boolean {
  const { values, valuesError } = svd(A);
  const largest = values[0] ?? 0;
  if (largest === 0) return true;
  const zero = valuesError + rounding;
  const clear = Math.min(CLEAR * rankThreshold(size, size, 1, UNIT_ROUNDOFF[format]), MOST) * largest;
  return largest > zero && values.every((s) => s <= zero || s >= clear);
}

/**
 * A with ±4 m max(rows, columns) on the diagonal, m a power of two above its largest entry: the singular values lie within
 * m max(rows, columns) of that, so the least is at least 3/5 of the largest. 0 stays 0.
 */
export function dominated(A: Rows): Rows {
  const largest = A.flat().reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (largest === 0) return A;
  const diagonal = 4 * powerAbove(largest) * powerAbove(Math.max(A.length, A[0]?.length ?? 0));
  return A.map((row, i) => row.map((x, j) => (i !== j ? x : x < 0 ? -diagonal : diagonal)));
}

const powerAbove = (x: number): number => 2 ** (binaryExponent(x) + 1);

/** A where its rank is decided, else one like it of full rank. */
export function withDecidedRank(A: Rows, format: FloatFormat): Rows {
  const matrix = fromRows(A);
  const size = Math.max(matrix.rows, matrix.columns);
  return isRankDecided(matrix, { format, size, rounding: 0 }) ? A : dominated(A);
}
