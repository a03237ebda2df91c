import type { OptimiserMistake } from '../mistake.ts';

type Witness = OptimiserMistake['witness'];

/** Betas and epsilon of few bits, so that all but roots and quotients is exact. */
const HYPERPARAMETERS = { learningRate: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 0.25 };

/** Three gradients that grow, shrink and turn: no two of the usual directions agree on them. */
export const TURNING: Witness = {
  parameters: [[[1, -2]]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [[[[4, -1]]], [[[-0.5, 2]]], [[[1, 3]]]],
};

/** Two parameters of one shape and one of another. */
export const TOGETHER: Witness = {
  parameters: [[[1, -2]], [[2, 1]], [[3]]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [
    [[[4, -1]], [[2, 3]], [[1]]],
    [[[1, -3]], [[1, 1]], [[2]]],
  ],
};
