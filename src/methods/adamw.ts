import { type AdamHyperparameters, type AdamMemory, adamDirection, adamMemory } from './adam-direction.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

export interface AdamWHyperparameters extends AdamHyperparameters {
  readonly weightDecay: number;
}

/** AdamW (arXiv:1711.05101) in the form of its implementations: W *= 1 - eta lambda, then W -= eta u. */
export const adamw: Method<AdamWHyperparameters, AdamMemory> = {
  remember: (numbers, _, parameters) => adamMemory(numbers, parameters),
  step: (numbers, hyperparameters, state, gradient) =>
    moved(numbers, state, { ...hyperparameters, ...adamDirection(numbers, hyperparameters, state, gradient) }),
};
