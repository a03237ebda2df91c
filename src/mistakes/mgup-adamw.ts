import { mapped, zipped } from '../kernels/numbers/grid.ts';
import type { MgupAdamWHyperparameters } from '../methods/mgup-adamw.ts';
import { mgupAdamwOperation } from '../operations/mgup-adamw.ts';
import { ADAMW_FLAWS, ADAMW_PARTS } from './adamw.ts';
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

/** MGUP-AdamW in parts. */
export const MGUP_ADAMW_PARTS: Parts<MgupAdamWHyperparameters> = { ...ADAMW_PARTS, shape };

/** Scores that order the entries of Adam otherwise; the sign u of Lion leaves them no room. */
const SCORE_FLAWS: readonly ChoiceFlaw[] = [
  {
    slug: 'score-average-times-gradient',
    kind: 'convention',
    name: 'ranks m g in place of u g: the same signs, another order',
    where: 'the score of the sign form, arXiv:2606.17526, eq. (3)',
    effect: 'Lets entries of large gradients win over those of steady ones.',
    witness: RANKED,
    pieces: { scores: (numbers, { memory, gradient }) => zipped(memory.mean, gradient, numbers.multiply) },
  },
  {
    slug: 'score-gradient-size',
    kind: 'bug',
    name: 'ranks the size |g| of the gradient, whatever the direction says',
    where: 'top-k gradient sparsification, arXiv:1704.05021',
    effect: 'Amplifies large gradients, whether or not they agree with the momentum.',
    witness: RANKED,
    pieces: {
      scores: (numbers, { gradient }) =>
        mapped(gradient, (g) => numbers.maximum(g, numbers.subtract(numbers.of(0), g))),
    },
  },
];

const FLAWS: readonly Flaw<MgupAdamWHyperparameters>[] = [
  ...ADAMW_FLAWS,
  ...choiceFlaws({}, [...FACTOR_FLAWS, ...COUNT_FLAWS, ...CHOICE_FLAWS, ...SCORE_FLAWS]),
  COUNT_OVER_ALL,
  decayShaped(shape, DECAYING),
];

export const MGUP_ADAMW_MISTAKES: readonly Mistake[] = mistakesOfParts(mgupAdamwOperation, MGUP_ADAMW_PARTS, FLAWS);
