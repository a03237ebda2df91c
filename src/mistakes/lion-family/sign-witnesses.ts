import type { OptimiserMistake } from '../mistake.ts';

type Witness = OptimiserMistake['witness'];

/** beta2 < beta1, unlike the defaults: otherwise a mask by the new average is that of Lion with beta2 twice. */
const HYPERPARAMETERS = { learningRate: 0.5, beta1: 0.75, beta2: 0.5 };

/** Three entries that turn at different times. */
export const SIGNS: Witness = {
  parameters: [[[0, 0, 0]]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [[[[-8, 8, -2]]], [[[2, -8, -3]]], [[[1, 8, 2]]], [[[-4, -2, 1]]]],
};

/** In the second step the directions cancel to 0: 3/4 (-1) + 1/4 · 3, and its negative. */
export const CANCELLING: Witness = {
  parameters: [[[1, 0]]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [[[[-2, 2]]], [[[3, -3]]]],
};

/** Two parameters of one shape whose gradients disagree. */
export const SIGNS_TOGETHER: Witness = {
  parameters: [[[0]], [[0]]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [
    [[[8]], [[-1]]],
    [[[2]], [[-4]]],
  ],
};
