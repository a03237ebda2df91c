import { z } from 'zod';
import { shampooPreconditioner } from '../kernels/gpu/preconditioned.ts';
import { type ShampooHyperparameters, shampoo } from '../methods/shampoo.ts';
import { type OptimiserOperation, optimiserOperation } from './optimiser.ts';
import { aboveZero, LEARNING_RATE } from './optimiser-domains.ts';
import { twinOf } from './preconditioned-twin.ts';

const shampooInNumbers = optimiserOperation({
  id: 'shampoo',
  summary: 'L += G G^T, R += G^T G from epsilon I; W -= eta L^(-1/4) G R^(-1/4)',
  method: shampoo,
  hyperparameters: z.strictObject({ ...LEARNING_RATE, epsilon: aboveZero.default(1e-4) }),
});

export const shampooOperation: OptimiserOperation = {
  ...shampooInNumbers,
  gpu: (input) => {
    const { learningRate, epsilon } = shampooInNumbers.complete(
      input.hyperparameters,
    ) as unknown as ShampooHyperparameters;
    return twinOf(shampooPreconditioner(epsilon), learningRate, input);
  },
};
