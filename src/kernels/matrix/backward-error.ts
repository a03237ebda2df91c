import { gamma, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { FloatFormat } from './arithmetic.ts';
import { euclideanNorm, frobeniusUpperBound } from './euclidean-norm.ts';
import type { Matrix } from './matrix.ts';
import type { SingularValues } from './svd.ts';

/**
 * LAPACK's own bar for a decomposition: residual < 30 n eps ||A|| with eps = 2u (TESTING/dtest.in, and DBDT01 for the
 * ratio). What passes it is called stable here.
 */
const LAPACK_RATIO = 30;

/** 30 max(rows, columns) 2u: the relative backward error of a stable decomposition, and the defect of its bases. */
export const stableRatio = (A: Pick<Matrix, 'rows' | 'columns'>, format: FloatFormat): number =>
  LAPACK_RATIO * Math.max(A.rows, A.columns) * 2 * UNIT_ROUNDOFF[format];

/**
 * The Frobenius norm of a perturbation of A of which the singular values and vectors computed by a stable algorithm in
 * that format are exact: the bar above times ||A||_F, u ||A||_F for rounding A to the format, and the smallest normal
 * number an entry for underflow there.
 */
export const stableBackwardError = (A: Matrix, format: FloatFormat): number =>
  (stableRatio(A, format) + UNIT_ROUNDOFF[format]) * frobeniusUpperBound(A) +
  Math.sqrt(A.data.length) * SMALLEST_NORMAL[format];

/**
 * The same for the decomposition at hand, from its residuals: U S V^T = Z_U H_U S H_V Z_V^T with Z orthonormal and
 * ||H - I||_2 <= defect (|sqrt(1 + x) - 1| <= |x|), so ||A - Z_U S Z_V^T||_F <= residual + (d + e + d e) ||S||_F.
 */
export function certifiedBackwardError({ values, residual, leftDefect, rightDefect }: SingularValues): number {
  const spread = leftDefect + rightDefect + leftDefect * rightDefect;
  return (residual + spread * euclideanNorm(values)) * (1 + gamma(values.length + 8, UNIT_ROUNDOFF.float64));
}

/** What holds for every stable implementation in that format and, for float64, for our own reference too. */
export const backwardError = (A: Matrix, decomposition: SingularValues, format: FloatFormat): number =>
  format === 'float64'
    ? Math.max(stableBackwardError(A, format), certifiedBackwardError(decomposition))
    : stableBackwardError(A, format);
