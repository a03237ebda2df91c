import { averaged } from '../../methods/averaged.ts';
import type { OptimiserMistake } from '../mistake.ts';
import { ascent } from '../parts/ascent-flaw.ts';
import { type Averaging, type AveragingPieces, averagingRule } from '../parts/averaging-rule.ts';
import { bySharedState } from '../parts/carried-state.ts';
import type { Flaw } from '../parts/flaw.ts';

/** Where the mistakes show in a method that makes its direction from one average. */
interface Witnesses {
  readonly alone: OptimiserMistake['witness'];
  readonly together: OptimiserMistake['witness'];
}

/** Mistakes in the average of a method that forgets its scale: Signum and normalized SGD. */
export const averageFlaws = (
  direction: AveragingPieces['direction'],
  { alone, together }: Witnesses,
): readonly Flaw<Averaging>[] => [
  {
    slug: 'no-momentum',
    kind: 'bug',
    name: 'goes by the gradient, without any average',
    where: 'signSGD, arXiv:1802.04434, Algorithm 1; normalized gradient descent',
    effect: 'Moves by the noise of each gradient.',
    witness: alone,
    change: {
      direct: averagingRule({
        direction: (numbers, momentum, { past, gradient }) =>
          direction(numbers, momentum, { past, mean: gradient, gradient }),
      }),
    },
  },
  {
    slug: 'weights-swapped',
    kind: 'bug',
    name: 'weighs the gradient by beta and the average by 1 - beta',
    where: 'torch.Tensor.lerp_(grad, beta), whose weight is that of the new value',
    effect: 'Hardly averages at all.',
    witness: alone,
    change: {
      direct: averagingRule({
        mean: (numbers, momentum, past, gradient) => averaged(numbers, momentum, gradient, past),
        direction,
      }),
    },
  },
  {
    slug: 'nesterov',
    kind: 'convention',
    name: 'goes by beta M + (1 - beta) G of the updated M, as Nesterov does',
    where: 'the option nesterov of optax.trace and of optax.contrib.muon',
    effect: 'Reacts sooner to a new gradient.',
    witness: alone,
    change: {
      direct: averagingRule({
        direction: (numbers, momentum, { past, mean, gradient }) =>
          direction(numbers, momentum, { past, mean: averaged(numbers, momentum, mean, gradient), gradient }),
      }),
    },
  },
  {
    slug: 'average-one-step-old',
    kind: 'bug',
    name: 'goes by the average before the gradient enters it',
    where: 'an update that is formed before the average is updated',
    effect: 'Is one gradient late; the first step does not move at all.',
    witness: alone,
    change: {
      direct: averagingRule({
        direction: (numbers, momentum, { past, gradient }) =>
          direction(numbers, momentum, { past, mean: past, gradient }),
      }),
    },
  },
  {
    slug: 'state-shared',
    kind: 'bug',
    name: 'shares M between parameters of one shape',
    where: 'a state dictionary keyed by shape, or by a name that two parameters bear',
    effect: 'Mixes the averages of unrelated matrices.',
    witness: together,
    runs: bySharedState,
  },
  ascent(alone),
];
