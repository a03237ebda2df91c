import { z } from 'zod';
import { mgupLion } from '../methods/mgup-lion.ts';
import { optimiserOperation } from './optimiser.ts';
import { LION, MGUP, MGUP_DERIVED, MGUP_ORDER, WEIGHT_DECAY } from './optimiser-domains.ts';

export const mgupLionOperation = optimiserOperation({
  id: 'mgup-lion',
  summary:
    'Lion, decay first, whose direction u is amplified at the floor(tau d) largest scores u g and damped elsewhere',
  method: mgupLion,
  hyperparameters: z.strictObject({ ...LION, ...WEIGHT_DECAY, ...MGUP }).refine(...MGUP_ORDER),
  derived: MGUP_DERIVED,
});
