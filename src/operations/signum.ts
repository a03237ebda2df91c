import { z } from 'zod';
import { signum } from '../methods/signum.ts';
import { optimiserOperation } from './optimiser.ts';
import { averaging, LEARNING_RATE } from './optimiser-domains.ts';

export const signumOperation = optimiserOperation({
  id: 'signum',
  summary: 'M = beta M + (1 - beta) G; W -= eta sign(M), sign 0 = 0',
  method: signum,
  hyperparameters: z.strictObject({ ...LEARNING_RATE, momentum: averaging.default(0.9) }),
});
