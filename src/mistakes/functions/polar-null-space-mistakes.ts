import { fromRows } from '../../kernels/matrix/matrix.ts';
import { numericalRank } from '../../kernels/matrix/polar.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { gridOf, mapped } from '../../kernels/numbers/grid.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { polarOperation } from '../../operations/polar.ts';
import { completedPolar } from '../parts/completed-polar.ts';
import { inNumbers } from '../parts/in-numbers.ts';
import type { UnnamedFunction } from '../parts/named-functions.ts';
import { ofInput } from '../parts/of-input.ts';
import { type PolarInput, polar, through } from './polar-input.ts';

/** Rank 1 of 2: 5 times (0.6, 0.8). */
const DEFICIENT: PolarInput = {
  matrix: [
    [3, 0],
    [4, 0],
  ],
};

const isZero = ({ matrix }: PolarInput): boolean => matrix.every((row) => row.every((x) => x === 0));

const rank = ({ matrix }: PolarInput): number =>
  numericalRank(matrix.length, matrix[0]?.length ?? 0, svd(fromRows(matrix)).values, UNIT_ROUNDOFF.float64);

const COMPLETION = {
  kind: 'convention',
  where: 'scipy.linalg.polar; U @ Vh of numpy.linalg.svd(full_matrices=False)',
  effect: 'Moves in directions in which there is no gradient, by the full step and with an arbitrary sign.',
} as const;

/** What is answered where the matrix has a null space. */
export const NULL_SPACE_MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'completed-to-rotation',
    ...COMPLETION,
    name: 'completes the factor on the null space, to an orthogonal matrix of determinant 1',
    witness: DEFICIENT,
    ...through(completedPolar(1)),
  },
  {
    slug: 'completed-to-reflection',
    ...COMPLETION,
    name: 'completes the factor on the null space, to an orthogonal matrix of determinant -1',
    witness: DEFICIENT,
    ...through(completedPolar(-1)),
  },
  {
    slug: 'identity-at-zero',
    ...COMPLETION,
    name: 'answers ones on the diagonal for the zero matrix, whose null space is everything',
    witness: { matrix: [[0, 0]] },
    ...inNumbers<PolarInput>((numbers, input) => {
      const A = mapped(gridOf(input.matrix), numbers.of);
      if (!isZero(input)) return { matrix: polar(numbers, A) };
      return { matrix: { ...A, data: A.data.map((_, at) => numbers.of(at % (A.columns + 1) === 0 ? 1 : 0)) } };
    }),
  },
  {
    slug: 'divided-by-zero',
    kind: 'bug',
    name: 'divides by singular values that are 0: A (A^T A)^(-1/2) with an inverse, not a pseudo-inverse',
    where: 'torch.linalg.eigh with w.rsqrt(), as in NVIDIA-NeMo/Emerging-Optimizers#267 before its floor',
    effect: 'Destroys layers whose gradient lacks a dimension, as any with more columns than rows.',
    witness: { matrix: [[3, 4]] },
    ...ofInput<PolarInput>(polarOperation, (input) => input),
    // the zero matrix is the next entry's
    isNotFinite: (input: PolarInput) => !isZero(input) && rank(input) < (input.matrix[0]?.length ?? 0),
  },
  {
    slug: 'nan-at-zero',
    kind: 'bug',
    name: 'divides 0 by 0 for the zero matrix',
    where: 'A / A.norm() before an iteration, compare HeavyBall#55',
    effect: 'Destroys a layer without gradient.',
    witness: { matrix: [[0], [0]] },
    ...ofInput<PolarInput>(polarOperation, (input) => input),
    isNotFinite: isZero,
  },
];
