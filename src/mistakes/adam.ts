import type { AdamHyperparameters } from '../methods/adam-direction.ts';
import { adamOperation } from '../operations/adam.ts';
import { ADAM_FLAWS } from './adam-family/adam-flaws.ts';
import type { Mistake } from './mistake.ts';
import { adamRule } from './parts/adam-rule.ts';
import type { Parts } from './parts/assembly.ts';
import { mistakesOfParts } from './parts/flaw.ts';
import { STEP } from './parts/whole-step.ts';

/** Adam in parts. */
export const ADAM_PARTS: Parts<AdamHyperparameters> = { ...STEP, direct: adamRule() };

export const ADAM_MISTAKES: readonly Mistake[] = mistakesOfParts(adamOperation, ADAM_PARTS, ADAM_FLAWS);
