import type { Grid } from './numbers.ts';

/** f of every entry. */
export const mapped = <T, U>({ rows, columns, data }: Grid<T>, f: (x: T) => U): Grid<U> => ({
  rows,
  columns,
  data: data.map((x) => f(x)),
});

/** f of every pair of entries. @throws TypeError where the shapes differ. */
export function zipped<T, U, V>(A: Grid<T>, B: Grid<U>, f: (a: T, b: U) => V): Grid<V> {
  if (A.rows !== B.rows || A.columns !== B.columns) {
    throw new TypeError(`zipped: two grids of one shape, got ${A.rows}x${A.columns} and ${B.rows}x${B.columns}`);
  }
  return { rows: A.rows, columns: A.columns, data: A.data.map((a, i) => f(a, B.data[i] as U)) };
}

/** The same value everywhere. */
export const filled = <T>(rows: number, columns: number, value: T): Grid<T> => ({
  rows,
  columns,
  data: new Array<T>(rows * columns).fill(value),
});

/** The grid of an array of rows. @throws TypeError where the rows differ in length. */
export function gridOf<T>(rows: readonly (readonly T[])[]): Grid<T> {
  const columns = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== columns);
  if (ragged >= 0)
    throw new TypeError(`gridOf: rows of one length (${columns}), got ${rows[ragged]?.length} in row ${ragged}`);
  return { rows: rows.length, columns, data: rows.flat() as T[] };
}

/** The array of rows of a grid. */
export const rowsOf = <T>({ rows, columns, data }: Grid<T>): T[][] =>
  Array.from({ length: rows }, (_, i) => data.slice(i * columns, (i + 1) * columns));
