import { oneSidedRoot } from '../../kernels/matrix/one-sided-root.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { asgo } from '../../methods/asgo.ts';
import { gridProduct, gridTranspose } from '../../methods/grid-product.ts';
import { asgoOperation } from '../../operations/asgo.ts';
import { type AsgoPieces, asgoRule } from '../parts/asgo-rule.ts';
import { bySharedState } from '../parts/carried-state.ts';
import type { Unnamed } from '../parts/named.ts';
import { witnessOfTwo } from '../parts/witness.ts';
import { byMethod } from '../variants.ts';
import { fullRank } from './square-witnesses.ts';
import { GATHERINGS } from './statistics.ts';

const rule = (changes: Partial<AsgoPieces>) => byMethod(asgoOperation, asgoRule(changes));

/** V^(-1/2), its pseudo-inverse where V is singular. */
const WITHOUT_EPSILON: Pick<AsgoPieces, 'root'> = {
  root: (_, { rows, columns }) => spectralFunction(oneSidedRoot(0, rows, columns)),
};

const SQUARE = fullRank(2, { learningRate: 1, epsilon: 0.5 });

/** What V gathers. */
export const ASGO_STATISTICS_MISTAKES: readonly Unnamed[] = [
  {
    slug: 'diagonal',
    kind: 'convention',
    name: 'keeps the diagonal of V only',
    where: 'DASGO, the diagonal variant in arXiv:2503.20762; optimizers/dasgo.py of infinity-stars/ASGO',
    effect: 'Scales the rows and never turns them.',
    witness: SQUARE,
    start: rule({ gather: GATHERINGS.diagonal }),
  },
  {
    slug: 'epsilon-every-step',
    kind: 'bug',
    name: 'adds epsilon I to V at every step and nothing to its root',
    where: 'V += G G^T + epsilon I in place, where epsilon I belongs to a copy',
    effect: 'Lets epsilon grow with the number of steps.',
    witness: SQUARE,
    start: rule({ gather: GATHERINGS.withEpsilon, ...WITHOUT_EPSILON }),
  },
  {
    slug: 'gram-of-columns',
    kind: 'bug',
    name: 'adds G^T G to V, where G G^T belongs, for square matrices',
    where: 'a transposition that no shape error shows in square layers',
    effect: 'Preconditions the rows by the statistics of the columns.',
    witness: SQUARE,
    start: rule({
      gram: (numbers, gradient) =>
        gradient.rows === gradient.columns
          ? gridProduct(numbers, gridTranspose(gradient), gradient)
          : gridProduct(numbers, gradient, gridTranspose(gradient)),
    }),
  },
  {
    slug: 'one-step-late',
    kind: 'bug',
    name: 'takes the root of V before the gradient has entered it',
    where: 'an update of the statistics at the end of the step; a preconditioner from the last refresh',
    effect: 'Takes a first step of 1/epsilon times the gradient.',
    witness: SQUARE,
    start: rule({ uses: 'past' }),
  },
  {
    slug: 'not-accumulated',
    kind: 'bug',
    name: 'gathers nothing: V is that of the last gradient',
    where: 'an assignment where += is meant; with epsilon = 0 it is Muon without momentum (arXiv:2503.20762)',
    effect: 'Never shrinks its steps.',
    witness: SQUARE,
    start: rule({ gather: GATHERINGS.latest }),
  },
  {
    slug: 'shared-state',
    kind: 'bug',
    name: 'shares V between parameters of one shape',
    where: 'a state that is keyed by shape, or made once before the loop over the parameters',
    effect: 'Lets the gradients of one layer shrink the steps of another.',
    witness: witnessOfTwo({ learningRate: 1, epsilon: 0.5 }, [[[0]], [[0]]], [[[3]], [[4]]]),
    start: bySharedState(asgoOperation, asgo),
  },
];
