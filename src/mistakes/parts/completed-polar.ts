import { type Matrix, map, transpose } from '../../kernels/matrix/matrix.ts';
import { multiply } from '../../kernels/matrix/multiply.ts';
import { numericalRank, polarFactor } from '../../kernels/matrix/polar.ts';
import { polarErrorBound } from '../../kernels/matrix/polar-error.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import type { MatrixFunction } from '../../kernels/numbers/numbers.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';

/**
 * The orthogonal factor U V^T of all singular vectors, those of the null space included, for square A of rank n - 1; elsewhere the
 * polar factor.
 *
 * There are two such factors, P + cof(P) and P - cof(P) for P = U_r V_r^T, since the cofactor matrix of P is
 * det(U) det(V) u_n v_n^T; which one a library returns depends on its algorithm, so they are told apart by their determinant. Of
 * more missing dimensions, or of a rectangle, there is a continuum, which no reference can name.
 *
 * Bound: if P moves by e in the Frobenius norm, the projectors u u^T = I - P P^T and v v^T move by 2e, which is 2^(1/2) times the
 * sine of the angle, and the vectors by 2^(1/2) times the sine, hence u v^T by 4e; in all 5e. The sign stays with the determinant
 * while 4e < 1.
 */
export const completedPolar = (determinant: 1 | -1): MatrixFunction => ({
  compute: (A, arithmetic) => {
    const { left, values, right } = svd(A);
    if (!lacksOne(A, values)) return polarFactor(A, arithmetic);
    // the last column of U, whose sign decides the determinant
    const turn = determinantSign(left) * determinantSign(right) * determinant;
    const turned = mappedByColumn(left, (x, j) => (j === A.columns - 1 ? turn * x : x));
    return map(multiply(turned, transpose(right)), arithmetic.round);
  },
  errorBound: (A, radius, format) => {
    const decomposition = svd(A);
    const moved = polarErrorBound(A, format, decomposition, radius);
    if (!lacksOne(A, decomposition.values)) return moved;
    return 4 * moved < 1 ? 5 * moved : Number.POSITIVE_INFINITY;
  },
});

const lacksOne = ({ rows, columns }: Matrix, values: readonly number[]): boolean =>
  rows === columns && rows > 1 && numericalRank(rows, columns, values, UNIT_ROUNDOFF.float64) === rows - 1;

const mappedByColumn = (A: Matrix, f: (x: number, j: number) => number): Matrix => ({
  ...A,
  data: A.data.map((x, at) => f(x, at % A.columns)),
});

/** The sign of the determinant of an orthogonal matrix, by elimination with row pivoting. */
function determinantSign(Q: Matrix): number {
  const n = Q.rows;
  const rows = Array.from({ length: n }, (_, i) => Array.from(Q.data.subarray(i * n, (i + 1) * n)));
  let sign = 1;
  for (let k = 0; k < n; k++) {
    const size = (row: readonly number[]): number => Math.abs(row[k] ?? 0);
    const pivot = rows.slice(k).reduce((best, row, i) => (size(row) > size(rows[best] ?? []) ? k + i : best), k);
    if (pivot !== k) sign = -sign;
    [rows[k], rows[pivot]] = [rows[pivot] as number[], rows[k] as number[]];
    const [top, head] = [rows[k] as number[], rows[k]?.[k] ?? 0];
    sign *= Math.sign(head);
    for (const row of rows.slice(k + 1)) {
      const factor = (row[k] ?? 0) / head;
      for (let j = k; j < n; j++) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
    }
  }
  return sign;
}
