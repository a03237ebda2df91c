import { zipped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/** B = mu B + G, and what is followed: B, or G + mu B in the form of Nesterov. */
export function heavyBall<T>(
  numbers: Numbers<T>,
  { momentum, nesterov }: { readonly momentum: number; readonly nesterov: boolean },
  buffer: Grid<T>,
  gradient: Grid<T>,
): { readonly buffer: Grid<T>; readonly followed: Grid<T> } {
  const mu = numbers.of(momentum);
  const added = (G: Grid<T>, B: Grid<T>): Grid<T> => zipped(G, B, (g, b) => numbers.add(numbers.multiply(mu, b), g));
  const next = added(gradient, buffer);
  return { buffer: next, followed: nesterov ? added(gradient, next) : next };
}
