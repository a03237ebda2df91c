import fc, { type Arbitrary } from 'fast-check';
import type { Rows } from './context.ts';
import { entries } from './entries.ts';

/** Small integers: the vectors of reflections. */
const NORMALS = { most: 3, denominator: 1 };

/**
 * `columns` orthonormal columns of length `rows` >= columns, to rounding: two reflections I - 2 v v^T / v^T v of the
 * leading ones of I.
 */
export const orthonormalColumns = (rows: number, columns: number): Arbitrary<Rows> =>
  fc
    .tuple(entries(NORMALS, rows), entries(NORMALS, rows))
    .map((normals) => normals.reduce<Rows>(reflected, leadingColumns(rows, columns)));

const leadingColumns = (rows: number, columns: number): Rows =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => (i === j ? 1 : 0)));

function reflected(Q: Rows, v: readonly number[]): Rows {
  const squared = v.reduce((sum, x) => sum + x * x, 0);
  if (squared === 0) return Q;
  const projections = (Q[0] ?? []).map((_, j) => Q.reduce((sum, row, i) => sum + (v[i] ?? 0) * (row[j] ?? 0), 0));
  return Q.map((row, i) => row.map((x, j) => x - (2 * (v[i] ?? 0) * (projections[j] ?? 0)) / squared));
}
