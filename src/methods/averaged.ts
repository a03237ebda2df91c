import { zipped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/** The exponential moving average beta M + (1 - beta) X, entry by entry; others add the increment (1 - beta) (X - M) to M. */
export function averaged<T>(numbers: Numbers<T>, beta: number, M: Grid<T>, X: Grid<T>): Grid<T> {
  const [one, kept] = [numbers.of(1), numbers.of(beta)];
  const fresh = numbers.subtract(one, kept);
  return zipped(M, X, (m, x) =>
    numbers.reordered(numbers.add(numbers.multiply(kept, m), numbers.multiply(fresh, x)), [
      [one, m],
      [fresh, x],
      [fresh, m],
    ]),
  );
}
