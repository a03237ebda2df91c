import { mapped, zipped } from '../../kernels/numbers/grid.ts';
import type { Rescale } from '../../methods/cautious.ts';
import type { OptimiserMistake } from '../mistake.ts';
import { byHyperparameters } from '../variants.ts';
import { agreeing, byMean, cautiousRule, type Masking, rescaled } from './cautious-rule.ts';
import { byConcatenation } from './concatenated.ts';
import type { Flaw } from './flaw.ts';

type Witness = OptimiserMistake['witness'];

const HYPERPARAMETERS = { learningRate: 0.5, beta1: 0.75, beta2: 0.5 };

/** In the second step the first entry turns, but not the average; the others go on, and one of them has no gradient. */
const masked = (rescale: Rescale): Witness => ({
  parameters: [[[1, -2, 3, 0.5]]],
  hyperparameters: { ...HYPERPARAMETERS, rescale },
  gradients: [[[[4, 2, -1, 1]]], [[[-1, 4, -1, 0]]]],
});

/** Of two parameters one has half its entries masked, the other none. */
const APART: Witness = {
  parameters: [[[1, -2]], [[3]]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [
    [[[4, 2]], [[1]]],
    [[[-1, 4]], [[2]]],
  ],
};

/** One entry of 1024 goes on: the mean of the mask is below its floor of 1e-3. */
const ALMOST_ALL_MASKED: Witness = {
  parameters: [[new Array<number>(1024).fill(0)]],
  hyperparameters: HYPERPARAMETERS,
  gradients: [[[new Array<number>(1024).fill(4)]], [[Array.from({ length: 1024 }, (_, i) => (i === 0 ? 4 : -1))]]],
};

/** The mask at work, without rescaling. */
export const MASKED: Witness = masked('none');

const fixedAt = (rescale: Rescale, told: Pick<Flaw<Masking>, 'name' | 'where' | 'effect'>): Flaw<Masking> => ({
  slug: `rescale-fixed-${rescale}`,
  kind: 'convention',
  ...told,
  witness: masked(rescale === 'mean' ? 'count' : 'mean'),
  runs: (operation) => byHyperparameters<object>(operation, (h) => ({ ...h, rescale })),
});

const plain = cautiousRule();

/** The mask 1{u g > 0} and its rescaling. */
export const CAUTIOUS_FLAWS: readonly Flaw<Masking>[] = [
  {
    slug: 'mask-at-least-zero',
    kind: 'convention',
    name: 'keeps entries with u g = 0: masks by u g >= 0',
    where: 'a comparison by >= as in the sign form of github.com/MaeChd/MGUP',
    effect: 'Moves entries without gradient on by their momentum, and counts them in the mean.',
    witness: masked('mean'),
    change: {
      shape: cautiousRule({
        mask: (numbers, { direction, gradient }) =>
          zipped(direction, gradient, (u, g) =>
            numbers.wherePositive(
              numbers.multiply(numbers.subtract(numbers.of(0), u), g),
              numbers.of(0),
              numbers.of(1),
            ),
          ),
      }),
    },
  },
  {
    slug: 'mask-inverted',
    kind: 'bug',
    name: 'keeps the entries that disagree with the gradient: masks by u g < 0',
    where:
      'an update of optax, which is added and so has the other sign; google-deepmind/optax#1690 reverses it for that',
    effect: 'Moves only where that increases the loss to first order.',
    witness: masked('mean'),
    change: {
      shape: cautiousRule({
        mask: (numbers, { direction, gradient }) =>
          agreeing(
            numbers,
            direction,
            mapped(gradient, (g) => numbers.subtract(numbers.of(0), g)),
          ),
      }),
    },
  },
  {
    slug: 'mask-of-itself',
    kind: 'bug',
    name: 'masks by the product of the momentum with itself, which is always positive',
    where: 'kyleliang919/C-Optim#16',
    effect: 'Is the method without its mask.',
    witness: MASKED,
    change: {
      shape: cautiousRule({
        mask: (numbers, { memory }) => agreeing(numbers, memory.mean, memory.mean),
      }),
    },
  },
  {
    slug: 'mask-by-old-average',
    kind: 'bug',
    name: 'masks by the average before the new gradient enters it',
    where: 'a mask that is formed before exp_avg.lerp_(grad, 1 - beta1)',
    effect: 'Masks an entry whose average has turned, and one that has no average yet.',
    witness: MASKED,
    change: {
      shape: cautiousRule({
        mask: (numbers, { state, gradient }) => agreeing(numbers, state.memory.mean, gradient),
      }),
    },
  },
  {
    slug: 'mask-kept-in-average',
    kind: 'bug',
    name: 'masks the average in place, so that masked entries lose their momentum',
    where: 'compare lucidrains/adam-atan2-pytorch#5 on a mask that persists in the momentum buffer',
    effect: 'Starts the momentum of a masked entry from 0 again.',
    witness: {
      ...MASKED,
      parameters: [[[1, -2]]],
      gradients: [[[[-4, -4]]], [[[1, -4]]], [[[1, 8]]]],
    },
    change: {
      shape: (numbers, h, scene) => {
        const mask = agreeing(numbers, scene.direction, scene.gradient);
        const mean = zipped(mask, scene.memory.mean, numbers.multiply);
        const { direction } = plain(numbers, h, scene);
        return { direction, memory: { ...scene.memory, mean } };
      },
    },
  },
  fixedAt('mean', {
    name: 'divides by the mean of the mask, whatever rescaling is asked for',
    where: 'c_adamw of github.com/kyleliang919/C-Optim; the option caution of timm’s optimisers',
    effect:
      'Takes steps that are (kept + 1) / kept times as long as by count, d / kept times as long as without rescaling.',
  }),
  fixedAt('count', {
    name: 'multiplies by d / (kept + 1), whatever rescaling is asked for',
    where: 'c_lion of github.com/kyleliang919/C-Optim, and the first version of its c_adamw',
    effect: 'Halves the step of a parameter with one entry.',
  }),
  fixedAt('none', {
    name: 'does not rescale what the mask leaves, whatever is asked for',
    where: 'arXiv:2411.16085, Algorithm 1, without its last factor',
    effect: 'Takes shorter steps the more entries are masked.',
  }),
  {
    slug: 'rescale-inverted',
    kind: 'bug',
    name: 'multiplies by the mean of the mask in place of dividing by it',
    where: 'mask.mul_(mask.mean()) for the mask.div_(mask.mean()) of c_adamw',
    effect: 'Shortens the step twice over.',
    witness: masked('mean'),
    change: {
      shape: cautiousRule({
        factor: (numbers, rescale, kept, size) =>
          rescale === 'mean' ? numbers.divide(kept, size) : rescaled(numbers, rescale, kept, size),
      }),
    },
  },
  {
    slug: 'mean-over-all-parameters',
    kind: 'convention',
    name: 'takes the mean of the mask over all parameters, not over each matrix',
    where: 'the module Cautious of torchzero, which divides by a global mean',
    effect: 'Lets one matrix that is masked lengthen the steps of all others.',
    witness: APART,
    runs: byConcatenation,
  },
  {
    slug: 'mean-without-floor',
    kind: 'convention',
    name: 'divides by the mean of the mask without its floor of 1e-3',
    where: 'the wrapper of google-deepmind/optax#1690, and torchzero, whose floor is 1e-6',
    effect: 'Lets a single kept entry of a large matrix move by the whole length of the step.',
    witness: ALMOST_ALL_MASKED,
    change: {
      shape: cautiousRule({
        factor: (numbers, rescale, kept, size) =>
          rescale === 'mean' ? byMean(numbers, kept, size, 0) : rescaled(numbers, rescale, kept, size),
      }),
    },
  },
];
