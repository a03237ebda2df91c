import { Matrix as Dense, SingularValueDecomposition as DenseSvd } from 'ml-matrix';
import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { frobeniusUpperBound } from './euclidean-norm.ts';
import { withGenericNoise } from './generic-noise.ts';
import { identity, type Matrix, subtract, transpose, zeros } from './matrix.ts';
import { multiply } from './multiply.ts';
import { orthonormalityDefect } from './orthonormality.ts';
import { timesPowerOfTwo } from './power-of-two.ts';
import { scaledToOne } from './scaling.ts';

/** A = U S V^T with p = min(rows, columns), and how far from exact it certainly is at most. */
export interface SingularValues {
  /** U, rows × p. */
  readonly left: Matrix;
  /** The diagonal of S: p of them, descending, >= 0. */
  readonly values: readonly number[];
  /** V, columns × p. */
  readonly right: Matrix;
  /** >= ||A - U S V^T||_F. */
  readonly residual: number;
  /** >= ||U^T U - I||_2. */
  readonly leftDefect: number;
  /** >= ||V^T V - I||_2. */
  readonly rightDefect: number;
  /** >= |sigma_i(A) - values_i| for every i. */
  readonly valuesError: number;
}

/**
 * The compact singular value decomposition; the one door to ml-matrix for it.
 *
 * The matrix is scaled by a power of two first and transposed where it is wide, both exact; the zero matrix and empty
 * ones never reach the library. What comes back is not trusted but measured: with U = Z_U H_U the polar
 * decomposition of the computed U (and so for V), U S V^T has the singular values of H_U S H_V, which lie in
 * [sqrt((1-d)(1-e)), sqrt((1+d)(1+e))] s_i for d, e the two defects (sigma_i(XY) <= ||X||_2 sigma_i(Y), twice), hence within
 * max(d, e) s_i of s_i; Weyl's inequality adds the residual:
 *   |sigma_i(A) - s_i| <= ||A - U S V^T||_2 + max(d, e) s_i     (Infinity for a defect >= 1).
 * @throws RangeError on a NaN or an infinity, and where the largest singular value exceeds the largest double.
 */
export function svd(A: Matrix): SingularValues {
  const { matrix, exponent, lost } = scaledToOne('svd', A);
  const wide = A.rows < A.columns;
  const generic = withGenericNoise(matrix);
  const [short, long, values] = decompose(wide ? transpose(generic) : generic);
  const [left, right] = wide ? [long, short] : [short, long];
  const leftDefect = orthonormalityDefect(left);
  const rightDefect = orthonormalityDefect(right);
  const defect = Math.max(leftDefect, rightDefect);
  const residual = residualBound(matrix, left, values, right, defect) + lost;
  const top = values[0] ?? 0;
  const error =
    defect < 1 ? (residual + defect * top) * (1 + gamma(4, UNIT_ROUNDOFF.float64)) : Number.POSITIVE_INFINITY;
  const unscaled = (x: number): number => timesPowerOfTwo(x, exponent);
  if (!Number.isFinite(unscaled(top))) throw new RangeError(`svd: singular values below 2^1024, got overflow`);
  // scaling back is exact but for underflow
  const rounding = exponent < 0 ? Number.MIN_VALUE : 0;
  return {
    left,
    values: values.map(unscaled),
    right,
    residual: unscaled(residual) + rounding * values.length,
    leftDefect,
    rightDefect,
    valuesError: unscaled(error) + rounding,
  };
}

/** U, V and the values of a tall matrix that is scaled to one. */
function decompose(A: Matrix): readonly [Matrix, Matrix, readonly number[]] {
  const p = A.columns;
  if (A.data.every((x) => x === 0)) return [identity(A.rows, p), identity(p), new Array<number>(p).fill(0)];
  const dense = new DenseSvd(Dense.from1DArray(A.rows, p, A.data));
  const order = dense.diagonal.map((_, i) => i).sort((i, j) => (dense.diagonal[j] ?? 0) - (dense.diagonal[i] ?? 0));
  const values = order.map((i) => dense.diagonal[i] ?? Number.NaN);
  if (values.length !== p || !values.every((s) => s >= 0 && Number.isFinite(s))) {
    throw new RangeError(`svd: ${p} singular values >= 0 from ml-matrix, got [${values.join(', ')}]`);
  }
  return [permuted(dense.leftSingularVectors, order), permuted(dense.rightSingularVectors, order), values];
}

function permuted(Q: Dense, order: readonly number[]): Matrix {
  const result = zeros(Q.rows, order.length);
  for (const [j, from] of order.entries()) {
    for (let i = 0; i < Q.rows; i++) result.data[i * order.length + j] = Q.get(i, from);
  }
  return result;
}

/**
 * A number that is certainly >= ||A - U S V^T||_F.
 *
 * One rounding in U S, gamma_p in the product with V^T, one in the difference: the computed difference is off by at most
 * gamma_(p+2) (|A| + |U| S |V|^T), and || |U| S |V|^T ||_F <= sum of s_i ||u_i|| ||v_i|| <= (1 + defect) sum of s_i.
 */
function residualBound(A: Matrix, U: Matrix, values: readonly number[], V: Matrix, defect: number): number {
  const u = UNIT_ROUNDOFF.float64;
  const p = values.length;
  const US = { ...U, data: U.data.map((x, k) => x * (values[k % p] ?? 0)) };
  const difference = frobeniusUpperBound(subtract(A, multiply(US, transpose(V))));
  const size = frobeniusUpperBound(A) + (1 + defect) * values.reduce((sum, s) => sum + s, 0);
  if (size === 0) return 0;
  // underflow in the product is below p times the smallest subnormal an entry
  const underflow = 3 * p * Math.sqrt(A.data.length) * Number.MIN_VALUE;
  return (difference + gamma(p + 2, u) * size) * (1 + gamma(p + 8, u)) + underflow;
}
