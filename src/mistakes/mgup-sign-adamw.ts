import { zipped } from '../kernels/numbers/grid.ts';
import type { MgupAdamWHyperparameters } from '../methods/mgup-adamw.ts';
import { mgupSignAdamwOperation } from '../operations/mgup-sign-adamw.ts';
import { ADAMW_FLAWS, ADAMW_PARTS } from './adamw.ts';
import type { Mistake } from './mistake.ts';
import type { Parts } from './parts/assembly.ts';
import { DECAYING, decayShaped } from './parts/decay-flaws.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { FACTOR_FLAWS } from './parts/mgup-factor-flaws.ts';
import { type ChoiceFlaw, choiceFlaws } from './parts/mgup-flaws.ts';
import { bySign, type MgupPieces, mgupRule } from './parts/mgup-rule.ts';
import { RANKED } from './parts/mgup-witnesses.ts';

/** Amplified where m g > 0. */
const SIGN_FORM: Partial<MgupPieces> = {
  scores: (numbers, { memory, gradient }) => zipped(memory.mean, gradient, numbers.multiply),
  chosen: bySign,
};

const shape = mgupRule(SIGN_FORM);

/** The sign form of MGUP-AdamW in parts. */
export const MGUP_SIGN_ADAMW_PARTS: Parts<MgupAdamWHyperparameters> = { ...ADAMW_PARTS, shape };

const SIGN_FLAWS: readonly ChoiceFlaw[] = [
  {
    slug: 'zero-amplified',
    kind: 'convention',
    name: 'amplifies entries with m g = 0: asks for m g >= 0',
    where: 'github.com/MaeChd/MGUP, whose code compares by >=',
    effect: 'Amplifies entries without gradient.',
    witness: { ...RANKED, gradients: [[[[-1, 0.5, 8, -2]]], [[[2, 3, -8, 0]]]] },
    pieces: {
      chosen: (numbers, { data }, _, { amplified, damped }) =>
        data.map((score) => numbers.wherePositive(numbers.subtract(numbers.of(0), score), damped, amplified)),
    },
  },
  {
    slug: 'ranked',
    kind: 'convention',
    name: 'amplifies the floor(tau d) largest scores u g, not all positive ones',
    where: 'arXiv:2606.17526, Algorithm 2, the form with K',
    effect: 'Amplifies a fixed share, however many entries agree.',
    witness: RANKED,
    pieces: {
      scores: (numbers, { direction, gradient }) => zipped(direction, gradient, numbers.multiply),
      chosen: (numbers, { data }, count, { amplified, damped }) => numbers.whereLargest(data, count, amplified, damped),
    },
  },
  {
    slug: 'score-of-last-step',
    kind: 'bug',
    name: 'asks whether the average before the new gradient agrees with it',
    where: 'a mask that is formed before exp_avg.lerp_(grad, 1 - beta1)',
    effect: 'Damps the whole first step, and every entry whose average has just turned.',
    witness: RANKED,
    pieces: { scores: (numbers, { state, gradient }) => zipped(state.memory.mean, gradient, numbers.multiply) },
  },
];

const FLAWS: readonly Flaw<MgupAdamWHyperparameters>[] = [
  ...ADAMW_FLAWS,
  ...choiceFlaws(SIGN_FORM, [...FACTOR_FLAWS, ...SIGN_FLAWS]),
  decayShaped(shape, DECAYING),
];

export const MGUP_SIGN_ADAMW_MISTAKES: readonly Mistake[] = mistakesOfParts(
  mgupSignAdamwOperation,
  MGUP_SIGN_ADAMW_PARTS,
  FLAWS,
);
