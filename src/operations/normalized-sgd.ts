import { z } from 'zod';
import { normalizedSgd } from '../methods/normalized-sgd.ts';
import { optimiserOperation } from './optimiser.ts';
import { averaging, LEARNING_RATE } from './optimiser-domains.ts';

export const normalizedSgdOperation = optimiserOperation({
  id: 'normalized-sgd',
  summary: 'M = beta M + (1 - beta) G; W -= eta M / ||M||_F, no move where M = 0',
  method: normalizedSgd,
  hyperparameters: z.strictObject({ ...LEARNING_RATE, momentum: averaging.default(0.9) }),
});
