import type { AdamWHyperparameters } from '../methods/adamw.ts';
import { adamwOperation } from '../operations/adamw.ts';
import { ADAM_DECAY_FLAWS } from './adam-family/adam-decay-flaws.ts';
import { ADAM_FLAWS } from './adam-family/adam-flaws.ts';
import type { Mistake } from './mistake.ts';
import { adamRule } from './parts/adam-rule.ts';
import type { Parts } from './parts/assembly.ts';
import { DECAY_FLAWS } from './parts/decay-flaws.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { STEP_WITH_DECAY } from './parts/whole-step.ts';

/** AdamW in parts. */
export const ADAMW_PARTS: Parts<AdamWHyperparameters> = { ...STEP_WITH_DECAY, direct: adamRule() };

/** What can be wrong with AdamW, in every method that is built on it. */
export const ADAMW_FLAWS: readonly Flaw<AdamWHyperparameters>[] = [...ADAM_FLAWS, ...DECAY_FLAWS, ...ADAM_DECAY_FLAWS];

export const ADAMW_MISTAKES: readonly Mistake[] = mistakesOfParts(adamwOperation, ADAMW_PARTS, ADAMW_FLAWS);
