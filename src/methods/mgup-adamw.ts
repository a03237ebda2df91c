import { zipped } from '../kernels/numbers/grid.ts';
import { type AdamMemory, adamDirection, adamMemory } from './adam-direction.ts';
import type { AdamWHyperparameters } from './adamw.ts';
import type { Method } from './method.ts';
import { type MgupHyperparameters, mgup } from './mgup.ts';
import { moved } from './moved.ts';

export interface MgupAdamWHyperparameters extends AdamWHyperparameters, MgupHyperparameters {}

/** MGUP-AdamW (arXiv:2606.17526, Algorithms 1 and 2): AdamW, decay first, direction u scaled by the rank of u g. */
export const mgupAdamw: Method<MgupAdamWHyperparameters, AdamMemory> = {
  remember: (numbers, _, parameters) => adamMemory(numbers, parameters),
  step: (numbers, hyperparameters, state, gradient) => {
    const { direction, memory } = adamDirection(numbers, hyperparameters, state, gradient);
    const scores = zipped(direction, gradient, numbers.multiply);
    return moved(numbers, state, {
      ...hyperparameters,
      direction: mgup(numbers, hyperparameters, direction, scores),
      memory,
    });
  },
};
