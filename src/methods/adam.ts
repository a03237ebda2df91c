import { type AdamHyperparameters, type AdamMemory, adamDirection, adamMemory } from './adam-direction.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

/** Adam (arXiv:1412.6980, Algorithm 1): W -= eta u with the bias-corrected direction u of `adamDirection`. */
export const adam: Method<AdamHyperparameters, AdamMemory> = {
  remember: (numbers, _, parameters) => adamMemory(numbers, parameters),
  step: (numbers, hyperparameters, state, gradient) =>
    moved(numbers, state, {
      learningRate: hyperparameters.learningRate,
      weightDecay: 0,
      ...adamDirection(numbers, hyperparameters, state, gradient),
    }),
};
