import { z } from 'zod';
import { lion } from '../methods/lion.ts';
import { optimiserOperation } from './optimiser.ts';
import { LION, WEIGHT_DECAY } from './optimiser-domains.ts';

export const lionOperation = optimiserOperation({
  id: 'lion',
  summary: 'W *= 1 - eta lambda, then W -= eta sign(beta1 m + (1 - beta1) g); then m = beta2 m + (1 - beta2) g',
  method: lion,
  hyperparameters: z.strictObject({ ...LION, ...WEIGHT_DECAY }),
});
