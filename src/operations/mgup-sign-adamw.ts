import { z } from 'zod';
import { mgupSignAdamw } from '../methods/mgup-sign-adamw.ts';
import { optimiserOperation } from './optimiser.ts';
import { ADAM, MGUP, MGUP_DERIVED, MGUP_ORDER, WEIGHT_DECAY } from './optimiser-domains.ts';

export const mgupSignAdamwOperation = optimiserOperation({
  id: 'mgup-sign-adamw',
  summary: 'AdamW, decay first, whose direction is amplified where m g > 0 and damped elsewhere',
  method: mgupSignAdamw,
  hyperparameters: z.strictObject({ ...ADAM, ...WEIGHT_DECAY, ...MGUP }).refine(...MGUP_ORDER),
  derived: MGUP_DERIVED,
});
