import { dampedRoot, type RootShape } from '../../kernels/matrix/damped-root.ts';
import { inverseRoot } from '../../kernels/matrix/inverse-root.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { mapped } from '../../kernels/numbers/grid.ts';
import { gridNorm } from '../../methods/grid-norm.ts';
import { multipleOfIdentity } from '../../methods/multiple-of-identity.ts';
import { shampooOperation } from '../../operations/shampoo.ts';
import { adagrad } from '../parts/adagrad.ts';
import type { Unnamed } from '../parts/named.ts';
import { type ShampooPieces, shampooRule } from '../parts/shampoo-rule.ts';
import { byMethod } from '../variants.ts';
import { hasZeroLine } from './has-zero-line.ts';
import { fullRank } from './square-witnesses.ts';

const rule = (changes: Partial<ShampooPieces>) => byMethod(shampooOperation, shampooRule(changes));

const SQUARE_ROOT = spectralFunction(inverseRoot(2, 0));

/** The root on one side alone. */
const onOneSide = (kept: 'left' | 'right'): Partial<ShampooPieces> => ({
  weigh: (numbers, root, side) => (side === kept ? root : multipleOfIdentity(numbers, root.rows, 1)),
});

/** L and R from 0, with epsilon inside of their root or without it. */
const fromZero = (shape: RootShape, place: 'inside' | 'nowhere'): Partial<ShampooPieces> => ({
  start: () => 0,
  root: ({ epsilon }, { rows, columns }) =>
    spectralFunction(dampedRoot(shape, place === 'inside' ? epsilon : 0, rows, columns)),
});

const SQUARE = fullRank(2, { learningRate: 1, epsilon: 0.5 });

/** What multiplies the gradient. */
export const SHAMPOO_ROOT_MISTAKES: readonly Unnamed[] = [
  {
    slug: 'square-roots',
    kind: 'bug',
    name: 'takes inverse square roots of L and R, not inverse fourth roots',
    where: 'HomericIntelligence/Odyssey#5497; moskomule/shampoo.pytorch#2 (the power -1/order, not -1/(2 order))',
    effect: 'Shrinks the step with the size of the gradients, since the two roots divide by their square.',
    witness: SQUARE,
    start: rule({ root: () => SQUARE_ROOT }),
  },
  {
    slug: 'left-only',
    kind: 'bug',
    name: 'multiplies by the root of L alone',
    where: 'a dimension above the limit on preconditioners, such as max_precond_dim of SOAP, in the columns',
    effect: 'Leaves the columns as they are, and steps further the larger the gradients are.',
    witness: SQUARE,
    start: rule(onOneSide('left')),
  },
  {
    slug: 'right-only',
    kind: 'bug',
    name: 'multiplies by the root of R alone',
    where: 'a dimension above the limit on preconditioners, such as max_precond_dim of SOAP, in the rows',
    effect: 'Leaves the rows as they are, and steps further the larger the gradients are.',
    witness: SQUARE,
    start: rule(onOneSide('right')),
  },
  {
    slug: 'one-sided',
    kind: 'convention',
    name: 'multiplies by the inverse square root of L alone: one-sided Shampoo',
    where: 'arXiv:2503.20762 (ASGO), which is better in theory',
    effect: 'Equalises the rows and leaves the columns as they are.',
    witness: SQUARE,
    start: rule({ ...onOneSide('left'), root: () => SQUARE_ROOT }),
  },
  {
    slug: 'epsilon-outside-root',
    kind: 'convention',
    name: 'adds epsilon to the fourth root, not to L and R',
    where: 'the place that epsilon has in Adam; compare sail-sg/Adan#8',
    effect: 'Acts like an epsilon of epsilon^4 under the root: 1e-4 becomes 1e-16.',
    witness: SQUARE,
    start: rule(fromZero({ root: 4, power: 1 }, 'inside')),
  },
  {
    slug: 'epsilon-between-roots',
    kind: 'bug',
    name: 'adds epsilon between the two square roots that make the fourth one',
    where: 'ooples/AiDotNet.Tensors#260: 1 / sqrt(sqrt(acc) + eps)',
    effect: 'Acts like an epsilon of epsilon^2 under the root: 1e-4 becomes 1e-8.',
    witness: SQUARE,
    start: rule(fromZero({ root: 2, power: 0.5 }, 'inside')),
  },
  {
    slug: 'epsilon-ignored',
    kind: 'bug',
    name: 'ignores epsilon: L and R start from 0',
    where: 'torch.zeros where moskomule/shampoo.pytorch has epsilon * torch.eye; SOAP#14 for the NaN that follows',
    effect: 'Answers NaN where a row or a column has had no gradient yet.',
    witness: SQUARE,
    isNotFinite: (input, _, layer) => hasZeroLine(input, layer, 'left') || hasZeroLine(input, layer, 'right'),
    start: rule(fromZero({ root: 4, power: 1 }, 'nowhere')),
  },
  {
    slug: 'epsilon-twice',
    kind: 'bug',
    name: 'starts L and R from epsilon I and adds epsilon I once more before the root',
    where: 'the epsilon of arXiv:1802.09568, Algorithm 1, beside that of a function for inverse roots',
    effect: 'Doubles epsilon.',
    witness: SQUARE,
    start: rule({ root: ({ epsilon }) => spectralFunction(inverseRoot(4, epsilon)) }),
  },
  {
    slug: 'grafted',
    kind: 'convention',
    name: 'rescales the update to the Frobenius norm of the gradient',
    where: 'grafting of SGD in arXiv:2002.09018 and facebookresearch/optimizers (Distributed Shampoo)',
    effect: 'Takes the length of the step from SGD, so that a learning rate of Shampoo does not carry over.',
    witness: SQUARE,
    start: rule({
      finish: (numbers, gradient, preconditioned) => {
        const factor = numbers.divide(gridNorm(numbers, gradient), gridNorm(numbers, preconditioned));
        return mapped(preconditioned, (x) => numbers.multiply(factor, x));
      },
    }),
  },
  {
    slug: 'adagrad',
    kind: 'convention',
    name: 'divides every entry by the root of its own sum of squares: Adagrad',
    where: 'the fallback of facebookresearch/optimizers for large tensors; Duchi, Hazan and Singer 2011',
    effect: 'Does not see that rows or columns belong together.',
    witness: SQUARE,
    start: byMethod(shampooOperation, adagrad('inside')),
  },
  {
    slug: 'ascends',
    kind: 'bug',
    name: 'adds the step in place of subtracting it',
    where: 'the option maximize=True of the optimisers of torch',
    effect: 'Climbs the loss.',
    witness: SQUARE,
    start: rule({
      finish: (numbers, _, preconditioned) => mapped(preconditioned, (x) => numbers.subtract(numbers.of(0), x)),
    }),
  },
];
