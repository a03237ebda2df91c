import type { AdamHyperparameters } from '../../methods/adam-direction.ts';
import { TURNING } from '../parts/adam-witnesses.ts';
import { ascent } from '../parts/ascent-flaw.ts';
import type { Flaw } from '../parts/flaw.ts';
import { CORRECTION_FLAWS } from './correction-flaws.ts';
import { EPSILON_FLAWS } from './epsilon-flaws.ts';
import { MOMENT_FLAWS } from './moment-flaws.ts';
import { VARIANT_FLAWS } from './variant-flaws.ts';

/** What can be wrong with Adam's direction, in every method that is built on it. */
export const ADAM_FLAWS: readonly Flaw<AdamHyperparameters>[] = [
  ...EPSILON_FLAWS,
  ...CORRECTION_FLAWS,
  ...MOMENT_FLAWS,
  ...VARIANT_FLAWS,
  ascent(TURNING),
];
