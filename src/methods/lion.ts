import { type LionHyperparameters, lionDirection, lionMemory } from './lion-direction.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

/** Lion (Chen et al., arXiv:2302.06675, Algorithm 2): W *= 1 - eta lambda, then W -= eta u with the sign u of `lionDirection`. */
export const lion: Method<LionHyperparameters, 'mean'> = {
  remember: (numbers, _, parameters) => lionMemory(numbers, parameters),
  step: (numbers, hyperparameters, state, gradient) =>
    moved(numbers, state, { ...hyperparameters, ...lionDirection(numbers, hyperparameters, state, gradient) }),
};
