import { inverseRoot } from '../../kernels/matrix/inverse-root.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { gridProduct, gridTranspose } from '../../methods/grid-product.ts';
import { shampoo } from '../../methods/shampoo.ts';
import { shampooOperation } from '../../operations/shampoo.ts';
import { bySharedState } from '../parts/carried-state.ts';
import type { Unnamed } from '../parts/named.ts';
import { type ShampooPieces, shampooRule } from '../parts/shampoo-rule.ts';
import { witnessOfTwo } from '../parts/witness.ts';
import { byMethod } from '../variants.ts';
import { fullRank } from './square-witnesses.ts';
import { GATHERINGS } from './statistics.ts';

const rule = (changes: Partial<ShampooPieces>) => byMethod(shampooOperation, shampooRule(changes));

/** G^T G where G is square, so that its shape fits. */
const ofColumns: ShampooPieces['left'] = (numbers, gradient) =>
  gradient.rows === gradient.columns
    ? gridProduct(numbers, gridTranspose(gradient), gradient)
    : gridProduct(numbers, gradient, gridTranspose(gradient));

/** G G^T where G is square. */
const ofRows: ShampooPieces['left'] = (numbers, gradient) =>
  gradient.rows === gradient.columns
    ? gridProduct(numbers, gradient, gridTranspose(gradient))
    : gridProduct(numbers, gridTranspose(gradient), gradient);

const ofPreconditioned: ShampooPieces['right'] = (numbers, _, half) => gridProduct(numbers, gridTranspose(half), half);

const SQUARE = fullRank(2, { learningRate: 1, epsilon: 0.5 });

/** What L and R gather. */
export const SHAMPOO_STATISTICS_MISTAKES: readonly Unnamed[] = [
  {
    slug: 'gram-of-columns',
    kind: 'bug',
    name: 'adds G^T G to L, where G G^T belongs, for square matrices',
    where: 'a transposition that no shape error shows in square layers',
    effect: 'Preconditions the rows by the statistics of the columns.',
    witness: SQUARE,
    start: rule({ left: ofColumns }),
  },
  {
    slug: 'sides-swapped',
    kind: 'bug',
    name: 'swaps L and R for square matrices',
    where: 'the order of the two dimensions, which no shape error shows in square layers',
    effect: 'Preconditions rows by the statistics of columns and columns by those of rows.',
    witness: SQUARE,
    start: rule({ left: ofColumns, right: ofRows }),
  },
  {
    slug: 'right-from-preconditioned',
    kind: 'bug',
    name: 'gathers R from the gradient that the root of L has already multiplied',
    where: 'the loop over dimensions of moskomule/shampoo.pytorch and jettify/pytorch-optimizer, which reuses grad',
    effect: 'Lets R gather gradients of another scale than L does.',
    witness: SQUARE,
    start: rule({ right: ofPreconditioned }),
  },
  {
    slug: 'of-torch-optimizer',
    kind: 'convention',
    name: 'takes inverse square roots and gathers R from the gradient that the root of L has already multiplied',
    where: 'moskomule/shampoo.pytorch, torch_optimizer.Shampoo of jettify/pytorch-optimizer',
    effect: 'Is another method: its steps do not shrink as those of Shampoo do.',
    witness: SQUARE,
    start: rule({ right: ofPreconditioned, root: () => spectralFunction(inverseRoot(2, 0)) }),
  },
  {
    slug: 'one-step-late',
    kind: 'bug',
    name: 'takes the roots of L and R before the gradient has entered them',
    where: 'an update of the statistics at the end of the step; a preconditioner from the last refresh',
    effect: 'Takes a first step of epsilon^(-1/2) times the gradient.',
    witness: SQUARE,
    start: rule({ uses: 'past' }),
  },
  {
    slug: 'not-accumulated',
    kind: 'bug',
    name: 'gathers nothing: L and R are those of the last gradient',
    where: 'an assignment where += is meant; without epsilon it is the polar factor of Muon',
    effect: 'Never shrinks its steps.',
    witness: SQUARE,
    start: rule({ gather: GATHERINGS.forgetting }),
  },
  {
    slug: 'averaged-statistics',
    kind: 'convention',
    name: 'averages L and R with beta2 = 0.999 and does not sum them',
    where: 'scalable_shampoo of google-research, whose beta2 = 1 means the sum',
    effect: 'Never shrinks its steps, whatever the number of gradients.',
    witness: SQUARE,
    start: rule({ gather: GATHERINGS.averaging }),
  },
  {
    slug: 'epsilon-every-step',
    kind: 'bug',
    name: 'adds epsilon I to L and R at every step',
    where: 'L += G G^T + epsilon I in place, where epsilon I belongs to the start or to a copy',
    effect: 'Lets epsilon grow with the number of steps.',
    witness: SQUARE,
    start: rule({ start: () => 0, gather: GATHERINGS.withEpsilon }),
  },
  {
    slug: 'diagonal',
    kind: 'convention',
    name: 'keeps the diagonals of L and R only',
    where: 'the diagonal form that arXiv:1802.09568 and facebookresearch/optimizers have for large dimensions',
    effect: 'Scales rows and columns and never turns them.',
    witness: SQUARE,
    start: rule({ gather: GATHERINGS.diagonal }),
  },
  {
    slug: 'shared-state',
    kind: 'bug',
    name: 'shares L and R between parameters of one shape',
    where: 'a state that is keyed by shape, or made once before the loop over the parameters',
    effect: 'Lets the gradients of one layer shrink the steps of another.',
    witness: witnessOfTwo({ learningRate: 1, epsilon: 0.5 }, [[[0]], [[0]]], [[[3]], [[4]]]),
    start: bySharedState(shampooOperation, shampoo),
  },
];
