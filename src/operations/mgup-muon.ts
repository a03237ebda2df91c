import { z } from 'zod';
import { mgupMuon } from '../methods/mgup-muon.ts';
import { MUON } from './muon-hyperparameters.ts';
import { optimiserOperation } from './optimiser.ts';
import { MGUP, MGUP_DERIVED, MGUP_ORDER } from './optimiser-domains.ts';

export const mgupMuonOperation = optimiserOperation({
  id: 'mgup-muon',
  summary:
    'Muon, decay first, whose direction is amplified at the floor(tau d) largest scores B G and damped elsewhere',
  method: mgupMuon,
  hyperparameters: z.strictObject({ ...MUON, ...MGUP }).refine(...MGUP_ORDER),
  derived: MGUP_DERIVED,
});
