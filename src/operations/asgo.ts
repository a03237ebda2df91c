import { z } from 'zod';
import { asgoPreconditioner } from '../kernels/gpu/preconditioned.ts';
import { type AsgoHyperparameters, asgo } from '../methods/asgo.ts';
import { type OptimiserOperation, optimiserOperation } from './optimiser.ts';
import { atLeastZero, LEARNING_RATE } from './optimiser-domains.ts';
import { twinOf } from './preconditioned-twin.ts';

const asgoInNumbers = optimiserOperation({
  id: 'asgo',
  summary: 'V += G G^T; W -= eta (V^(1/2) + epsilon I)^-1 G, the pseudo-inverse for epsilon = 0',
  method: asgo,
  hyperparameters: z.strictObject({
    ...LEARNING_RATE,
    epsilon: atLeastZero.default(0),
    side: z.enum(['left', 'right'], { error: '"left" or "right"' }).default('left'),
  }),
});

export const asgoOperation: OptimiserOperation = {
  ...asgoInNumbers,
  gpu: (input) => {
    const { learningRate, epsilon, side } = asgoInNumbers.complete(
      input.hyperparameters,
    ) as unknown as AsgoHyperparameters;
    return twinOf(asgoPreconditioner(epsilon, side), learningRate, input);
  },
};
