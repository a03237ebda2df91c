import type { LionHyperparameters } from '../methods/lion-direction.ts';
import { lionOperation } from '../operations/lion.ts';
import { LION_FLAWS } from './lion-family/lion-flaws.ts';
import { lionRule } from './lion-family/lion-rule.ts';
import type { Mistake } from './mistake.ts';
import type { Parts } from './parts/assembly.ts';
import { DECAY_FLAWS } from './parts/decay-flaws.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { STEP_WITH_DECAY } from './parts/whole-step.ts';

/** Lion in parts. */
export const LION_PARTS: Parts<LionHyperparameters> = { ...STEP_WITH_DECAY, direct: lionRule() };

/** What can be wrong with Lion and its decay, in every method that is built on it. */
export const DECAYED_LION_FLAWS: readonly Flaw<LionHyperparameters>[] = [...LION_FLAWS, ...DECAY_FLAWS];

export const LION_MISTAKES: readonly Mistake[] = mistakesOfParts(lionOperation, LION_PARTS, DECAYED_LION_FLAWS);
