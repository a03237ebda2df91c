import { zipped } from '../kernels/numbers/grid.ts';
import { type AdamMemory, adamDirection, adamMemory } from './adam-direction.ts';
import type { Method } from './method.ts';
import { mgupFactors } from './mgup.ts';
import type { MgupAdamWHyperparameters } from './mgup-adamw.ts';
import { moved } from './moved.ts';

/** The sign form of MGUP (arXiv:2606.17526, eq. (3)): AdamW whose direction is amplified where m g > 0, else damped. */
export const mgupSignAdamw: Method<MgupAdamWHyperparameters, AdamMemory> = {
  remember: (numbers, _, parameters) => adamMemory(numbers, parameters),
  step: (numbers, hyperparameters, state, gradient) => {
    const { direction, memory } = adamDirection(numbers, hyperparameters, state, gradient);
    const { amplified, damped } = mgupFactors(numbers, hyperparameters);
    const factors = zipped(memory.mean, gradient, (m, g) =>
      numbers.wherePositive(numbers.multiply(m, g), amplified, damped),
    );
    return moved(numbers, state, {
      ...hyperparameters,
      direction: zipped(factors, direction, numbers.multiply),
      memory,
    });
  },
};
