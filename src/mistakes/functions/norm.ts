import { add, around, type Interval } from '../../kernels/exact/interval.ts';
import { fromRows, type Matrix } from '../../kernels/matrix/matrix.ts';
import type { NormName } from '../../kernels/matrix/norm-enclosure.ts';
import { normOperation } from '../../operations/norm.ts';
import type { FloatFormat } from '../../operations/operation.ts';
import type { Mistake } from '../mistake.ts';
import { valueByEnclosure } from '../parts/by-enclosure.ts';
import { namedFunctions, type UnnamedFunction } from '../parts/named-functions.ts';
import { normIn, productIn, rootIn, scaleSquared } from '../parts/norm-in-format.ts';
import { ofInput } from '../parts/of-input.ts';

interface Input {
  readonly matrix: readonly (readonly number[])[];
  readonly norm: NormName;
}

/** Two rows, three columns, all norms different, the largest entry negative. */
const MATRIX = [
  [1, -4, 2],
  [2, -3, 0],
];

const at = (norm: NormName): Input => ({ matrix: MATRIX, norm });

/** Other names for some norms; all others are right. */
const renamed = (names: Partial<Record<NormName, NormName>>) =>
  ofInput<Input>(normOperation, ({ matrix, norm }) => ({ matrix, norm: names[norm] ?? norm }));

/** N(A) computed by `mistaken` for some names; all others are right. */
const where = (names: readonly NormName[], mistaken: (A: Matrix, norm: NormName, format: FloatFormat) => Interval) =>
  valueByEnclosure<Input>(({ matrix, norm }, format) => {
    const A = fromRows(matrix);
    return names.includes(norm) && A.data.length > 0 ? mistaken(A, norm, format) : normIn(A, norm, format);
  });

const SCALED = ['rms-rms', 'one-rms', 'rms-infinity', 'scaled-max-entry'] as const;

/** N(A) times a factor whose square is this. */
const times =
  (square: (A: Matrix, norm: NormName) => readonly [number, number]) =>
  (A: Matrix, norm: NormName, format: FloatFormat): Interval =>
    productIn(normIn(A, norm, format), rootIn(square(A, norm), format), format);

const MISTAKES: readonly UnnamedFunction[] = [
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
    ...ofInput<Input>(normOperation, ({ matrix, norm }) => ({
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
  {
    slug: 'scale-missing',
    kind: 'bug',
    name: 'leaves out the scale of the RMS norms: rms-rms is spectral, one-rms column, rms-infinity row',
    where: 'operator norms of plain vectors in arXiv:2409.20325, section 2, beside the scaled ones',
    effect: 'Makes step sizes depend on the width again.',
    witness: at('rms-rms'),
    ...renamed({ 'rms-rms': 'spectral', 'one-rms': 'column', 'rms-infinity': 'row', 'scaled-max-entry': 'max-entry' }),
  },
  {
    slug: 'scale-inverted',
    kind: 'bug',
    name: 'divides by the scale of the RMS norms in place of multiplying by it',
    where: 'the oracle of the same norm, arXiv:2502.07529, table of norms, where the scale divides',
    effect: 'Lets step sizes depend on the width twice over.',
    witness: at('one-rms'),
    ...where(
      SCALED,
      times(({ rows, columns }, norm) => {
        const [p, q] = scaleSquared(norm, rows, columns);
        return [q * q, p * p];
      }),
    ),
  },
  {
    slug: 'scale-transposed',
    kind: 'bug',
    name: 'takes rows for inputs and columns for outputs in the scale of the RMS norms',
    where: 'weights of inputs × outputs, as flax has them; compare google-deepmind/optax#1249',
    effect: 'Lets step sizes depend on the width of the wrong side.',
    witness: at('rms-infinity'),
    ...where(
      SCALED,
      times(({ rows, columns }, norm) => {
        const [[p, q], [r, s]] = [scaleSquared(norm, columns, rows), scaleSquared(norm, rows, columns)];
        return [p * s, q * r];
      }),
    ),
  },
  {
    slug: 'squared',
    kind: 'bug',
    name: 'answers the square of the spectral and of the Frobenius norm',
    where: 'a sum of squares, or an eigenvalue of A^T A, without its root',
    effect: 'Is no norm: it grows with the square of the matrix.',
    witness: at('frobenius'),
    ...where(['frobenius', 'spectral'], (A, norm, format) => {
      const value = normIn(A, norm, format);
      return productIn(value, value, format);
    }),
  },
  {
    slug: 'root-mean-square',
    kind: 'convention',
    name: 'answers the root mean square of the entries for the Frobenius norm',
    where: 'the RMS of arXiv:2502.07529 and of Adafactor',
    effect: 'Underestimates by the root of the number of entries.',
    witness: at('frobenius'),
    ...where(
      ['frobenius'],
      times((A) => [1, A.data.length]),
    ),
  },
  {
    slug: 'largest-signed-entry',
    kind: 'bug',
    name: 'answers the largest entry without its absolute value',
    where: 'factor/factor#2245',
    effect: 'Does not see large negative entries.',
    witness: at('max-entry'),
    ...where(['max-entry'], (A, _, format) => {
      const largest = A.data.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
      return around(
        largest,
        normIn({ rows: 1, columns: 1, data: Float64Array.of(largest) }, 'max-entry', format).hi - Math.abs(largest),
      );
    }),
  },
  {
    slug: 'signed-sum',
    kind: 'bug',
    name: 'answers the sum of the entries without absolute values for the entrywise one-norm',
    where: 'numpy.sum(A) for numpy.abs(A).sum()',
    effect: 'Lets entries cancel.',
    witness: at('entrywise-one'),
    ...where(['entrywise-one'], (A, norm, format) => {
      // the sum of absolute values bounds what rounding can do to the signed one
      const { lo, hi } = normIn(A, norm, format);
      const exact = A.data.reduce<Interval>((sum, x) => add(sum, around(x)), around(0));
      return add(exact, { lo: lo - hi, hi: hi - lo });
    }),
  },
];

export const NORM_MISTAKES: readonly Mistake[] = namedFunctions(normOperation.id, MISTAKES);
