import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import type { FloatFunction } from './proximal-path.ts';
import { relativeSlack, separablePath, towardsZero } from './separable-path.ts';

/**
 * max |x_i|: prox_{1/c} clips to the level with sum of (|x_i| - level)_+ = 1/c, and |x - u| = t fixes the level through
 * the mean and the spread of the k largest: sum of (|x_i| - level)^2 = sum of (|x_i| - mean)^2 + k (mean - level)^2.
 */
export const maxNorm: FloatFunction = {
  value: largest,
  valueRounding: (y, u) => 2 * u * largest(y),
  slopeBound: () => 1,
  path: (x) => {
    const sorted = x.map(Math.abs).sort((a, b) => b - a);
    return separablePath(x, {
      moves: (c) => {
        const level = c === 0 ? 0 : levelAt(sorted, 1 / c);
        return towardsZero(
          x,
          x.map((v) => Math.max(0, Math.abs(v) - level)),
        );
      },
      multiplier: (t) => multiplierAt(sorted, t),
      slack: (u, t) => relativeSlack(x, u, t, x.length + 4),
    });
  },
};

function largest(y: readonly number[]): number {
  return y.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
}

/** The level with sum of (|x_i| - level)_+ = gamma; 0 where sum |x_i| <= gamma. */
function levelAt(sorted: readonly number[], gamma: number): number {
  let total = 0;
  for (const [k, magnitude] of sorted.entries()) {
    total += magnitude;
    const level = total / (k + 1) - gamma / (k + 1);
    if ((sorted[k + 1] ?? 0) <= level) return level;
  }
  return 0;
}

/** 1 / sum of (|x_i| - level)_+ at the level with sum of (|x_i| - level)_+^2 = t^2. */
function multiplierAt(sorted: readonly number[], t: number): number {
  for (let count = 1; count <= sorted.length; count++) {
    const used = sorted.slice(0, count);
    const next = sorted[count] ?? 0;
    if (count < sorted.length && euclideanNorm(used.map((v) => v - next)) < t) continue;
    const mean = used.reduce((total, v) => total + v / count, 0);
    const spread = euclideanNorm(used.map((v) => v - mean)) / t;
    const drop = t * Math.sqrt(Math.max(0, (1 - spread) * (1 + spread)));
    // gamma = count (mean - level) with count (mean - level)^2 = t^2 - spread^2
    return 1 / (Math.sqrt(count) * drop);
  }
  throw new RangeError('brox: one or more coordinates, got none');
}
