import { zipped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

export interface MgupHyperparameters {
  readonly tau: number;
  /** 1/tau where absent. */
  readonly amplify?: number | undefined;
  /** tau where absent. */
  readonly damp?: number | undefined;
}

/** The two factors of MGUP. */
export function mgupFactors<T>(
  numbers: Numbers<T>,
  { tau, amplify, damp }: MgupHyperparameters,
): { readonly amplified: T; readonly damped: T } {
  return {
    amplified: amplify === undefined ? numbers.divide(numbers.of(1), numbers.of(tau)) : numbers.of(amplify),
    damped: numbers.of(damp ?? tau),
  };
}

/**
 * The update, amplified where its score is among the K = floor(tau d) largest of this matrix, damped elsewhere (MGUP,
 * arXiv:2606.17526, Algorithm 2). Of equal scores the lower (row-major) index comes first; the original leaves that open.
 *
 * Where tau d is within rounding of an integer, either neighbour is K: 0.7 times 10 is 7 in doubles, although the double
 * nearest to 0.7 is less than 7/10.
 */
export function mgup<T>(
  numbers: Numbers<T>,
  hyperparameters: MgupHyperparameters,
  direction: Grid<T>,
  scores: Grid<T>,
): Grid<T> {
  const { amplified, damped } = mgupFactors(numbers, hyperparameters);
  const count = numbers.multiply(numbers.of(hyperparameters.tau), numbers.of(scores.data.length));
  const factors = { ...scores, data: numbers.whereLargest(scores.data, count, amplified, damped) };
  return zipped(factors, direction, numbers.multiply);
}
