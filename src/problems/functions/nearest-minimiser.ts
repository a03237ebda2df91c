import { maxAffinePath } from '../../kernels/exact/max-affine-path.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  combined,
  differenceOf,
  dot,
  entryOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
} from '../../kernels/exact/rational-vector.ts';
import { solveConsistent } from '../../kernels/exact/solve-consistent.ts';
import type { ConvexFunction } from './convex-function.ts';

const { ZERO } = Rational;

/**
 * The minimiser of f nearest to x, exactly; undefined where f has none (a quadratic whose b is outside the range of A,
 * a max-affine function that is unbounded below).
 */
export function nearestMinimiser(f: ConvexFunction<Rational>, x: RationalVector): RationalVector | undefined {
  switch (f.kind) {
    case 'quadratic':
      return nearestRoot(f.matrix, differenceOf(applied(f.matrix, x), f.vector), x);
    case 'residual-norm': {
      // the normal equations: A^T (Ay - b) = 0
      const gradient = combined(f.matrix, differenceOf(applied(f.matrix, x), f.vector), x.length);
      return nearestRoot(gramOfColumns(f.matrix, x.length), gradient, x);
    }
    case 'weighted-l1':
      return x.map((v, i) => (entryOf(f.weights, i).sign() > 0 ? ZERO : v));
    case 'max-affine': {
      const piece = maxAffinePath(f, x).last();
      return piece.slope.every((s) => s.sign() === 0) ? piece.base : undefined;
    }
    case 'max-norm':
    case 'huber':
    case 'absolute':
      return x.map(() => ZERO);
  }
}

/** Whether the closed ball of squared radius t^2 around x holds a minimiser of f, decided exactly. */
export function ballHoldsMinimiser(f: ConvexFunction<Rational>, x: RationalVector, squaredRadius: Rational): boolean {
  const nearest = nearestMinimiser(f, x);
  return nearest !== undefined && squaredNorm(differenceOf(nearest, x)).atMost(squaredRadius);
}

/** The y nearest to x with symmetric S: S(y - x) = -gradient. y - x lies in the range of S, so it is -Sw with S S w = gradient. */
function nearestRoot(S: RationalRows, gradient: RationalVector, x: RationalVector): RationalVector | undefined {
  const squared = S.map((a) => S.map((b) => dot(a, b)));
  const w = solveConsistent(squared, gradient);
  // S^2 w = g is solvable exactly if g is in the range of S, since S and S^2 have one range
  return w === undefined ? undefined : differenceOf(x, applied(S, w));
}

function gramOfColumns(A: RationalRows, columns: number): RationalRows {
  const transposed = Array.from({ length: columns }, (_, j) => A.map((row) => entryOf(row, j)));
  return transposed.map((a) => transposed.map((b) => dot(a, b)));
}
