import { z } from 'zod';
import { shampoo } from '../methods/shampoo.ts';
import { optimiserOperation } from './optimiser.ts';
import { aboveZero, LEARNING_RATE } from './optimiser-domains.ts';

export const shampooOperation = optimiserOperation({
  id: 'shampoo',
  summary: 'L += G G^T, R += G^T G from epsilon I; W -= eta L^(-1/4) G R^(-1/4)',
  method: shampoo,
  hyperparameters: z.strictObject({ ...LEARNING_RATE, epsilon: aboveZero.default(1e-4) }),
});
