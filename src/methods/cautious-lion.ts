import { cautious, type Rescale } from './cautious.ts';
import { type LionHyperparameters, lionDirection, lionMemory } from './lion-direction.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

export interface CautiousLionHyperparameters extends LionHyperparameters {
  readonly rescale: Rescale;
}

/** C-Lion (arXiv:2411.16085): Lion, decay first, whose sign u is masked where it disagrees with the gradient. */
export const cautiousLion: Method<CautiousLionHyperparameters, 'mean'> = {
  remember: (numbers, _, parameters) => lionMemory(numbers, parameters),
  step: (numbers, hyperparameters, state, gradient) => {
    const { direction, memory } = lionDirection(numbers, hyperparameters, state, gradient);
    const masked = cautious(numbers, hyperparameters.rescale, direction, gradient);
    return moved(numbers, state, { ...hyperparameters, direction: masked, memory });
  },
};
