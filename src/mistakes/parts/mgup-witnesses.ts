import type { OptimiserMistake } from '../mistake.ts';

type Witness = OptimiserMistake['witness'];

const BETAS = { beta1: 0.75, beta2: 0.5 };

/**
 * Three of four entries are chosen, and they turn one after the other: u g, |u g|, u, m g and |g| have their largest
 * entries in different places. tau d is an integer, so that no rounding of it plays a part.
 */
export const RANKED: Witness = {
  parameters: [[[1, -2, 3, 0.5]]],
  hyperparameters: { learningRate: 0.5, ...BETAS, tau: 0.75 },
  gradients: [[[[-1, 0.5, 8, -2]]], [[[2, 3, -8, -1]]], [[[1, -2, -0.5, 4]]]],
};

/** The same with factors that are not 1/tau and tau. */
export const GIVEN_FACTORS: Witness = {
  ...RANKED,
  hyperparameters: { learningRate: 0.5, ...BETAS, tau: 0.75, amplify: 4, damp: 0.25 },
};

/** Three equal scores: the first entry is the chosen one. */
export const TIED: Witness = {
  parameters: [[[0, 0, 0]]],
  hyperparameters: { learningRate: 0.5, ...BETAS },
  gradients: [[[[2, -2, 2]]]],
};

/** Parameters of these numbers of entries, chosen by tau = 1/4. */
export const sized = (...sizes: readonly number[]): Witness => ({
  parameters: sizes.map((size) => [new Array<number>(size).fill(0)]),
  hyperparameters: { learningRate: 0.5, ...BETAS, tau: 0.25 },
  gradients: [sizes.map((size, layer) => [Array.from({ length: size }, (_, i) => 2 ** (size - i + 4 * layer))])],
});

/** Two rows, the larger scores in the first one. */
export const IN_ROWS: Witness = {
  parameters: [
    [
      [0, 0],
      [0, 0],
    ],
  ],
  hyperparameters: { learningRate: 0.5, ...BETAS },
  gradients: [
    [
      [
        [8, 4],
        [2, 1],
      ],
    ],
  ],
};
