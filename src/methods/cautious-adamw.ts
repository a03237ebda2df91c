import { type AdamMemory, adamDirection, adamMemory } from './adam-direction.ts';
import type { AdamWHyperparameters } from './adamw.ts';
import { cautious, type Rescale } from './cautious.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

export interface CautiousAdamWHyperparameters extends AdamWHyperparameters {
  readonly rescale: Rescale;
}

/** C-AdamW (arXiv:2411.16085): AdamW, decay first, whose direction is masked where it disagrees with the gradient. */
export const cautiousAdamw: Method<CautiousAdamWHyperparameters, AdamMemory> = {
  remember: (numbers, _, parameters) => adamMemory(numbers, parameters),
  step: (numbers, hyperparameters, state, gradient) => {
    const { direction, memory } = adamDirection(numbers, hyperparameters, state, gradient);
    const masked = cautious(numbers, hyperparameters.rescale, direction, gradient);
    return moved(numbers, state, { ...hyperparameters, direction: masked, memory });
  },
};
