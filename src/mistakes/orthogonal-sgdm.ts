import { orthogonalSgdmOperation } from '../operations/orthogonal-sgdm.ts';
import { ORTHOGONAL_FACTOR_FLAWS } from './matrix-optimisers/orthogonal-factor-flaws.ts';
import { ORTHOGONAL_VELOCITY_FLAWS } from './matrix-optimisers/orthogonal-velocity-flaws.ts';
import type { Mistake } from './mistake.ts';
import { mistakesOfParts } from './parts/flaw.ts';
import { ORTHOGONAL_SGDM } from './parts/orthogonal-rule.ts';

/** Known mistakes of Orthogonal-SGDM. */
export const ORTHOGONAL_SGDM_MISTAKES: readonly Mistake[] = mistakesOfParts(orthogonalSgdmOperation, ORTHOGONAL_SGDM, [
  ...ORTHOGONAL_VELOCITY_FLAWS,
  ...ORTHOGONAL_FACTOR_FLAWS,
]);
