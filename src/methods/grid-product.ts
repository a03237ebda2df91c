import { rowsOf } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/** The matrix product of two grids, every entry a `sumOfProducts`. @throws TypeError where the shapes do not fit. */
export function gridProduct<T>(numbers: Numbers<T>, A: Grid<T>, B: Grid<T>): Grid<T> {
  if (A.columns !== B.rows) {
    throw new TypeError(`gridProduct: columns of the first = rows of the second, got ${A.columns} and ${B.rows}`);
  }
  const columns = rowsOf(gridTranspose(B));
  const data = rowsOf(A).flatMap((row) => columns.map((column) => numbers.sumOfProducts(row, column)));
  return { rows: A.rows, columns: B.columns, data };
}

/** The transposed grid. */
export const gridTranspose = <T>({ rows, columns, data }: Grid<T>): Grid<T> => ({
  rows: columns,
  columns: rows,
  data: data.map((_, at) => data[(at % rows) * columns + Math.floor(at / rows)] as T),
});
