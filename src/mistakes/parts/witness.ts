import type { Doubles } from '../../operations/operation.ts';
import type { OptimiserInput } from '../../operations/optimiser.ts';

type Rows = readonly (readonly number[])[];

/** An input of one parameter matrix: where it starts, and one gradient a step. */
export const witness = (
  hyperparameters: Readonly<Record<string, unknown>>,
  start: Rows,
  ...gradients: readonly Rows[]
): Doubles<OptimiserInput> => ({
  parameters: [start],
  hyperparameters,
  gradients: gradients.map((gradient) => [gradient]),
});

/** An input of two parameter matrices: where they start, and a pair of gradients a step. */
export const witnessOfTwo = (
  hyperparameters: Readonly<Record<string, unknown>>,
  starts: readonly [Rows, Rows],
  ...gradients: readonly (readonly [Rows, Rows])[]
): Doubles<OptimiserInput> => ({ parameters: starts, hyperparameters, gradients });
