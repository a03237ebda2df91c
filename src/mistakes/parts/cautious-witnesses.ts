import type { Rescale } from '../../methods/cautious.ts';
import type { OptimiserMistake } from '../mistake.ts';

type Witness = OptimiserMistake['witness'];

const HYPERPARAMETERS = { learningRate: 0.5, beta1: 0.75, beta2: 0.5 };

/** In the second step the first entry turns, but not the average; the others go on, and one of them has no gradient. */
export const masked = (rescale: Rescale): Witness => ({
  parameters: [[[1, -2, 3, 0.5]]],
  hyperparameters: { ...HYPERPARAMETERS, rescale },
  gradients: [[[[4, 2, -1, 1]]], [[[-1, 4, -1, 0]]]],
});

/** Of two parameters one has half its entries masked, the other none. */
export const APART: Witness = {
  parameters: [[[1, -2]], [[3]]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [
    [[[4, 2]], [[1]]],
    [[[-1, 4]], [[2]]],
  ],
};

/** One entry of 1024 goes on: the mean of the mask is below its floor of 1e-3. */
export const ALMOST_ALL_MASKED: Witness = {
  parameters: [[new Array<number>(1024).fill(0)]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [[[new Array<number>(1024).fill(4)]], [[Array.from({ length: 1024 }, (_, i) => (i === 0 ? 4 : -1))]]],
};

/** The mask at work, without rescaling. */
export const MASKED: Witness = masked('none');
