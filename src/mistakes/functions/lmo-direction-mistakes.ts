import { around, type Interval } from '../../kernels/exact/interval.ts';
import { FLOAT64 } from '../../kernels/matrix/arithmetic.ts';
import { QUINTIC_JORDAN } from '../../kernels/matrix/coefficient-sets.ts';
import { fromRows, type Matrix, maxAbsolute, toRows } from '../../kernels/matrix/matrix.ts';
import type { NormName } from '../../kernels/matrix/norm-enclosure.ts';
import { orthogonalisation } from '../../kernels/numbers/matrix-functions.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { FloatFormat } from '../../operations/operation.ts';
import { matrixByEnclosure } from '../parts/by-enclosure.ts';
import type { UnnamedFunction } from '../parts/named-functions.ts';
import { minimiserIn, productIn, rootIn, scaleSquared } from '../parts/norm-in-format.ts';
import { at, given, type LmoInput } from './lmo-input.ts';

const renamed = (names: Partial<Record<NormName, NormName>>) => given(({ norm }) => ({ norm: names[norm] ?? norm }));

/** The norm of which each one is the dual, but for the scale. */
const DUAL: Partial<Record<NormName, NormName>> = {
  spectral: 'nuclear',
  nuclear: 'spectral',
  'max-entry': 'entrywise-one',
  'entrywise-one': 'max-entry',
};

/** Which way the minimiser points. */
export const DIRECTION_MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'frobenius-for-all',
    kind: 'bug',
    name: 'answers -radius M / ||M||_F for every norm',
    where: 'normalised gradient descent',
    effect: 'Steps in the geometry of the Frobenius norm.',
    witness: at('spectral'),
    ...given(() => ({ norm: 'frobenius' })),
  },
  {
    slug: 'sign-for-all',
    kind: 'bug',
    name: 'answers -radius sign(M) for every norm',
    where: 'signSGD, arXiv:1802.04434, the oracle of the max-entry ball',
    effect: 'Leaves the ball of every other norm.',
    witness: at('spectral'),
    ...given(() => ({ norm: 'max-entry' })),
  },
  {
    slug: 'dual-ball',
    kind: 'bug',
    name: 'minimises over the ball of the dual norm',
    where: 'the pair of norms in arXiv:2502.07529, where the dual one measures gradients',
    effect: 'Answers a matrix of rank one for the spectral ball, and a full one for the nuclear one.',
    witness: at('spectral'),
    ...renamed(DUAL),
  },
  {
    slug: 'rows-for-columns',
    kind: 'bug',
    name: 'normalises rows for columns, and the other way round',
    where: 'the dim of torch.nn.functional.normalize',
    effect: 'Is the oracle of the transposed layer.',
    witness: at('column'),
    ...renamed({ column: 'row', row: 'column' }),
  },
  {
    slug: 'newton-schulz',
    kind: 'convention',
    name: 'answers five steps of Muon’s Newton–Schulz iteration for the polar factor',
    where: 'github.com/LIONS-EPFL/scion, whose spectral oracle is zeropower_via_newtonschulz5',
    effect: 'Leaves the ball by up to a fifth, or falls short of the minimum by up to a third.',
    witness: at('spectral'),
    ...matrixByEnclosure<LmoInput>(({ matrix, norm, radius }, format) => {
      const M = fromRows(matrix);
      if (norm !== 'spectral' && norm !== 'rms-rms') return minimiserIn(M, norm, radius, format);
      const iteration = orthogonalisation(QUINTIC_JORDAN, 5, 1e-7);
      const [p, q] = scaleSquared(norm, M.rows, M.columns);
      const length = productIn(around(-radius, UNIT_ROUNDOFF[format] * radius), rootIn([q, p], format), format);
      const bound = iteration.errorBound(M, 0, format);
      return toRows(iteration.compute(M, FLOAT64)).map((row) =>
        row.map((x) => productIn(around(x, bound), length, format)),
      );
    }),
  },
  {
    slug: 'largest-signed-entry',
    kind: 'bug',
    name: 'chooses the largest entry without its absolute value in the entrywise one-norm',
    where: 'torch.argmax(M) for torch.argmax(M.abs())',
    effect: 'Misses large negative entries.',
    witness: at('entrywise-one'),
    ...matrixByEnclosure<LmoInput>(({ matrix, norm, radius }, format) => {
      const M = fromRows(matrix);
      if (norm !== 'entrywise-one' || M.data.length === 0) return minimiserIn(M, norm, radius, format);
      const at = M.data.indexOf(Math.max(...M.data));
      return chosen(M, (i) => i === at, radius, format);
    }),
  },
  {
    slug: 'all-ties-taken',
    kind: 'bug',
    name: 'takes all entries of the largest size in the entrywise one-norm, not one of them',
    where: 'the mask M.abs() == M.abs().max()',
    effect: 'Leaves the ball by as many times as there are ties.',
    witness: { matrix: [[2, -2, 1]], norm: 'entrywise-one', radius: 3 },
    ...matrixByEnclosure<LmoInput>(({ matrix, norm, radius }, format) => {
      const M = fromRows(matrix);
      if (norm !== 'entrywise-one') return minimiserIn(M, norm, radius, format);
      const largest = maxAbsolute(M);
      return chosen(M, (i) => largest > 0 && Math.abs(M.data[i] ?? 0) === largest, radius, format);
    }),
  },
  {
    slug: 'nan-at-zero',
    kind: 'bug',
    name: 'divides 0 by 0 for M = 0',
    where: 'M / M.norm() without a guard, compare HeavyBall#55',
    effect: 'Destroys a layer without gradient.',
    witness: { matrix: [[0, 0]], norm: 'frobenius', radius: 3 },
    ...given(() => ({})),
    isNotFinite: ({ matrix }: LmoInput) => matrix.every((row) => row.every((x) => x === 0)),
  },
];

/** -radius sign(m) at the chosen entries, 0 elsewhere. */
const chosen = (
  M: Matrix,
  isChosen: (index: number) => boolean,
  radius: number,
  format: FloatFormat,
): readonly (readonly Interval[])[] =>
  Array.from({ length: M.rows }, (_, i) =>
    Array.from({ length: M.columns }, (__, j) => {
      const index = i * M.columns + j;
      const sign = isChosen(index) ? Math.sign(M.data[index] ?? 0) : 0;
      return around(0 - radius * sign, UNIT_ROUNDOFF[format] * radius * Math.abs(sign));
    }),
  );
