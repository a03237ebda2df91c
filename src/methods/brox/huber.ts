import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { fallingRoot } from './falling-root.ts';
import type { FloatFunction } from './proximal-path.ts';
import { relativeSlack, separablePath, towardsZero } from './separable-path.ts';

/**
 * Huber's function, summed over coordinates: prox_{1/c} moves coordinate i by min(|x_i| / (1 + c), delta / c), inside and
 * outside of the knee; |x - u| = t by bisection on c.
 */
export function huber(delta: number): FloatFunction {
  const value = (y: readonly number[]): number => y.reduce((total, v) => total + termOf(Math.abs(v), delta), 0);
  return {
    value,
    // 4 operations a term, whose parts sum to at most three times the term, and n sums; rounding delta moves a term by u delta |v|
    valueRounding: (y, u) => 2 * u * y.reduce((total, v) => total + (y.length + 14) * termOf(Math.abs(v), delta), 0),
    slopeBound: (y, radius) => Math.min(delta * Math.sqrt(y.length), euclideanNorm(y) + radius),
    path: (x) => {
      const moves = (c: number): readonly number[] =>
        towardsZero(
          x,
          x.map((v) => Math.min(Math.abs(v) / (1 + c), delta / c)),
        );
      const farthest = euclideanNorm(x);
      return separablePath(x, {
        moves,
        // |x - u| <= |x| / (1 + c)
        multiplier: (t) => fallingRoot((c) => euclideanNorm(moves(c)), t, 0, farthest / t),
        slack: (u, t) => relativeSlack(x, u, t, 6),
      });
    },
  };
}

const termOf = (magnitude: number, delta: number): number =>
  magnitude <= delta ? (magnitude / 2) * magnitude : delta * (magnitude - delta / 2);
