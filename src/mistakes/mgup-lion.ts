import { zipped } from '../kernels/numbers/grid.ts';
import type { MgupLionHyperparameters } from '../methods/mgup-lion.ts';
import { mgupLionOperation } from '../operations/mgup-lion.ts';
import { DECAYED_LION_FLAWS, LION_PARTS } from './lion.ts';
import type { Mistake } from './mistake.ts';
import type { Parts } from './parts/assembly.ts';
import { DECAYING, decayShaped } from './parts/decay-flaws.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { CHOICE_FLAWS } from './parts/mgup-choice-flaws.ts';
import { COUNT_FLAWS, COUNT_OVER_ALL } from './parts/mgup-count-flaws.ts';
import { FACTOR_FLAWS } from './parts/mgup-factor-flaws.ts';
import { type ChoiceFlaw, choiceFlaws } from './parts/mgup-flaws.ts';
import { mgupRule } from './parts/mgup-rule.ts';
import { RANKED } from './parts/mgup-witnesses.ts';

const shape = mgupRule();

/** MGUP-Lion in parts. */
export const MGUP_LION_PARTS: Parts<MgupLionHyperparameters> = { ...LION_PARTS, shape };

const SCORE_BY_AVERAGE: ChoiceFlaw = {
  slug: 'score-average-times-gradient',
  kind: 'bug',
  name: 'ranks m g with the updated average m in place of sign(c) g',
  where: 'the score of MGUP-AdamW used for Lion, whose m has other weights than its direction',
  effect: 'Lets the size of the average decide, which Lion’s step does not have.',
  witness: RANKED,
  pieces: { scores: (numbers, { memory, gradient }) => zipped(memory.mean, gradient, numbers.multiply) },
};

const FLAWS: readonly Flaw<MgupLionHyperparameters>[] = [
  ...DECAYED_LION_FLAWS,
  ...choiceFlaws({}, [...FACTOR_FLAWS, ...COUNT_FLAWS, ...CHOICE_FLAWS, SCORE_BY_AVERAGE]),
  COUNT_OVER_ALL,
  decayShaped(shape, DECAYING),
];

export const MGUP_LION_MISTAKES: readonly Mistake[] = mistakesOfParts(mgupLionOperation, MGUP_LION_PARTS, FLAWS);
