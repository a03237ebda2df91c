import { Matrix as Dense, EigenvalueDecomposition } from 'ml-matrix';
import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { frobeniusUpperBound } from './euclidean-norm.ts';
import { identity, type Matrix, subtract, transpose, zeros } from './matrix.ts';
import { multiply } from './multiply.ts';
import { orthonormalityDefect } from './orthonormality.ts';
import { timesPowerOfTwo } from './power-of-two.ts';
import { scaledToOne } from './scaling.ts';

/** A = Q D Q^T, and how far from exact it certainly is at most. */
export interface SymmetricEigen {
  /** Q, n × n; column i belongs to value i. */
  readonly vectors: Matrix;
  /** The diagonal of D, descending. */
  readonly values: readonly number[];
  /** >= ||A - Q D Q^T||_F. */
  readonly residual: number;
  /** >= ||Q^T Q - I||_2. */
  readonly defect: number;
  /** >= |lambda_i(A) - values_i| for every i. */
  readonly valuesError: number;
}

/**
 * The eigenvalues and eigenvectors of a symmetric matrix; the one door to ml-matrix for them.
 *
 * Scaled by a power of two first; zero and empty matrices never reach the library. With Q = ZH the polar decomposition
 * of the computed Q, Q D Q^T has the eigenvalues of HDH, which are theta_i d_i with theta_i in [1 - e, 1 + e] for e
 * the defect (Ostrowski; Horn and Johnson, Matrix Analysis, Theorem 4.5.9); Weyl's inequality adds the residual:
 *   |lambda_i(A) - d_i| <= ||A - Q D Q^T||_2 + e |d_i|     (Infinity for e >= 1).
 * @throws TypeError unless square; RangeError unless exactly symmetric and finite, and on overflow of an eigenvalue.
 */
export function symmetricEigen(A: Matrix): SymmetricEigen {
  if (A.rows !== A.columns) throw new TypeError(`symmetricEigen: a square matrix, got ${A.rows}x${A.columns}`);
  const { matrix, exponent, lost } = scaledToOne('symmetricEigen', A);
  requireSymmetric(A);
  const [vectors, values] = decompose(matrix);
  const defect = orthonormalityDefect(vectors);
  const residual = residualBound(matrix, vectors, values, defect) + lost;
  const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const error =
    defect < 1 ? (residual + defect * largest) * (1 + gamma(4, UNIT_ROUNDOFF.float64)) : Number.POSITIVE_INFINITY;
  const unscaled = (x: number): number => timesPowerOfTwo(x, exponent);
  if (!Number.isFinite(unscaled(largest))) {
    throw new RangeError('symmetricEigen: eigenvalues below 2^1024, got overflow');
  }
  // scaling back is exact but for underflow
  const rounding = exponent < 0 ? Number.MIN_VALUE : 0;
  return {
    vectors,
    values: values.map(unscaled),
    residual: unscaled(residual) + rounding * values.length,
    defect,
    valuesError: unscaled(error) + rounding,
  };
}

function requireSymmetric(A: Matrix): void {
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [A.data[i * A.rows + j] as number, A.data[j * A.rows + i] as number];
      if (a !== b) {
        throw new RangeError(`symmetricEigen: a symmetric matrix, got ${a} at (${i}, ${j}) and ${b} at (${j}, ${i})`);
      }
    }
  }
}

function decompose(A: Matrix): readonly [Matrix, readonly number[]] {
  if (A.data.every((x) => x === 0)) return [identity(A.rows), new Array<number>(A.rows).fill(0)];
  const dense = new EigenvalueDecomposition(Dense.from1DArray(A.rows, A.rows, A.data), { assumeSymmetric: true });
  const found = dense.realEigenvalues;
  const order = found.map((_, i) => i).sort((i, j) => (found[j] ?? 0) - (found[i] ?? 0));
  const values = order.map((i) => found[i] ?? Number.NaN);
  if (!values.every(Number.isFinite)) {
    throw new RangeError(`symmetricEigen: finite eigenvalues from ml-matrix, got [${values.join(', ')}]`);
  }
  const vectors = zeros(A.rows, A.rows);
  for (const [j, from] of order.entries()) {
    for (let i = 0; i < A.rows; i++) vectors.data[i * A.rows + j] = dense.eigenvectorMatrix.get(i, from);
  }
  return [vectors, values];
}

/** As for singular values: gamma_(n+2) (|A| + |Q| |D| |Q|^T), the last of norm <= (1 + defect) sum of |d_i|. */
function residualBound(A: Matrix, Q: Matrix, values: readonly number[], defect: number): number {
  const u = UNIT_ROUNDOFF.float64;
  const n = values.length;
  const QD = { ...Q, data: Q.data.map((x, k) => x * (values[k % n] ?? 0)) };
  const difference = frobeniusUpperBound(subtract(A, multiply(QD, transpose(Q))));
  const size = frobeniusUpperBound(A) + (1 + defect) * values.reduce((sum, x) => sum + Math.abs(x), 0);
  if (size === 0) return 0;
  // underflow in the product is below n times the smallest subnormal an entry
  const underflow = 3 * n * n * Number.MIN_VALUE;
  return (difference + gamma(n + 2, u) * size) * (1 + gamma(n + 8, u)) + underflow;
}
