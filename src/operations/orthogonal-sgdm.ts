import { z } from 'zod';
import { orthogonalSgdm } from '../methods/orthogonal-sgdm.ts';
import { optimiserOperation } from './optimiser.ts';
import { averaging, LEARNING_RATE } from './optimiser-domains.ts';

export const orthogonalSgdmOperation = optimiserOperation({
  id: 'orthogonal-sgdm',
  summary: 'v = gamma v + eta polar(G); W -= v',
  method: orthogonalSgdm,
  hyperparameters: z.strictObject({ ...LEARNING_RATE, momentum: averaging.default(0.9) }),
});
