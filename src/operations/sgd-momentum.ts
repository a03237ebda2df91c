import { z } from 'zod';
import { sgdMomentum } from '../methods/sgd-momentum.ts';
import { optimiserOperation } from './optimiser.ts';
import { averaging, flag, LEARNING_RATE } from './optimiser-domains.ts';

export const sgdMomentumOperation = optimiserOperation({
  id: 'sgd-momentum',
  summary: 'B = mu B + G from B = 0; W -= eta B, or eta (G + mu B) in the form of Nesterov',
  method: sgdMomentum,
  hyperparameters: z.strictObject({
    ...LEARNING_RATE,
    momentum: averaging.default(0.9),
    nesterov: flag.default(false),
  }),
});
