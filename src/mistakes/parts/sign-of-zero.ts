import { mapped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';

/** The sign of every entry, 1 where it is 0. */
export const signsWithOneAtZero = <T>(numbers: Numbers<T>, A: Grid<T>): Grid<T> =>
  mapped(A, (x) => numbers.wherePositive(numbers.subtract(numbers.of(0), x), numbers.of(-1), numbers.of(1)));
