import { zipped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/** The exponential moving average beta M + (1 - beta) X, entry by entry. */
export function averaged<T>(numbers: Numbers<T>, beta: number, M: Grid<T>, X: Grid<T>): Grid<T> {
  const kept = numbers.of(beta);
  const fresh = numbers.subtract(numbers.of(1), kept);
  return zipped(M, X, (m, x) => numbers.add(numbers.multiply(kept, m), numbers.multiply(fresh, x)));
}
