import { type Arithmetic, FLOAT64 } from './arithmetic.ts';
import { decompositionArithmetic } from './decomposition-arithmetic.ts';
import { jacobiSvd } from './jacobi-svd.ts';
import { leadingColumns, type Matrix, map, transpose } from './matrix.ts';
import { svd } from './svd.ts';

/** U, S and V of some decomposition. */
export interface Factors {
  readonly left: Matrix;
  readonly values: readonly number[];
  readonly right: Matrix;
}

/**
 * The decomposition in the given arithmetic: ml-matrix in double precision, one-sided Jacobi in single; for bfloat16 the
 * factors in single precision of the rounded matrix.
 */
export function factorsIn(A: Matrix, arithmetic: Arithmetic): Factors {
  if (arithmetic.format === 'float64') return svd(A);
  const inner = decompositionArithmetic(arithmetic);
  return jacobiSvd(inner === arithmetic ? A : map(A, arithmetic.round), inner);
}

/**
 * A singular value at most this counts as 0: 8 max(rows, columns) 2u times the largest.
 *
 * A stable algorithm computes each to within a small multiple of max(rows, columns) u ||A||_2, so below this a value
 * cannot be told from 0; u is the unit roundoff of the format in which the factor is computed.
 */
export const rankThreshold = (rows: number, columns: number, largest: number, unitRoundoff: number): number =>
  8 * Math.max(rows, columns) * 2 * unitRoundoff * largest;

/** The number of singular values (descending) above the threshold; 0 for the zero matrix and empty ones. */
export function numericalRank(rows: number, columns: number, values: readonly number[], unitRoundoff: number): number {
  const threshold = rankThreshold(rows, columns, values[0] ?? 0, unitRoundoff);
  return values.filter((s) => s > threshold).length;
}

/**
 * The polar factor U_r V_r^T of the compact singular value decomposition, r the numerical rank.
 *
 * A partial isometry, rows × columns, unique; it is semi-orthogonal where r = min(rows, columns), and 0 for 0.
 * Computed to `polarErrorBound`.
 */
export function polarFactor(A: Matrix, arithmetic: Arithmetic = FLOAT64): Matrix {
  return polarOf(factorsIn(A, arithmetic), arithmetic);
}

/** The same from factors that are at hand, as `factorsIn` gives them. */
export function polarOf({ left, values, right }: Factors, arithmetic: Arithmetic = FLOAT64): Matrix {
  const { unitRoundoff, multiply } = decompositionArithmetic(arithmetic);
  const rank = numericalRank(left.rows, right.rows, values, unitRoundoff);
  return map(multiply(leadingColumns(left, rank), transpose(leadingColumns(right, rank))), arithmetic.round);
}
