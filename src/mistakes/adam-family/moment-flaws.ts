import type { AdamHyperparameters } from '../../methods/adam-direction.ts';
import { adamRule, average } from '../parts/adam-rule.ts';
import { TOGETHER, TURNING } from '../parts/adam-witnesses.ts';
import { bySharedState } from '../parts/carried-state.ts';
import type { Flaw } from '../parts/flaw.ts';
import { byHyperparameters } from '../variants.ts';

/** The averages m and v themselves. */
export const MOMENT_FLAWS: readonly Flaw<AdamHyperparameters>[] = [
  {
    slug: 'betas-swapped',
    kind: 'bug',
    name: 'swaps beta1 and beta2',
    where: 'positional arguments of the tuple betas=(beta1, beta2) of torch.optim.Adam',
    effect: 'Averages the gradient over a thousand steps and its square over ten.',
    witness: TURNING,
    runs: (operation) =>
      byHyperparameters<AdamHyperparameters>(operation, (h) => ({ ...h, beta1: h.beta2, beta2: h.beta1 })),
  },
  {
    slug: 'mean-summed',
    kind: 'bug',
    name: 'adds the gradient to beta1 m without the factor 1 - beta1',
    where: 'the momentum of torch.optim.SGD used for m; PennyLaneAI/pennylane#1928 omits these factors at first',
    effect: 'Moves 1 / (1 - beta1) times too far: 10 times by default.',
    witness: TURNING,
    change: {
      direct: adamRule({
        mean: (numbers, { beta1 }, { mean, gradient }) =>
          numbers.add(numbers.multiply(numbers.of(beta1), mean), gradient),
      }),
    },
  },
  {
    slug: 'square-summed',
    kind: 'bug',
    name: 'adds the squared gradient to beta2 v without the factor 1 - beta2',
    where: 'the accumulator of Adagrad with a decay; PennyLaneAI/pennylane#1928 omits these factors at first',
    effect: 'Moves sqrt(1 - beta2) times as far as Adam, a thirtieth by default.',
    witness: TURNING,
    change: {
      direct: adamRule({
        square: (numbers, { beta2 }, { square, gradient }) =>
          numbers.add(numbers.multiply(numbers.of(beta2), square), numbers.multiply(gradient, gradient)),
      }),
    },
  },
  {
    slug: 'square-of-mean',
    kind: 'bug',
    name: 'averages the square of m, not of the gradient, in v',
    where: 'a gradient variable that is overwritten by its average before v is formed',
    effect: 'Divides noise by itself less and less: the step no longer shrinks where gradients disagree.',
    witness: TURNING,
    change: {
      direct: adamRule({
        square: (numbers, { beta2 }, { square }, mean) => average(numbers, beta2, square, numbers.multiply(mean, mean)),
      }),
    },
  },
  {
    slug: 'absolute-average',
    kind: 'bug',
    name: 'averages |g| in v and divides by it without a root',
    where: 'the L1 relative of Adam; arXiv:1412.6980, section 7.1, treats its limit p to infinity',
    effect: 'Divides by a smaller number wherever gradients vary in size, since a mean is at most a root mean square.',
    witness: TURNING,
    change: {
      direct: adamRule({
        square: (numbers, { beta2 }, { square, gradient }) =>
          average(numbers, beta2, square, numbers.maximum(gradient, numbers.subtract(numbers.of(0), gradient))),
        size: (numbers, { epsilon }, _, { square, squareWeight }) =>
          numbers.add(numbers.divide(square, squareWeight), numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'no-root',
    kind: 'bug',
    name: 'divides by v^ + epsilon without the square root',
    where: 'compare torch/optim#48, before which another power of v was taken',
    effect: 'Gives steps that grow as 1 / |g|: tiny gradients jump, large ones hardly move.',
    witness: TURNING,
    change: {
      direct: adamRule({
        size: (numbers, { epsilon }, _, { square, squareWeight }) =>
          numbers.add(numbers.divide(square, squareWeight), numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'no-momentum',
    kind: 'bug',
    name: 'follows the gradient in place of its average m',
    where: 'torch.optim.RMSprop, apart from the bias correction',
    effect: 'Loses the averaging over gradients: each step is as noisy as its gradient.',
    witness: TURNING,
    change: { direct: adamRule({ numerator: (_, __, { gradient }) => gradient }) },
  },
  {
    slug: 'averages-one-step-old',
    kind: 'bug',
    name: 'steps with the averages of the last step and updates them after their use',
    where: 'an update that is formed before the lines for m and v of arXiv:1412.6980, Algorithm 1',
    effect: 'Is one gradient late; the first step does not move at all.',
    witness: TURNING,
    change: {
      direct: adamRule({
        numerator: (numbers, _, { mean }, { meanWeight }) => numbers.divide(mean, meanWeight),
        size: (numbers, { epsilon }, { square }, { squareWeight }) =>
          numbers.add(numbers.squareRoot(numbers.divide(square, squareWeight)), numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'first-gradient-initialises',
    kind: 'convention',
    name: 'begins with m = g and v = g^2 at the first step in place of correcting the bias',
    where: 'the first step of torch.optim.SGD, whose buffer begins as the gradient, used for both averages',
    effect: 'Lets the first gradient weigh 1 / (1 - beta) times as much as any later one.',
    witness: TURNING,
    change: {
      direct: adamRule({
        mean: (numbers, { beta1 }, { mean, gradient, t }) =>
          t === 1 ? gradient : average(numbers, beta1, mean, gradient),
        square: (numbers, { beta2 }, { square, gradient, t }) => {
          const fresh = numbers.multiply(gradient, gradient);
          return t === 1 ? fresh : average(numbers, beta2, square, fresh);
        },
        weights: (numbers) => ({ meanWeight: numbers.of(1), squareWeight: numbers.of(1) }),
      }),
    },
  },
  {
    slug: 'state-shared',
    kind: 'bug',
    name: 'shares m, v and the step count between parameters of one shape',
    where: 'a state dictionary keyed by shape, or by a name that two parameters bear',
    effect: 'Mixes the averages of unrelated matrices.',
    witness: TOGETHER,
    runs: bySharedState,
  },
];
