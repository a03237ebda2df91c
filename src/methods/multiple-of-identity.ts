import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/** factor I. */
export const multipleOfIdentity = <T>(numbers: Numbers<T>, size: number, factor: number): Grid<T> => ({
  rows: size,
  columns: size,
  data: Array.from({ length: size * size }, (_, at) => numbers.of(at % (size + 1) === 0 ? factor : 0)),
});
