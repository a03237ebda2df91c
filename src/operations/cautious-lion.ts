import { z } from 'zod';
import { cautiousLion } from '../methods/cautious-lion.ts';
import { optimiserOperation } from './optimiser.ts';
import { CAUTIOUS, LION, WEIGHT_DECAY } from './optimiser-domains.ts';

export const cautiousLionOperation = optimiserOperation({
  id: 'cautious-lion',
  summary: 'Lion, decay first, whose direction u is masked by u g > 0 and rescaled',
  method: cautiousLion,
  hyperparameters: z.strictObject({ ...LION, ...WEIGHT_DECAY, ...CAUTIOUS }),
});
