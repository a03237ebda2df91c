import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/** The matrix product of two grids, each sum in the order of the inner index. @throws TypeError where the shapes do not fit. */
export function gridProduct<T>(numbers: Numbers<T>, A: Grid<T>, B: Grid<T>): Grid<T> {
  if (A.columns !== B.rows) {
    throw new TypeError(`gridProduct: columns of the first = rows of the second, got ${A.columns} and ${B.rows}`);
  }
  const data: T[] = [];
  for (let i = 0; i < A.rows; i += 1) {
    for (let j = 0; j < B.columns; j += 1) {
      let sum = numbers.of(0);
      for (let k = 0; k < A.columns; k += 1) {
        sum = numbers.add(sum, numbers.multiply(A.data[i * A.columns + k] as T, B.data[k * B.columns + j] as T));
      }
      data.push(sum);
    }
  }
  return { rows: A.rows, columns: B.columns, data };
}

/** The transposed grid. */
export const gridTranspose = <T>({ rows, columns, data }: Grid<T>): Grid<T> => ({
  rows: columns,
  columns: rows,
  data: data.map((_, at) => data[(at % rows) * columns + Math.floor(at / rows)] as T),
});
