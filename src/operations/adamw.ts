import { z } from 'zod';
import { adamw } from '../methods/adamw.ts';
import { optimiserOperation } from './optimiser.ts';
import { ADAM, WEIGHT_DECAY } from './optimiser-domains.ts';

export const adamwOperation = optimiserOperation({
  id: 'adamw',
  summary: 'W *= 1 - eta lambda, then W -= eta m^ / (sqrt(v^) + epsilon)',
  method: adamw,
  hyperparameters: z.strictObject({ ...ADAM, ...WEIGHT_DECAY }),
});
