import type { CautiousAdamWHyperparameters } from '../methods/cautious-adamw.ts';
import { cautiousAdamwOperation } from '../operations/cautious-adamw.ts';
import { ADAMW_FLAWS, ADAMW_PARTS } from './adamw.ts';
import type { Mistake } from './mistake.ts';
import type { Parts } from './parts/assembly.ts';
import { cautiousRule } from './parts/cautious-rule.ts';
import { DECAYING, decayShaped } from './parts/decay-flaws.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { MASK_FLAWS } from './parts/mask-flaws.ts';
import { RESCALE_FLAWS } from './parts/rescale-flaws.ts';

const shape = cautiousRule();

/** Cautious AdamW in parts. */
export const CAUTIOUS_ADAMW_PARTS: Parts<CautiousAdamWHyperparameters> = { ...ADAMW_PARTS, shape };

const FLAWS: readonly Flaw<CautiousAdamWHyperparameters>[] = [
  ...ADAMW_FLAWS,
  ...MASK_FLAWS,
  ...RESCALE_FLAWS,
  decayShaped(shape, DECAYING),
];

export const CAUTIOUS_ADAMW_MISTAKES: readonly Mistake[] = mistakesOfParts(
  cautiousAdamwOperation,
  CAUTIOUS_ADAMW_PARTS,
  FLAWS,
);
