import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/**
 * ||A||_F = a sqrt(sum (x / a)^2) with the largest |x| as a: through it no square leaves the range. 0 for 0.
 *
 * An interval also holds what the plain sqrt(sum x^2) gives while its squares stay in the normal range: for any
 * matrix inside the enclosure both are the same number, the rounding of the sum is that of `sumOfProducts`, and the
 * quotient and the product only add to it.
 */
export function gridNorm<T>(numbers: Numbers<T>, { data }: Grid<T>): T {
  const zero = numbers.of(0);
  const size = (x: T): T => numbers.maximum(x, numbers.subtract(zero, x));
  const largest = data.reduce((most, x) => numbers.maximum(most, size(x)), zero);
  const scaled = data.map((x) => numbers.divide(x, largest));
  return numbers.multiply(largest, numbers.squareRoot(numbers.sumOfProducts(scaled, scaled)));
}
