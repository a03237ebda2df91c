import { muonOperation } from '../operations/muon.ts';
import { momentumFlaws } from './matrix-optimisers/momentum-flaws.ts';
import { MUON_COEFFICIENT_FLAWS } from './matrix-optimisers/muon-coefficient-flaws.ts';
import { MUON_DECAY_FLAWS } from './matrix-optimisers/muon-decay-flaws.ts';
import { MUON_ITERATION_FLAWS } from './matrix-optimisers/muon-iteration-flaws.ts';
import { MUON_NORMALISATION_FLAWS } from './matrix-optimisers/muon-normalisation-flaws.ts';
import { MUON_ORTHOGONALISATION_FLAWS } from './matrix-optimisers/muon-orthogonalisation-flaws.ts';
import { MUON_SCALE_FLAWS } from './matrix-optimisers/muon-scale-flaws.ts';
import { square, TOGETHER } from './matrix-optimisers/muon-witnesses.ts';
import type { Mistake } from './mistake.ts';
import { mistakesOfParts } from './parts/flaw.ts';
import { muonRule } from './parts/muon-rule.ts';
import { STEP_WITH_DECAY } from './parts/whole-step.ts';

/** Known mistakes of Muon. */
export const MUON_MISTAKES: readonly Mistake[] = mistakesOfParts(
  muonOperation,
  { ...STEP_WITH_DECAY, direct: muonRule() },
  [
    ...MUON_ORTHOGONALISATION_FLAWS,
    ...MUON_ITERATION_FLAWS,
    ...MUON_COEFFICIENT_FLAWS,
    ...MUON_NORMALISATION_FLAWS,
    ...MUON_SCALE_FLAWS,
    ...MUON_DECAY_FLAWS,
    ...momentumFlaws((follow) => muonRule({ follow }), {
      plain: square({ nesterov: false }),
      nesterov: square({ nesterov: true }),
      together: TOGETHER,
    }),
  ],
);
