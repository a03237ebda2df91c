import { dampedRoot, type RootShape } from '../../kernels/matrix/damped-root.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { mapped } from '../../kernels/numbers/grid.ts';
import { type AsgoHyperparameters, asgo } from '../../methods/asgo.ts';
import { asgoOperation } from '../../operations/asgo.ts';
import { adagrad } from '../parts/adagrad.ts';
import { type AsgoPieces, asgoRule } from '../parts/asgo-rule.ts';
import type { Unnamed } from '../parts/named.ts';
import { shampooRule } from '../parts/shampoo-rule.ts';
import { byHyperparameters, byMethod } from '../variants.ts';
import { hasZeroLine } from './has-zero-line.ts';
import { fullRank, withoutRow } from './square-witnesses.ts';

const rule = (changes: Partial<AsgoPieces>) => byMethod(asgoOperation, asgoRule(changes));

const given = (rewrite: Partial<AsgoHyperparameters>) =>
  byHyperparameters<AsgoHyperparameters>(asgoOperation, (h) => ({ ...h, ...rewrite }));

const root = (shape: RootShape): Pick<AsgoPieces, 'root'> => ({
  root: ({ epsilon }, { rows, columns }) => spectralFunction(dampedRoot(shape, epsilon, rows, columns)),
});

const FOURTH_ROOT = root({ root: 4, power: 1 });

const SQUARE = fullRank(2, { learningRate: 1, epsilon: 0.5 });

/** What multiplies the gradient, and from which side. */
export const ASGO_ROOT_MISTAKES: readonly Unnamed[] = [
  {
    slug: 'left-always',
    kind: 'bug',
    name: 'preconditions from the left though the right side is asked',
    where: 'arXiv:2503.20762, Algorithm 1, which has no other side',
    effect: 'Equalises the rows in place of the columns.',
    witness: fullRank(2, { learningRate: 1, epsilon: 0.5, side: 'right' }),
    start: given({ side: 'left' }),
  },
  {
    slug: 'right-always',
    kind: 'bug',
    name: 'preconditions from the right though the left side is asked',
    where: 'weights of inputs × outputs, as flax has them, in the formula for outputs × inputs',
    effect: 'Equalises the columns in place of the rows.',
    witness: SQUARE,
    start: given({ side: 'right' }),
  },
  {
    slug: 'both-sides',
    kind: 'convention',
    name: 'preconditions from both sides by inverse fourth roots: Shampoo',
    where: 'arXiv:1802.09568, of which ASGO is the one-sided form',
    effect: 'Needs twice the memory and equalises rows and columns half as much.',
    witness: SQUARE,
    start: byMethod(asgoOperation, shampooRule({ start: () => 0, root: FOURTH_ROOT.root })),
  },
  {
    slug: 'adagrad',
    kind: 'convention',
    name: 'divides every entry by the root of its own sum of squares: Adagrad',
    where: 'torch.optim.Adagrad; Duchi, Hazan and Singer 2011',
    effect: 'Does not see that the entries of a row belong together.',
    witness: SQUARE,
    start: byMethod(asgoOperation, adagrad('outside')),
  },
  {
    slug: 'epsilon-inside-root',
    kind: 'convention',
    name: 'adds epsilon to V under the root, (V + epsilon I)^(-1/2)',
    where: 'Shampoo, arXiv:1802.09568, Algorithm 1; compare google-deepmind/optax#440 and sail-sg/Adan#8',
    effect: 'Acts like an epsilon of epsilon^1/2: 1e-8 becomes 1e-4.',
    witness: SQUARE,
    start: rule(root({ root: 1, power: 0.5 })),
  },
  {
    slug: 'epsilon-ignored',
    kind: 'bug',
    name: 'ignores epsilon',
    where: 'arXiv:2503.20762, Algorithm 1 with epsilon = 0, written into the update',
    effect: 'Takes whole steps in directions that have hardly had a gradient.',
    witness: SQUARE,
    start: given({ epsilon: 0 }),
  },
  {
    slug: 'fourth-root',
    kind: 'bug',
    name: 'takes the inverse fourth root of V, not the inverse square root',
    where: 'the root of Shampoo, arXiv:1802.09568, on one side alone',
    effect: 'Steps further the larger the gradients are.',
    witness: SQUARE,
    start: rule(FOURTH_ROOT),
  },
  {
    slug: 'no-root',
    kind: 'bug',
    name: 'takes the inverse of V without any root',
    where: 'torch.linalg.inv of V, as in natural gradient methods',
    effect: 'Shrinks the step with the size of the gradients.',
    witness: SQUARE,
    start: rule(root({ root: 1, power: 1 })),
  },
  {
    slug: 'zero-by-zero',
    kind: 'bug',
    name: 'answers NaN where V has an eigenvalue of exactly 0: it takes 1/0 for the pseudo-inverse',
    where: 'eigenvalues ** -0.5 of torch.linalg.eigh; SOAP#14, HeavyBall#55',
    effect: 'Loses the layer where a row has not had a gradient.',
    witness: withoutRow({ learningRate: 1, epsilon: 0 }),
    isNotFinite: (input, _, layer) => {
      const { epsilon, side } = asgoOperation.complete(input.hyperparameters) as unknown as AsgoHyperparameters;
      return epsilon === 0 && hasZeroLine(input, layer, side);
    },
    start: byMethod(asgoOperation, asgo),
  },
  {
    slug: 'ascends',
    kind: 'bug',
    name: 'adds the step in place of subtracting it',
    where: 'the option maximize=True of the optimisers of torch',
    effect: 'Climbs the loss.',
    witness: SQUARE,
    start: byMethod<AsgoHyperparameters, 'square'>(asgoOperation, {
      ...asgo,
      step: (numbers, h, state, gradient) =>
        asgo.step(
          numbers,
          h,
          state,
          mapped(gradient, (g) => numbers.subtract(numbers.of(0), g)),
        ),
    }),
  },
];
