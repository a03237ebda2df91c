import { zipped } from '../../kernels/numbers/grid.ts';
import { averaged } from '../../methods/averaged.ts';
import { ascent } from '../parts/ascent-flaw.ts';
import { bySharedState } from '../parts/carried-state.ts';
import type { Flaw } from '../parts/flaw.ts';
import { signsWithOneAtZero } from '../parts/sign-of-zero.ts';
import { byHyperparameters } from '../variants.ts';
import { type LionSettings, lionRule } from './lion-rule.ts';
import { CANCELLING, SIGNS, SIGNS_TOGETHER } from './sign-witnesses.ts';

/** What can be wrong with Lion's direction, in every method that is built on it. */
export const LION_FLAWS: readonly Flaw<LionSettings>[] = [
  {
    slug: 'betas-swapped',
    kind: 'bug',
    name: 'swaps beta1 and beta2',
    where: 'positional arguments of the tuple betas=(beta1, beta2) of lucidrains/lion-pytorch',
    effect: 'Lets the newest gradient weigh a hundredth in place of a tenth.',
    witness: SIGNS,
    runs: (operation) => byHyperparameters<LionSettings>(operation, (h) => ({ ...h, beta1: h.beta2, beta2: h.beta1 })),
  },
  {
    slug: 'only-beta2',
    kind: 'bug',
    name: 'follows the sign of the average m itself, after its update: beta2 twice, as Signum does',
    where: 'an update formed after the line for m of arXiv:2302.06675, Algorithm 2',
    effect: 'Reacts ten times more slowly to a new gradient.',
    witness: SIGNS,
    change: { direct: lionRule({ followed: (_, __, ___, mean) => mean }) },
  },
  {
    slug: 'only-beta1',
    kind: 'bug',
    name: 'keeps c as its average: beta1 twice',
    where: 'exp_avg.mul_(beta1).add_(grad, alpha=1 - beta1).sign_() without the clone of lion-pytorch',
    effect: 'Forgets past gradients ten times faster.',
    witness: SIGNS,
    change: {
      direct: lionRule({ mean: (numbers, { beta1 }, past, gradient) => averaged(numbers, beta1, past, gradient) }),
    },
  },
  {
    slug: 'average-first',
    kind: 'bug',
    name: 'updates m before it forms c from it',
    where: 'the two lines of arXiv:2302.06675, Algorithm 2, in the other order',
    effect: 'Counts the newest gradient twice in the direction.',
    witness: SIGNS,
    change: {
      direct: lionRule({
        followed: (numbers, { beta1 }, _, mean, gradient) => averaged(numbers, beta1, mean, gradient),
      }),
    },
  },
  {
    slug: 'average-summed',
    kind: 'bug',
    name: 'adds the gradient to beta2 m without the factor 1 - beta2',
    where: 'the momentum of torch.optim.SGD used for m',
    effect: 'Makes the newest gradient count for next to nothing in the direction.',
    witness: SIGNS,
    change: {
      direct: lionRule({
        mean: (numbers, { beta2 }, past, gradient) =>
          zipped(past, gradient, (m, g) => numbers.add(numbers.multiply(numbers.of(beta2), m), g)),
      }),
    },
  },
  {
    slug: 'no-momentum',
    kind: 'bug',
    name: 'follows the sign of the gradient, without any average',
    where: 'signSGD, arXiv:1802.04434, Algorithm 1',
    effect: 'Moves by the noise of each gradient.',
    witness: SIGNS,
    change: { direct: lionRule({ followed: (_, __, ___, ____, gradient) => gradient }) },
  },
  {
    slug: 'unsigned',
    kind: 'bug',
    name: 'follows c itself, not its sign',
    where: 'the update of arXiv:2302.06675, Algorithm 2, without its sign',
    effect: 'Is a momentum method: steps of the size of the gradient.',
    witness: SIGNS,
    change: { direct: lionRule({ signed: (_, c) => c }) },
  },
  {
    slug: 'sign-of-zero-is-one',
    kind: 'convention',
    name: 'takes the sign of 0 for 1',
    where: 'larq/larq#32, which asks for it; jxbz/signSGD#1 discusses both',
    effect: 'Moves parameters whose average is 0, such as those that never had a gradient.',
    witness: CANCELLING,
    change: { direct: lionRule({ signed: signsWithOneAtZero }) },
  },
  {
    slug: 'state-shared',
    kind: 'bug',
    name: 'shares m between parameters of one shape',
    where: 'a state dictionary keyed by shape, or by a name that two parameters bear',
    effect: 'Mixes the averages of unrelated matrices.',
    witness: SIGNS_TOGETHER,
    runs: bySharedState,
  },
  ascent(SIGNS),
];
