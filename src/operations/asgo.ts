import { z } from 'zod';
import { asgo } from '../methods/asgo.ts';
import { optimiserOperation } from './optimiser.ts';
import { atLeastZero, LEARNING_RATE } from './optimiser-domains.ts';

export const asgoOperation = optimiserOperation({
  id: 'asgo',
  summary: 'V += G G^T; W -= eta (V^(1/2) + epsilon I)^-1 G, the pseudo-inverse for epsilon = 0',
  method: asgo,
  hyperparameters: z.strictObject({
    ...LEARNING_RATE,
    epsilon: atLeastZero.default(0),
    side: z.enum(['left', 'right'], { error: '"left" or "right"' }).default('left'),
  }),
});
