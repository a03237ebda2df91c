import type { CautiousLionHyperparameters } from '../methods/cautious-lion.ts';
import { cautiousLionOperation } from '../operations/cautious-lion.ts';
import { DECAYED_LION_FLAWS, LION_PARTS } from './lion.ts';
import type { Mistake } from './mistake.ts';
import type { Parts } from './parts/assembly.ts';
import { agreeing, cautiousRule, type Masking } from './parts/cautious-rule.ts';
import { MASKED } from './parts/cautious-witnesses.ts';
import { DECAYING, decayShaped } from './parts/decay-flaws.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { MASK_FLAWS } from './parts/mask-flaws.ts';
import { RESCALE_FLAWS } from './parts/rescale-flaws.ts';

const shape = cautiousRule();

/** Cautious Lion in parts. */
export const CAUTIOUS_LION_PARTS: Parts<CautiousLionHyperparameters> = { ...LION_PARTS, shape };

/** For Adam m g and u g have one sign; Lion’s c and its new m do not. */
const MASK_BY_AVERAGE: Flaw<Masking> = {
  slug: 'mask-by-new-average',
  kind: 'convention',
  name: 'masks by m g with the updated average m in place of u g',
  where: 'the mask exp_avg * grad > 0 of c_adamw of github.com/kyleliang919/C-Optim, used for Lion',
  effect: 'Masks entries whose slow average has not turned yet, although the step agrees with the gradient.',
  // in the first entry c still follows the old gradient, the new average the new one
  witness: { ...MASKED, gradients: [[[[4, 2, -1, 1]]], [[[-3, 4, -1, 0]]]] },
  change: {
    shape: cautiousRule({ mask: (numbers, { memory, gradient }) => agreeing(numbers, memory.mean, gradient) }),
  },
};

const FLAWS: readonly Flaw<CautiousLionHyperparameters>[] = [
  ...DECAYED_LION_FLAWS,
  ...MASK_FLAWS,
  ...RESCALE_FLAWS,
  MASK_BY_AVERAGE,
  decayShaped(shape, DECAYING),
];

export const CAUTIOUS_LION_MISTAKES: readonly Mistake[] = mistakesOfParts(
  cautiousLionOperation,
  CAUTIOUS_LION_PARTS,
  FLAWS,
);
