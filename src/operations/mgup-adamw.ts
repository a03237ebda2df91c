import { z } from 'zod';
import { mgupAdamw } from '../methods/mgup-adamw.ts';
import { optimiserOperation } from './optimiser.ts';
import { ADAM, MGUP, MGUP_DERIVED, MGUP_ORDER, WEIGHT_DECAY } from './optimiser-domains.ts';

export const mgupAdamwOperation = optimiserOperation({
  id: 'mgup-adamw',
  summary:
    'AdamW, decay first, whose direction u is amplified at the floor(tau d) largest scores u g and damped elsewhere',
  method: mgupAdamw,
  hyperparameters: z.strictObject({ ...ADAM, ...WEIGHT_DECAY, ...MGUP }).refine(...MGUP_ORDER),
  derived: MGUP_DERIVED,
});
