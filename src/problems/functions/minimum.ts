import { linearProgram } from '../../kernels/exact/linear-program.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { entryOf, type RationalRows, type RationalVector } from '../../kernels/exact/rational-vector.ts';
import type { ConvexFunction } from './convex-function.ts';
import { exactValue } from './exact-value.ts';
import { nearestMinimiser } from './nearest-minimiser.ts';

const { ZERO, ONE } = Rational;

/**
 * min f, exactly; undefined where it is not attained or irrational (residual-norm).
 *
 * For max-affine it is the largest lambda^T b over lambda >= 0 with sum lambda_i a_i = 0, sum lambda_i = 1 (linear
 * programming duality), computed apart from the minimisers.
 */
export function minimumOf(f: ConvexFunction<Rational>): Rational | undefined {
  switch (f.kind) {
    case 'quadratic':
    case 'residual-norm': {
      const origin = Array.from({ length: f.matrix[0]?.length ?? 0 }, () => ZERO);
      const nearest = nearestMinimiser(f, origin);
      return nearest === undefined ? undefined : exactValue(f, nearest);
    }
    case 'max-affine': {
      const program = convexCombinationOfZero(f.slopes, f.offsets);
      return program.status === 'optimal' ? program.value : undefined;
    }
    case 'weighted-l1':
    case 'max-norm':
    case 'huber':
    case 'absolute':
      return ZERO;
  }
}

/** Whether max_i a_i^T x + b_i is bounded below: 0 is a convex combination of the slopes (Farkas). */
export const isBoundedBelow = (slopes: RationalRows): boolean =>
  convexCombinationOfZero(
    slopes,
    slopes.map(() => ZERO),
  ).status === 'optimal';

function convexCombinationOfZero(slopes: RationalRows, offsets: RationalVector) {
  const columns = slopes[0]?.length ?? 0;
  const rows = Array.from({ length: columns }, (_, j) => slopes.map((a) => entryOf(a, j)));
  const right = [...Array.from({ length: columns }, () => ZERO), ONE];
  return linearProgram([...rows, slopes.map(() => ONE)], right, offsets);
}
