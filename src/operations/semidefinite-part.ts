import { fromRows, maxAbsolute } from '../kernels/matrix/matrix.ts';
import { symmetricEigen } from '../kernels/matrix/symmetric-eigen.ts';
import { UNIT_ROUNDOFF } from '../kernels/unit-roundoff.ts';

type Rows = readonly (readonly number[])[];

/** Below 4 n u ||A||_2 an eigenvalue of a matrix that comes rounded cannot be told from 0. */
const indistinct = (n: number, norm: number): number => 4 * n * UNIT_ROUNDOFF.float64 * norm;

const extremes = (rows: Rows): { readonly least: number; readonly norm: number } => {
  const { values } = symmetricEigen(fromRows(rows));
  return { least: values.at(-1) ?? 0, norm: values.reduce((most, v) => Math.max(most, Math.abs(v)), 0) };
};

/**
 * The symmetric part of a matrix that is positive semidefinite but for rounding.
 * @throws RangeError where |a_ij - a_ji| > 4u max |a_ij|, or an eigenvalue is below -4 n u ||A||_2 (the message says which).
 */
export function semidefinitePart(caller: string, rows: Rows): Rows {
  const most = maxAbsolute(fromRows(rows));
  const symmetric = rows.map((row, i) =>
    row.map((a, j) => {
      const b = rows[j]?.[i] ?? 0;
      if (Math.abs(a - b) > 4 * UNIT_ROUNDOFF.float64 * most) {
        throw new RangeError(`${caller}: a symmetric matrix, got ${a} at (${i}, ${j}) and ${b} at (${j}, ${i})`);
      }
      return a === b ? a : a / 2 + b / 2;
    }),
  );
  const { least, norm } = extremes(symmetric);
  if (least < -indistinct(rows.length, norm)) {
    throw new RangeError(`${caller}: a positive semidefinite matrix, got the eigenvalue ${least}`);
  }
  return symmetric;
}

/** The same where V + damping I must be positive definite by that measure. @throws RangeError where it is not. */
export function definitePart(caller: string, rows: Rows, damping: number): Rows {
  const symmetric = semidefinitePart(caller, rows);
  if (rows.length === 0) return symmetric;
  const { least, norm } = extremes(symmetric);
  if (!(least + damping > indistinct(rows.length, norm + damping))) {
    throw new RangeError(`${caller}: matrix + damping I positive definite, got the eigenvalue ${least + damping}`);
  }
  return symmetric;
}
