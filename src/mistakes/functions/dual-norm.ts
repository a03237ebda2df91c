import { fromRows } from '../../kernels/matrix/matrix.ts';
import type { NormName } from '../../kernels/matrix/norm-enclosure.ts';
import { dualNormOperation } from '../../operations/dual-norm.ts';
import { normOperation } from '../../operations/norm.ts';
import type { Mistake } from '../mistake.ts';
import { valueByEnclosure } from '../parts/by-enclosure.ts';
import { namedFunctions, type UnnamedFunction } from '../parts/named-functions.ts';
import { dualNormIn, productIn, rootIn, scaleSquared } from '../parts/norm-in-format.ts';
import { ofInput } from '../parts/of-input.ts';

interface Input {
  readonly matrix: readonly (readonly number[])[];
  readonly norm: NormName;
}

/** Two rows, three columns, all dual norms different. */
const at = (norm: NormName): Input => ({
  matrix: [
    [1, -4, 2],
    [2, -2, 0],
  ],
  norm,
});

/** Other names for some norms; all others are right. */
const renamed = (names: Partial<Record<NormName, NormName>>) =>
  ofInput<Input>(dualNormOperation, ({ matrix, norm }) => ({ matrix, norm: names[norm] ?? norm }));

/** N*(M) times a factor whose square is this, given the square of the scale of the norm on M and on its transpose. */
const times = (
  square: (own: readonly [number, number], transposed: readonly [number, number]) => readonly [number, number],
) =>
  valueByEnclosure<Input>(({ matrix, norm }, format) => {
    const M = fromRows(matrix);
    const value = dualNormIn(M, norm, format);
    if (M.data.length === 0) return value;
    const factor = square(scaleSquared(norm, M.rows, M.columns), scaleSquared(norm, M.columns, M.rows));
    return productIn(value, rootIn(factor, format), format);
  });

const MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'norm-itself',
    kind: 'bug',
    name: 'answers the norm itself, not its dual',
    where: 'the Euclidean case, where both are one',
    effect: 'Mistakes the geometry of the gradient for that of the step.',
    witness: at('column'),
    ...ofInput<Input>(normOperation, (input) => input),
  },
  {
    slug: 'frobenius-for-all',
    kind: 'bug',
    name: 'answers the Frobenius norm, which is its own dual, for every norm',
    where: 'the gradient norm that every training loop logs',
    effect: 'Measures gradients by another norm than the steps.',
    witness: at('spectral'),
    ...ofInput<Input>(dualNormOperation, ({ matrix }) => ({ matrix, norm: 'frobenius' })),
  },
  {
    slug: 'rows-for-columns',
    kind: 'bug',
    name: 'sums the norms of rows for those of columns, and the other way round',
    where: 'the axis of numpy.linalg.norm, which names the dimension that vanishes',
    effect: 'Is the dual norm of the transposed layer.',
    witness: at('column'),
    ...renamed({ column: 'row', row: 'column' }),
  },
  {
    slug: 'scale-missing',
    kind: 'bug',
    name: 'leaves out the scale of the RMS norms',
    where: 'the operator norms of plain vectors, beside those of arXiv:2409.20325 that are scaled for RMS',
    effect: 'Makes adaptive radii depend on the width.',
    witness: at('one-rms'),
    ...times((own) => own),
  },
  {
    slug: 'scale-not-inverted',
    kind: 'bug',
    name: 'multiplies by the scale of the norm; the dual norm is divided by it',
    where: 'the norm itself, arXiv:2409.20325, where the scale multiplies',
    effect: 'Lets adaptive radii depend on the width twice over.',
    witness: at('one-rms'),
    ...times(([p, q]) => [p * p, q * q]),
  },
  {
    slug: 'scale-transposed',
    kind: 'bug',
    name: 'takes rows for inputs and columns for outputs in the scale of the RMS norms',
    where: 'weights of inputs × outputs, as flax has them; compare google-deepmind/optax#1249',
    effect: 'Lets adaptive radii depend on the width of the wrong side.',
    witness: at('rms-infinity'),
    ...times(([p, q], [r, s]) => [p * s, q * r]),
  },
  {
    slug: 'largest-for-sum',
    kind: 'bug',
    name: 'takes the largest row or column in place of their sum',
    where: 'the norms column and row themselves, whose inner norm is its own dual; a dual norm sums over groups',
    effect: 'Underestimates by up to the number of groups.',
    witness: at('infinity-infinity'),
    // max over rows of the dual of the one-norm of a row is the largest entry, the dual of entrywise-one
    ...renamed({ 'infinity-infinity': 'entrywise-one' }),
  },
];

export const DUAL_NORM_MISTAKES: readonly Mistake[] = namedFunctions(dualNormOperation.id, MISTAKES);
