import { zipped } from '../../kernels/numbers/grid.ts';
import type { Numbers } from '../../kernels/numbers/numbers.ts';
import { byOrder } from './by-order.ts';
import type { ChoiceFlaw } from './mgup-flaws.ts';
import { bySign } from './mgup-rule.ts';
import { IN_ROWS, RANKED, TIED } from './mgup-witnesses.ts';

const negative = <T>(numbers: Numbers<T>, x: T): T => numbers.subtract(numbers.of(0), x);

/** Which entries are the K largest, and of what. */
export const CHOICE_FLAWS: readonly ChoiceFlaw[] = [
  {
    slug: 'smallest-chosen',
    kind: 'bug',
    name: 'amplifies the entries of the K smallest scores',
    where: 'torch.topk(largest=False), or numpy.argsort, which ascends',
    effect: 'Amplifies where direction and gradient disagree most.',
    witness: RANKED,
    pieces: {
      chosen: (numbers, { data }, count, { amplified, damped }) =>
        numbers.whereLargest(
          data.map((score) => negative(numbers, score)),
          count,
          amplified,
          damped,
        ),
    },
  },
  {
    slug: 'order-for-ranks',
    kind: 'bug',
    name: 'takes the order of the scores for their ranks: amplifies where argsort, not the rank, is below K',
    where: 'torch.argsort(scores, descending=True) < K; the ranks are argsort(argsort(scores))',
    effect: 'Amplifies entries that have nothing to do with the largest scores.',
    witness: RANKED,
    pieces: { chosen: byOrder },
  },
  {
    slug: 'score-absolute',
    kind: 'bug',
    name: 'ranks the absolute scores |u g|',
    where: 'torch.topk on the magnitude, as sparsification does',
    effect: 'Amplifies entries whose direction is clearly wrong.',
    witness: RANKED,
    pieces: {
      chosen: (numbers, { data }, count, { amplified, damped }) =>
        numbers.whereLargest(
          data.map((score) => numbers.maximum(score, negative(numbers, score))),
          count,
          amplified,
          damped,
        ),
    },
  },
  {
    slug: 'score-direction-alone',
    kind: 'bug',
    name: 'ranks the direction u itself, without the gradient',
    where: 'torch.topk(update, k), without grad as its second factor',
    effect: 'Amplifies the entries that move down in value.',
    witness: RANKED,
    pieces: { scores: (_, { direction }) => direction },
  },
  {
    slug: 'score-of-last-step',
    kind: 'bug',
    name: 'ranks the average before the new gradient enters it, times the gradient',
    where: 'a mask that is formed before exp_avg.lerp_(grad, 1 - beta1)',
    effect: 'Chooses by where the average was; in the first step by the index alone.',
    witness: RANKED,
    pieces: {
      scores: (numbers, { state, gradient }) => zipped(state.memory.mean, gradient, numbers.multiply),
    },
  },
  {
    slug: 'ties-last-first',
    kind: 'convention',
    name: 'chooses the higher index first among equal scores',
    where: 'torch.topk, which leaves the order of ties open; numpy.argsort(kind="stable") reversed',
    effect:
      'Differs from the lower index first only where scores are equal, as those of Lion and of repeated weights are.',
    witness: TIED,
    pieces: {
      chosen: (numbers, { data }, count, { amplified, damped }) =>
        [...numbers.whereLargest([...data].reverse(), count, amplified, damped)].reverse(),
    },
  },
  {
    slug: 'chosen-in-each-row',
    kind: 'bug',
    name: 'chooses the share tau of each row, not of the whole matrix',
    where: 'torch.topk without a flatten, whose default is the last dimension',
    effect: 'Amplifies the best entries of rows that have none worth it.',
    witness: IN_ROWS,
    pieces: {
      chosen: (numbers, { rows, columns, data }, count, { amplified, damped }) => {
        const each = numbers.divide(count, numbers.of(rows));
        return Array.from({ length: rows }, (_, i) =>
          numbers.whereLargest(data.slice(i * columns, (i + 1) * columns), each, amplified, damped),
        ).flat();
      },
    },
  },
  {
    slug: 'positive-chosen',
    kind: 'convention',
    name: 'amplifies wherever u g > 0, however many entries that are (the sign form)',
    where: 'arXiv:2606.17526, eq. (3)',
    effect: 'Amplifies nearly everything while gradients agree.',
    witness: RANKED,
    pieces: { chosen: bySign },
  },
];
