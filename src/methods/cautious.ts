import { mapped, zipped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/** How the kept entries are rescaled: by 1 / max(mean mask, 1e-3), by d / (kept + 1), or not. */
export type Rescale = 'mean' | 'count' | 'none';

/** The floor under the mean of the mask in the authors' code (c_adamw). */
const LEAST_MEAN = 1e-3;

/**
 * The update u masked by 1{u g > 0} and rescaled (arXiv:2411.16085); d and the number kept are those of this matrix.
 *
 * The mask is 0 where u g = 0, so an entry without gradient does not move.
 */
export function cautious<T>(numbers: Numbers<T>, rescale: Rescale, direction: Grid<T>, gradient: Grid<T>): Grid<T> {
  const [zero, one] = [numbers.of(0), numbers.of(1)];
  const mask = zipped(direction, gradient, (u, g) => numbers.wherePositive(numbers.multiply(u, g), one, zero));
  const kept = mask.data.reduce((sum, x) => numbers.add(sum, x), zero);
  const size = numbers.of(mask.data.length);
  const factor =
    rescale === 'none'
      ? one
      : rescale === 'count'
        ? numbers.divide(size, numbers.add(kept, one))
        : numbers.divide(one, numbers.maximum(numbers.divide(kept, size), numbers.of(LEAST_MEAN)));
  const scaled = mapped(mask, (x) => numbers.multiply(x, factor));
  return zipped(scaled, direction, numbers.multiply);
}
