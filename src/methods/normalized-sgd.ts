import { filled, mapped } from '../kernels/numbers/grid.ts';
import { averaged } from './averaged.ts';
import { gridNorm } from './grid-norm.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

export interface NormalizedSgdHyperparameters {
  readonly learningRate: number;
  readonly momentum: number;
}

/**
 * Normalized SGD with momentum (Cutkosky and Mehta, arXiv:2002.03305): M = beta M + (1 - beta) G; W -= eta M / ||M||_F, and no
 * move where M = 0. The norm is that of one parameter matrix.
 */
export const normalizedSgd: Method<NormalizedSgdHyperparameters, 'mean'> = {
  remember: (numbers, _, { rows, columns }) => ({ mean: filled(rows, columns, numbers.of(0)) }),
  step: (numbers, { learningRate, momentum }, state, gradient) => {
    const mean = averaged(numbers, momentum, state.memory.mean, gradient);
    const norm = gridNorm(numbers, mean);
    const direction = mapped(mean, (m) => numbers.divide(m, norm));
    return moved(numbers, state, { learningRate, weightDecay: 0, direction, memory: { mean } });
  },
};
