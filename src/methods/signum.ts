import { filled } from '../kernels/numbers/grid.ts';
import { averaged } from './averaged.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';
import { signs } from './signs.ts';

export interface SignumHyperparameters {
  readonly learningRate: number;
  readonly momentum: number;
}

/** Signum (Bernstein et al., arXiv:1802.04434): M = beta M + (1 - beta) G; W -= eta sign(M), sign 0 = 0. */
export const signum: Method<SignumHyperparameters, 'mean'> = {
  remember: (numbers, _, { rows, columns }) => ({ mean: filled(rows, columns, numbers.of(0)) }),
  step: (numbers, { learningRate, momentum }, state, gradient) => {
    const mean = averaged(numbers, momentum, state.memory.mean, gradient);
    return moved(numbers, state, {
      learningRate,
      weightDecay: 0,
      direction: signs(numbers, mean),
      memory: { mean },
    });
  },
};
