import { add, around, type Interval } from '../../kernels/exact/interval.ts';
import { fromRows, type Matrix } from '../../kernels/matrix/matrix.ts';
import type { NormName } from '../../kernels/matrix/norm-enclosure.ts';
import { normErrorBound } from '../../kernels/matrix/norm-errors.ts';
import type { FloatFormat } from '../../operations/operation.ts';
import { valueByEnclosure } from '../parts/by-enclosure.ts';
import type { UnnamedFunction } from '../parts/named-functions.ts';
import { normIn, productIn, rootIn, scaleSquared } from '../parts/norm-in-format.ts';
import { at, type NormInput, renamed } from './norm-input.ts';

/** N(A) computed by `mistaken` for some names; all others are right. */
const where = (names: readonly NormName[], mistaken: (A: Matrix, norm: NormName, format: FloatFormat) => Interval) =>
  valueByEnclosure<NormInput>(({ matrix, norm }, format) => {
    const A = fromRows(matrix);
    return names.includes(norm) && A.data.length > 0 ? mistaken(A, norm, format) : normIn(A, norm, format);
  });

const SCALED = ['rms-rms', 'one-rms', 'rms-infinity', 'scaled-max-entry'] as const;

/** N(A) times a factor whose square is this. */
const times =
  (square: (A: Matrix, norm: NormName) => readonly [number, number]) =>
  (A: Matrix, norm: NormName, format: FloatFormat): Interval =>
    productIn(normIn(A, norm, format), rootIn(square(A, norm), format), format);

/** The right norm with a wrong scale, or without a root or an absolute value. */
export const VALUE_MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'scale-missing',
    kind: 'bug',
    name: 'leaves out the scale of the RMS norms: rms-rms is spectral, one-rms column, rms-infinity row',
    where: 'the operator norms of plain vectors, beside those of arXiv:2409.20325 that are scaled for RMS',
    effect: 'Makes step sizes depend on the width again.',
    witness: at('rms-rms'),
    ...renamed({ 'rms-rms': 'spectral', 'one-rms': 'column', 'rms-infinity': 'row', 'scaled-max-entry': 'max-entry' }),
  },
  {
    slug: 'scale-inverted',
    kind: 'bug',
    name: 'divides by the scale of the RMS norms in place of multiplying by it',
    where: 'the oracle of the same norm, arXiv:2502.07529, where the scale divides',
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
      return around(largest, normErrorBound(fromRows([[largest]]), 'max-entry', format));
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
