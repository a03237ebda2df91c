import type { MatrixFunction } from '../numbers/numbers.ts';
import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { Arithmetic, FloatFormat } from './arithmetic.ts';
import { stableBackwardError, stableRatio } from './backward-error.ts';
import { decompositionArithmetic } from './decomposition-arithmetic.ts';
import { euclideanNorm } from './euclidean-norm.ts';
import { jacobiSvd } from './jacobi-svd.ts';
import { type Matrix, map, transpose, zeros } from './matrix.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** A real function of the eigenvalues of a symmetric positive semidefinite matrix. */
export interface SpectralFunction {
  /** f at an eigenvalue >= 0, given the largest one (for functions that decide a rank) and the unit roundoff at work. */
  value(eigenvalue: number, largest: number, unitRoundoff: number): number;
  /**
   * A bound on ||f(B) - f(A)||_F for every symmetric B with ||B - A||_F <= distance, whose eigenvalues below 0 count as 0, from
   * the eigenvalues of A, descending; Infinity where f is not defined or not continuous on the way. `radius` is the part of the
   * distance by which the matrix itself is uncertain, the rest is the backward error of the decomposition.
   */
  variation(eigenvalues: readonly number[], distance: number, format: FloatFormat, radius: number): number;
}

/**
 * f(A) = Q f(D) Q^T for symmetric positive semidefinite A, as a matrix function with an error bound.
 *
 * In double precision from the certified eigenvalues, in single precision from one-sided Jacobi rotations (for such A the
 * right singular vectors are eigenvectors), in bfloat16 as in single precision and rounded at the end.
 *
 * Bound: the computed D and Q are those of A + E with ||E||_F the backward error of a stable algorithm and, in double
 * precision, what the residual shows; `variation` at distance ||E||_F + radius. To that come the defect of Q, up to the
 * same bar twice, and the product, gamma_(n+4) || |Q| |f(D)| |Q|^T ||_F <= gamma_(n+4) n max |f|.
 */
export const spectralFunction = (f: SpectralFunction): MatrixFunction => ({
  compute(A: Matrix, arithmetic: Arithmetic): Matrix {
    const inner = decompositionArithmetic(arithmetic);
    const { vectors, values } = decompose(inner === arithmetic ? A : map(A, arithmetic.round), inner);
    const largest = values.reduce((most, x) => Math.max(most, x), 0);
    const scaled = zeros(A.rows, A.columns);
    for (const [j, value] of values.entries()) {
      const image = inner.round(f.value(Math.max(value, 0), largest, inner.unitRoundoff));
      for (let i = 0; i < A.rows; i++) {
        scaled.data[i * A.columns + j] = inner.round((vectors.data[i * A.columns + j] ?? 0) * image);
      }
    }
    return map(symmetrised(inner.multiply(scaled, transpose(vectors))), arithmetic.round);
  },
  errorBound(A: Matrix, radius: number, format: FloatFormat): number {
    if (A.rows === 0) return 0;
    const { values, residual, defect, valuesError } = symmetricEigen(A);
    const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const u = UNIT_ROUNDOFF[format];
    const measured = format === 'float64' ? residual + 2 * defect * euclideanNorm(values) : 0;
    // every algorithm sees that the zero matrix is zero
    const own = largest === 0 ? 0 : Math.max(stableBackwardError(A, format), measured) + valuesError;
    const distance = own + radius;
    const moved = f.variation(values, distance, format, radius);
    const images = values.map((x) => Math.abs(f.value(Math.max(x, 0), largest, UNIT_ROUNDOFF.float64)));
    const most = images.reduce((a, b) => Math.max(a, b), 0) + moved;
    const lacking = 2 * Math.max(stableRatio(A, format), defect) * Math.sqrt(A.rows) + gamma(A.rows + 4, u) * A.rows;
    return (moved + lacking * most) * (1 + gamma(16, UNIT_ROUNDOFF.float64));
  },
});

function decompose(
  A: Matrix,
  arithmetic: Arithmetic,
): { readonly vectors: Matrix; readonly values: readonly number[] } {
  if (arithmetic.format === 'float64') return symmetricEigen(A);
  const { right, values } = jacobiSvd(A, arithmetic);
  return { vectors: right, values };
}

/** The same lower triangle on both sides: f(A) is symmetric, its computed entries are nearly. */
function symmetrised(A: Matrix): Matrix {
  const data = Float64Array.from(A.data);
  for (let i = 0; i < A.rows; i++) {
    for (let j = i + 1; j < A.columns; j++) data[i * A.columns + j] = data[j * A.columns + i] ?? 0;
  }
  return { ...A, data };
}
