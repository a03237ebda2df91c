import { filled, mapped } from '../kernels/numbers/grid.ts';
import { heavyBall } from './heavy-ball.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

export interface SgdMomentumHyperparameters {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}

/** Heavy ball, B = mu B + G from B = 0 and W -= eta B; in the form of Nesterov W -= eta (G + mu B). */
export const sgdMomentum: Method<SgdMomentumHyperparameters, 'buffer'> = {
  remember: (numbers, _, { rows, columns }) => ({ buffer: filled(rows, columns, numbers.of(0)) }),
  step: (numbers, hyperparameters, state, gradient) => {
    const { learningRate, momentum, nesterov } = hyperparameters;
    const { buffer, followed } = heavyBall(numbers, hyperparameters, state.memory.buffer, gradient);
    const mu = numbers.of(momentum);
    const carried = mapped(nesterov ? buffer : state.memory.buffer, (b) => numbers.multiply(mu, b));
    return moved(numbers, state, {
      learningRate,
      weightDecay: 0,
      direction: followed,
      memory: { buffer },
      summands: [gradient, carried],
    });
  },
};
