import type { AdamHyperparameters } from '../../methods/adam-direction.ts';
import { adamRule, correctedMean, weight } from '../parts/adam-rule.ts';
import { TOGETHER, TURNING } from '../parts/adam-witnesses.ts';
import { bySharedCount } from '../parts/carried-state.ts';
import type { Flaw } from '../parts/flaw.ts';

/** The bias corrections 1 - beta1^t and 1 - beta2^t. */
export const CORRECTION_FLAWS: readonly Flaw<AdamHyperparameters>[] = [
  {
    slug: 'no-correction',
    kind: 'bug',
    name: 'leaves out both bias corrections',
    where: 'allenai/OLMo-core#317, where the step count never advanced',
    effect: 'Starts with steps that are (1 - beta1) / sqrt(1 - beta2) times too large: 3.2 times by default.',
    witness: TURNING,
    change: {
      direct: adamRule({ weights: (numbers) => ({ meanWeight: numbers.of(1), squareWeight: numbers.of(1) }) }),
    },
  },
  {
    slug: 'only-mean-corrected',
    kind: 'bug',
    name: 'corrects the bias of m, not that of v',
    where: 'the denominator of arXiv:1412.6980, Algorithm 1, taken as sqrt(v) + epsilon',
    effect: 'Divides by a root that is too small at first: steps up to 1 / sqrt(1 - beta2) = 32 times too large.',
    witness: TURNING,
    change: {
      direct: adamRule({
        weights: (numbers, { beta1 }, t) => ({
          meanWeight: weight(numbers, beta1, t),
          squareWeight: numbers.of(1),
        }),
      }),
    },
  },
  {
    slug: 'only-square-corrected',
    kind: 'bug',
    name: 'corrects the bias of v, not that of m',
    where: 'a momentum as in SGD before the corrected root, as RMSprop with momentum has it',
    effect: 'Starts slowly, with a tenth of the step by default.',
    witness: TURNING,
    change: {
      direct: adamRule({
        weights: (numbers, { beta2 }, t) => ({
          meanWeight: numbers.of(1),
          squareWeight: weight(numbers, beta2, t),
        }),
      }),
    },
  },
  {
    slug: 'correction-one-step-ahead',
    kind: 'bug',
    name: 'corrects the bias with t + 1 in place of t',
    where: 'a step count that is advanced before the loop and in it',
    effect: 'Shrinks the first steps, most of all the first one.',
    witness: TURNING,
    change: {
      direct: adamRule({
        weights: (numbers, { beta1, beta2 }, t) => ({
          meanWeight: weight(numbers, beta1, t + 1),
          squareWeight: weight(numbers, beta2, t + 1),
        }),
      }),
    },
  },
  {
    slug: 'correction-without-power',
    kind: 'bug',
    name: 'corrects the bias by 1 - beta at every step, without the power t',
    where: 'eriklindernoren/ML-From-Scratch#35',
    effect: 'Is right in the first step alone and keeps enlarging both averages ever after.',
    witness: TURNING,
    change: {
      direct: adamRule({
        weights: (numbers, { beta1, beta2 }) => ({
          meanWeight: weight(numbers, beta1, 1),
          squareWeight: weight(numbers, beta2, 1),
        }),
      }),
    },
  },
  {
    slug: 'correction-multiplied',
    kind: 'bug',
    name: 'multiplies by the bias corrections in place of dividing by them',
    where: 'karpathy/convnetjs#70',
    effect: 'Doubles the bias that was to be removed.',
    witness: TURNING,
    change: {
      direct: adamRule({
        numerator: (numbers, _, __, { mean, meanWeight }) => numbers.multiply(mean, meanWeight),
        size: (numbers, { epsilon }, _, { square, squareWeight }) =>
          numbers.add(numbers.squareRoot(numbers.multiply(square, squareWeight)), numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'correction-twice',
    kind: 'bug',
    name: 'corrects the bias twice, in the averages and in the step size',
    where: 'the update rules that PennyLaneAI/pennylane#1928 reports',
    effect: 'Starts with steps that are sqrt(1 - beta2) / (1 - beta1) times Adam’s, a third by default.',
    witness: TURNING,
    change: {
      direct: adamRule({
        numerator: (numbers, _, __, moments) =>
          numbers.multiply(
            numbers.divide(correctedMean(numbers, moments), moments.meanWeight),
            numbers.squareRoot(moments.squareWeight),
          ),
      }),
    },
  },
  {
    slug: 'correction-outside-root',
    kind: 'bug',
    name: 'divides sqrt(v) by 1 - beta2^t, which belongs inside the root',
    where: 'the line of arXiv:1412.6980, Algorithm 1, for v^ applied to its root',
    effect: 'Takes first steps that are sqrt(1 - beta2) times Adam’s, a thirtieth by default.',
    witness: TURNING,
    change: {
      direct: adamRule({
        size: (numbers, { epsilon }, _, { square, squareWeight }) =>
          numbers.add(numbers.divide(numbers.squareRoot(square), squareWeight), numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'correction-kept',
    kind: 'bug',
    name: 'writes the corrected averages back into m and v',
    where: 'in-place division of the buffers, exp_avg.div_(bias_correction1) in the manner of torch',
    effect: 'Corrects the same bias again in each step, so that the averages grow without bound.',
    witness: TURNING,
    change: { direct: adamRule({ kept: (_, corrected) => corrected }) },
  },
  {
    slug: 'step-count-shared',
    kind: 'bug',
    name: 'advances the step count once for each parameter, not once for each step',
    where: 'flashlight/flashlight#143',
    effect: 'Takes the bias for gone after the first few parameters of the model.',
    witness: TOGETHER,
    runs: bySharedCount,
  },
];
