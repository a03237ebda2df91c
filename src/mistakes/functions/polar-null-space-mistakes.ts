import { fromRows } from '../../kernels/matrix/matrix.ts';
import { numericalRank } from '../../kernels/matrix/polar.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { polarOperation } from '../../operations/polar.ts';
import { completedFactor, completionAgreement } from '../parts/completed-factor.ts';
import type { UnnamedFunction } from '../parts/named-functions.ts';
import { ofInput } from '../parts/of-input.ts';
import type { PolarInput } from './polar-input.ts';

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

/** What is answered where the matrix has a null space. */
export const NULL_SPACE_MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'completed',
    kind: 'convention',
    name: 'completes the factor on the null space, to a semi-orthogonal matrix',
    where: 'scipy.linalg.polar; U @ Vh of numpy.linalg.svd(full_matrices=False)',
    effect: 'Moves in directions in which there is no gradient, by the full step and with an arbitrary sign.',
    witness: DEFICIENT,
    reference: completedFactor,
    agreement: completionAgreement,
    errorBound: (input: PolarInput, format) => polarOperation.errorBound(input, format) ?? 0,
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
