import fc, { type Arbitrary } from 'fast-check';
import { frobeniusNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { fromRows } from '../../kernels/matrix/matrix.ts';
import { NORM_NAMES } from '../../kernels/matrix/norm-enclosure.ts';
import { binaryExponent } from '../../kernels/matrix/power-of-two.ts';
import type { Context, Rows } from './context.ts';
import { withDecidedRank } from './decided-rank.ts';
import { ITERATIONS, NORM_EPSILONS } from './hyperparameters.ts';
import { matrices } from './matrices.ts';
import { scaled, scales } from './scales.ts';
import { semidefiniteInputs } from './semidefinite.ts';
import { shapesUpTo } from './shapes.ts';

/** The inputs of the functions of a matrix. */
export function matrixFunctionInputs(operation: string, context: Context): Arbitrary<object> | undefined {
  const { format, mostSize } = context;
  const matrix = shapesUpTo(mostSize)
    .chain((shape) => fc.tuple(matrices(shape), scales(format)))
    .map(([A, factor]) => scaled(A, factor));
  const norm = fc.constantFrom(...NORM_NAMES);
  switch (operation) {
    case 'norm':
    case 'dual-norm':
      return fc.record({ matrix, norm });
    case 'lmo':
      return fc.record({ matrix, norm, radius: fc.constantFrom(1, 0.5, 3, 0.1, 2 ** -33, 2 ** 20, 0) });
    case 'singular-values':
      return fc.record({ matrix });
    case 'polar':
      return fc.record({ matrix: matrix.map((A) => withDecidedRank(A, format)) });
    case 'newton-schulz':
      return newtonSchulzInputs(matrix);
    case 'inverse-root':
      return semidefiniteInputs(context);
    default:
      return undefined;
  }
}

/**
 * Without normalisation the matrix is divided by a power of two above ||A||_F, since beyond 1 the maps of most lists leave every
 * range; with it a matrix that is 0, tiny or huge is as good as another.
 */
const newtonSchulzInputs = (matrix: Arbitrary<Rows>): Arbitrary<object> =>
  fc
    .record({
      matrix,
      iteration: ITERATIONS,
      normalisation: fc.constantFrom('frobenius', 'frobenius', 'none'),
      epsilon: NORM_EPSILONS,
    })
    .map(({ matrix: A, iteration, normalisation, epsilon }) => ({
      matrix: normalisation === 'none' ? scaled(A, 1 / powerAbove(A)) : A,
      ...iteration,
      normalisation,
      epsilon,
    }));

/** A power of two above ||A||_F. */
function powerAbove(A: Rows): number {
  const norm = frobeniusNorm(fromRows(A));
  return norm === 0 ? 1 : 2 ** (binaryExponent(norm) + 1);
}
