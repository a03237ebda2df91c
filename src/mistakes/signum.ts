import { mapped } from '../kernels/numbers/grid.ts';
import { averaged } from '../methods/averaged.ts';
import { signs } from '../methods/signs.ts';
import type { SignumHyperparameters } from '../methods/signum.ts';
import { signumOperation } from '../operations/signum.ts';
import { averageFlaws } from './lion-family/average-flaws.ts';
import type { Mistake, OptimiserMistake } from './mistake.ts';
import type { Parts } from './parts/assembly.ts';
import { type Averaging, type AveragingPieces, averagingRule } from './parts/averaging-rule.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { isLostToZero } from './parts/lost-to-zero.ts';
import { meanSize } from './parts/mean-size.ts';
import { signsWithOneAtZero } from './parts/sign-of-zero.ts';
import { STEP } from './parts/whole-step.ts';
import { witness, witnessOfTwo } from './parts/witness.ts';

const HYPERPARAMETERS = { learningRate: 0.5, momentum: 0.75 };

const direction: AveragingPieces['direction'] = (numbers, _, { mean }) => signs(numbers, mean);

/** Signum in parts. */
export const SIGNUM_PARTS: Parts<SignumHyperparameters> = { ...STEP, direct: averagingRule({ direction }) };

/** Entries that turn at different times. */
const ALONE: OptimiserMistake['witness'] = witness(
  HYPERPARAMETERS,
  [[0, 0, 0]],
  [[-8, 8, -2]],
  [[2, -8, -3]],
  [[1, 8, 2]],
);

const TOGETHER = witnessOfTwo(HYPERPARAMETERS, [[[0]], [[0]]], [[[8]], [[-1]]], [[[2]], [[-4]]]);

const FLAWS: readonly Flaw<Averaging>[] = [
  ...averageFlaws(direction, { alone: ALONE, together: TOGETHER }),
  {
    slug: 'unsigned',
    kind: 'bug',
    name: 'goes by the average itself, not by its sign',
    where: 'the update of arXiv:1802.04434, Algorithm 2, without its sign',
    effect: 'Is a momentum method: steps of the size of the gradient.',
    witness: ALONE,
    change: { direct: averagingRule({ direction: (_, __, { mean }) => mean }) },
  },
  {
    slug: 'momentum-after-sign',
    kind: 'bug',
    name: 'averages the signs of the gradients in place of taking the sign of their average',
    where: 'the order of Orthogonal-SGDM, arXiv:2202.07052, with the sign for the polar factor',
    effect: 'Lets small gradients weigh as much as large ones, and takes steps below the learning rate.',
    witness: ALONE,
    change: {
      direct: averagingRule({
        mean: (numbers, momentum, past, gradient) => averaged(numbers, momentum, past, signs(numbers, gradient)),
        direction: (_, __, { mean }) => mean,
      }),
    },
  },
  {
    slug: 'sign-of-zero-is-one',
    kind: 'convention',
    name: 'takes the sign of 0 for 1',
    where: 'larq/larq#32, which asks for it; jxbz/signSGD#1 discusses both',
    effect: 'Moves parameters that never had a gradient.',
    witness: witness(HYPERPARAMETERS, [[1, 0]], [[1, 0]]),
    change: { direct: averagingRule({ direction: (numbers, _, { mean }) => signsWithOneAtZero(numbers, mean) }) },
  },
  {
    slug: 'scaled-by-mean-size',
    kind: 'convention',
    name: 'multiplies the sign by the mean of |M|',
    where: 'the scaled sign of EF-SGD, arXiv:1901.09847, Algorithm 1',
    effect: 'Takes steps of the size of the average, so that the learning rate no longer is the step.',
    witness: ALONE,
    change: {
      direct: averagingRule({
        direction: (numbers, _, { mean }) => {
          const size = meanSize(numbers, mean);
          return mapped(signs(numbers, mean), (sign) => numbers.multiply(size, sign));
        },
      }),
    },
  },
  {
    slug: 'nan-at-zero',
    kind: 'bug',
    name: 'divides M by |M|, which is NaN where M is 0',
    where: 'torch.nn.functional.normalize written out as m / m.abs()',
    effect: 'Destroys every parameter that has no gradient.',
    witness: witness(HYPERPARAMETERS, [[1]], [[0]]),
    isNotFinite: isLostToZero,
  },
];

export const SIGNUM_MISTAKES: readonly Mistake[] = mistakesOfParts(signumOperation, SIGNUM_PARTS, FLAWS);
