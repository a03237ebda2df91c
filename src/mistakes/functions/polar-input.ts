import { gridOf, mapped } from '../../kernels/numbers/grid.ts';
import { POLAR } from '../../kernels/numbers/matrix-functions.ts';
import type { Grid, MatrixFunction, Numbers } from '../../kernels/numbers/numbers.ts';
import { inNumbers } from '../parts/in-numbers.ts';

/** The input of `polar`. */
export interface PolarInput {
  readonly matrix: readonly (readonly number[])[];
}

/** f of the matrix, in any numbers. */
export const answering = (f: <T>(numbers: Numbers<T>, A: Grid<T>) => Grid<T>) =>
  inNumbers<PolarInput>((numbers, { matrix }) => ({ matrix: f(numbers, mapped(gridOf(matrix), numbers.of)) }));

/** A matrix function in place of the polar factor. */
export const through = (f: MatrixFunction) => answering((numbers, A) => numbers.transform(A, f));

/** The polar factor itself. */
export const polar = <T>(numbers: Numbers<T>, A: Grid<T>): Grid<T> => numbers.transform(A, POLAR);
