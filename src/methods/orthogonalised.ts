import type { Schedule } from '../kernels/matrix/coefficient-sets.ts';
import { orthogonalisation, POLAR } from '../kernels/numbers/matrix-functions.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/** How Muon orthogonalises. */
export interface Orthogonalisation {
  readonly orthogonalisation: 'newton-schulz' | 'exact';
  readonly coefficients: Schedule;
  readonly steps: number;
  readonly epsilon: number;
}

/** The Newton–Schulz iterate of N from N / (||N||_F + epsilon), or its polar factor. */
export const orthogonalised = <T>(
  numbers: Numbers<T>,
  { orthogonalisation: kind, coefficients, steps, epsilon }: Orthogonalisation,
  N: Grid<T>,
): Grid<T> => numbers.transform(N, kind === 'exact' ? POLAR : orthogonalisation(coefficients, steps, epsilon));
