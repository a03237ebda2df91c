import { normOperation } from '../../operations/norm.ts';
import type { Mistake } from '../mistake.ts';
import { namedFunctions, type UnnamedFunction } from '../parts/named-functions.ts';
import { ofInput } from '../parts/of-input.ts';
import { at, type NormInput, renamed } from './norm-input.ts';
import { VALUE_MISTAKES } from './norm-value-mistakes.ts';

/** Another norm in place of the one that is asked for. */
const NAME_MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'frobenius-for-spectral',
    kind: 'bug',
    name: 'answers the Frobenius norm for the spectral norm',
    where: 'casadi/casadi#841; numpy.linalg.norm without ord; pytorch/pytorch#24802',
    effect: 'Overestimates by up to the root of the rank.',
    witness: at('spectral'),
    ...renamed({ spectral: 'frobenius' }),
  },
  {
    slug: 'spectral-for-frobenius',
    kind: 'bug',
    name: 'answers the spectral norm for the Frobenius norm',
    where: 'numpy.linalg.norm(ord=2), which is the Euclidean norm of vectors alone',
    effect: 'Underestimates by up to the root of the rank.',
    witness: at('frobenius'),
    ...renamed({ frobenius: 'spectral' }),
  },
  {
    slug: 'spectral-for-nuclear',
    kind: 'bug',
    name: 'answers the largest singular value for the nuclear norm, the sum of all',
    where: 'the duality of the two: the spectral norm is dual to the nuclear one',
    effect: 'Underestimates by up to the rank.',
    witness: at('nuclear'),
    ...renamed({ nuclear: 'spectral' }),
  },
  {
    slug: 'nuclear-for-spectral',
    kind: 'bug',
    name: 'answers the sum of the singular values for the largest one',
    where: 'the duality of the two: the nuclear norm is dual to the spectral one',
    effect: 'Overestimates by up to the rank.',
    witness: at('spectral'),
    ...renamed({ spectral: 'nuclear' }),
  },
  {
    slug: 'rows-for-columns',
    kind: 'bug',
    name: 'swaps rows and columns: the column norm is that of rows and the other way round',
    where: 'the axis of numpy.linalg.norm, which names the dimension that vanishes',
    effect: 'Is the norm of the transposed layer.',
    witness: at('column'),
    ...renamed({ column: 'row', row: 'column' }),
  },
  {
    slug: 'columns-for-rows-infinity',
    kind: 'convention',
    name: 'answers the largest column sum for the infinity-infinity norm, which is the largest row sum',
    where: 'numpy.linalg.norm(ord=1) in place of ord=inf',
    effect: 'Is the norm of the transposed layer.',
    witness: at('infinity-infinity'),
    ...ofInput<NormInput>(normOperation, ({ matrix, norm }) => ({
      matrix: norm === 'infinity-infinity' ? (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j] ?? 0)) : matrix,
      norm,
    })),
  },
  {
    slug: 'entry-for-infinity',
    kind: 'convention',
    name: 'answers the largest entry for the infinity-infinity norm',
    where: 'numpy.linalg.norm(ord=inf) of the flattened matrix',
    effect: 'Underestimates by up to the number of columns.',
    witness: at('infinity-infinity'),
    ...renamed({ 'infinity-infinity': 'max-entry' }),
  },
];

export const NORM_MISTAKES: readonly Mistake[] = namedFunctions(normOperation.id, [
  ...NAME_MISTAKES,
  ...VALUE_MISTAKES,
]);
