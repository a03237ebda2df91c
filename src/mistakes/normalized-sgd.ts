import { averaged } from '../methods/averaged.ts';
import { gridNorm } from '../methods/grid-norm.ts';
import type { NormalizedSgdHyperparameters } from '../methods/normalized-sgd.ts';
import { signs } from '../methods/signs.ts';
import { normalizedSgdOperation } from '../operations/normalized-sgd.ts';
import { averageFlaws } from './lion-family/average-flaws.ts';
import { divided, divisorFlaws } from './lion-family/divisor-flaws.ts';
import type { Mistake } from './mistake.ts';
import type { Parts } from './parts/assembly.ts';
import { type Averaging, type AveragingPieces, averagingRule } from './parts/averaging-rule.ts';
import { byConcatenation } from './parts/concatenated.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { isLostToZero } from './parts/lost-to-zero.ts';
import { STEP } from './parts/whole-step.ts';
import { witness, witnessOfTwo } from './parts/witness.ts';

const HYPERPARAMETERS = { learningRate: 0.5, momentum: 0.75 };

/** Rows, columns and the whole differ in every norm; the norm of the average passes 1. */
const ALONE = witness(
  HYPERPARAMETERS,
  [
    [1, 0],
    [0, -1],
  ],
  [
    [0.75, 1],
    [0, 3],
  ],
  [
    [4, -8],
    [8, 1],
  ],
);

const TOGETHER = witnessOfTwo(HYPERPARAMETERS, [[[1, 2]], [[0, 1]]], [[[3, 4]], [[12, 5]]], [[[4, -3]], [[-8, 6]]]);

const direction: AveragingPieces['direction'] = (numbers, _, { mean }) =>
  divided(numbers, mean, gridNorm(numbers, mean));

/** Normalized SGD in parts. */
export const NORMALIZED_SGD_PARTS: Parts<NormalizedSgdHyperparameters> = {
  ...STEP,
  direct: averagingRule({ direction }),
};

const FLAWS: readonly Flaw<Averaging>[] = [
  ...averageFlaws(direction, { alone: ALONE, together: TOGETHER }),
  {
    slug: 'normalises-gradient',
    kind: 'bug',
    name: 'normalises each gradient and averages after that',
    where: 'the order of Orthogonal-SGDM, arXiv:2202.07052, with G / ||G|| for the polar factor',
    effect: 'Weighs small gradients as much as large ones and takes steps below the learning rate.',
    witness: ALONE,
    change: {
      direct: averagingRule({
        mean: (numbers, momentum, past, gradient) =>
          averaged(numbers, momentum, past, divided(numbers, gradient, gridNorm(numbers, gradient))),
        direction: (_, __, { mean }) => mean,
      }),
    },
  },
  {
    slug: 'signed',
    kind: 'bug',
    name: 'takes the sign of every entry in place of dividing by the norm',
    where: 'Signum, arXiv:1802.04434, Algorithm 2',
    effect: 'Is the step of another norm: longer by the square root of the number of entries.',
    witness: ALONE,
    change: { direct: averagingRule({ direction: (numbers, _, { mean }) => signs(numbers, mean) }) },
  },
  ...divisorFlaws(ALONE),
  {
    slug: 'norm-of-each-row',
    kind: 'convention',
    name: 'divides each row by its own norm, not the matrix by one norm',
    where: 'torch.nn.functional.normalize, whose default is one dimension',
    effect: 'Moves rows with small gradients as far as the others.',
    witness: ALONE,
    change: {
      direct: averagingRule({
        direction: (numbers, _, { mean }) => {
          const { rows, columns } = mean;
          const each = Array.from({ length: rows }, (_row, i) => ({
            rows: 1,
            columns,
            data: mean.data.slice(i * columns, (i + 1) * columns),
          }));
          return { rows, columns, data: each.flatMap((row) => divided(numbers, row, gridNorm(numbers, row)).data) };
        },
      }),
    },
  },
  {
    slug: 'norm-over-all-parameters',
    kind: 'convention',
    name: 'divides by the norm of all parameters together, not of each matrix',
    where: 'optax.normalize_by_update_norm and optax.global_norm',
    effect: 'Lets the largest matrix take the whole step.',
    witness: TOGETHER,
    runs: byConcatenation,
  },
  {
    slug: 'nan-at-zero',
    kind: 'bug',
    name: 'divides 0 by 0 where there has been no gradient yet',
    where: 'update / update.norm() without a guard, compare HeavyBall#55',
    effect: 'Destroys every matrix that has no gradient in the first step.',
    witness: witness(HYPERPARAMETERS, [[1]], [[0]]),
    isNotFinite: isLostToZero,
  },
];

export const NORMALIZED_SGD_MISTAKES: readonly Mistake[] = mistakesOfParts(
  normalizedSgdOperation,
  NORMALIZED_SGD_PARTS,
  FLAWS,
);
