import { zipped } from '../kernels/numbers/grid.ts';
import { type LionHyperparameters, lionDirection, lionMemory } from './lion-direction.ts';
import type { Method } from './method.ts';
import { type MgupHyperparameters, mgup } from './mgup.ts';
import { moved } from './moved.ts';

export interface MgupLionHyperparameters extends LionHyperparameters, MgupHyperparameters {}

/** MGUP-Lion (arXiv:2606.17526): Lion, decay first, whose sign u is scaled by the rank of u g. */
export const mgupLion: Method<MgupLionHyperparameters, 'mean'> = {
  remember: (numbers, _, parameters) => lionMemory(numbers, parameters),
  step: (numbers, hyperparameters, state, gradient) => {
    const { direction, memory } = lionDirection(numbers, hyperparameters, state, gradient);
    const scores = zipped(direction, gradient, numbers.multiply);
    return moved(numbers, state, {
      ...hyperparameters,
      direction: mgup(numbers, hyperparameters, direction, scores),
      memory,
    });
  },
};
