import { dampedRoot } from './damped-root.ts';
import type { SpectralFunction } from './spectral-function.ts';

/** f(x) = 1 / (sqrt x + epsilon), the preconditioner of ASGO, for gradients of that shape; the pseudo-inverse for epsilon = 0. */
export const oneSidedRoot = (epsilon: number, rows: number, columns: number): SpectralFunction =>
  dampedRoot({ root: 2, power: 1 }, epsilon, rows, columns);
