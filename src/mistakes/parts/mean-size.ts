import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';

/** |x|. */
export const size = <T>(numbers: Numbers<T>, x: T): T => numbers.maximum(x, numbers.subtract(numbers.of(0), x));

/** The sum of |a_ij|. */
export const sumOfSizes = <T>(numbers: Numbers<T>, { data }: Grid<T>): T =>
  numbers.sumOfProducts(
    data.map((x) => size(numbers, x)),
    data.map(() => numbers.of(1)),
  );

/** The mean of |a_ij|. */
export const meanSize = <T>(numbers: Numbers<T>, A: Grid<T>): T =>
  numbers.divide(sumOfSizes(numbers, A), numbers.of(A.data.length));
