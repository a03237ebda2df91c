import type { Rescale } from '../../methods/cautious.ts';
import { byHyperparameters } from '../variants.ts';
import { byMean, cautiousRule, type Masking, rescaled } from './cautious-rule.ts';
import { ALMOST_ALL_MASKED, APART, masked } from './cautious-witnesses.ts';
import { byConcatenation } from './concatenated.ts';
import type { Flaw } from './flaw.ts';

const fixedAt = (rescale: Rescale, told: Pick<Flaw<Masking>, 'name' | 'where' | 'effect'>): Flaw<Masking> => ({
  slug: `rescale-fixed-${rescale}`,
  kind: 'convention',
  ...told,
  witness: masked(rescale === 'mean' ? 'count' : 'mean'),
  runs: (operation) => byHyperparameters<object>(operation, (h) => ({ ...h, rescale })),
});

/** How the entries that the mask keeps are rescaled. */
export const RESCALE_FLAWS: readonly Flaw<Masking>[] = [
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
  {
    slug: 'mean-plus-epsilon',
    kind: 'convention',
    name: 'divides by the mean of the mask plus 1e-8 in place of a floor under it',
    where:
      'arXiv:2411.16085v4, Algorithm 1, whose epsilon it is; the default eps of google-deepmind/optax#1690 is of this kind',
    effect: 'Differs by one part in a hundred million, and more the more entries are masked.',
    witness: masked('mean'),
    change: {
      shape: cautiousRule({
        factor: (numbers, rescale, kept, size) => {
          if (rescale !== 'mean') return rescaled(numbers, rescale, kept, size);
          const mean = numbers.divide(kept, size);
          return numbers.divide(numbers.of(1), numbers.add(mean, numbers.of(1e-8)));
        },
      }),
    },
  },
];
