import { mapped, zipped } from '../../kernels/numbers/grid.ts';
import { agreeing, cautiousRule, type Masking } from './cautious-rule.ts';
import { MASKED, masked } from './cautious-witnesses.ts';
import type { Flaw } from './flaw.ts';

const plain = cautiousRule();

/** The mask 1{u g > 0}. */
export const MASK_FLAWS: readonly Flaw<Masking>[] = [
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
];
