import { mapped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/**
 * The sign of every entry, 0 where it is 0.
 *
 * Two decisions, x > 0 and -x > 0: an interval that contains 0 leaves open what its ends allow, so [0, 1] has a sign in [0, 1],
 * and the point 0 the sign 0.
 */
export function signs<T>(numbers: Numbers<T>, A: Grid<T>): Grid<T> {
  const [zero, plus, minus] = [numbers.of(0), numbers.of(1), numbers.of(-1)];
  return mapped(A, (x) =>
    numbers.wherePositive(x, plus, numbers.wherePositive(numbers.subtract(zero, x), minus, zero)),
  );
}
