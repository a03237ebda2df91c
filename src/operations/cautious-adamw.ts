import { z } from 'zod';
import { cautiousAdamw } from '../methods/cautious-adamw.ts';
import { optimiserOperation } from './optimiser.ts';
import { ADAM, CAUTIOUS, WEIGHT_DECAY } from './optimiser-domains.ts';

export const cautiousAdamwOperation = optimiserOperation({
  id: 'cautious-adamw',
  summary: 'AdamW, decay first, whose direction u is masked by u g > 0 and rescaled',
  method: cautiousAdamw,
  hyperparameters: z.strictObject({ ...ADAM, ...WEIGHT_DECAY, ...CAUTIOUS }),
});
