import type { Interval } from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  identityOf,
  matrixDifference,
  productOf,
  rationalMatrix,
  transposed,
} from '../../../kernels/exact/rational-matrix.ts';
import { fromRows, toRows } from '../../../kernels/matrix/matrix.ts';
import { gramOfColumns, multiply } from '../../../kernels/matrix/multiply.ts';
import { symmetricEigen } from '../../../kernels/matrix/symmetric-eigen.ts';
import { normWithin } from './answered.ts';

/** ||U^T U - I||_F for the U = A V / sqrt(lambda) that the eigenvectors V of A^T A give in double precision; the norm is exact. */
export function defectThroughGram(rows: readonly (readonly string[])[]): Interval {
  const A = fromRows(rows.map((row) => row.map((x) => Rational.from(x).toNumber())));
  const { vectors, values } = symmetricEigen(gramOfColumns(A));
  const AV = toRows(multiply(A, vectors));
  const U = rationalMatrix(
    AV.map((row) => row.map((x, j) => x / Math.sqrt(Math.max(values[j] ?? 0, Number.MIN_VALUE)))),
  );
  return normWithin(matrixDifference(productOf(transposed(U), U), identityOf(U[0]?.length ?? 0)), 0);
}
