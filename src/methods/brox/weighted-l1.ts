import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import type { FloatFunction } from './proximal-path.ts';
import { relativeSlack, separablePath, towardsZero } from './separable-path.ts';

/**
 * sum of w_i |x_i|: prox_{1/c} moves coordinate i by min(w_i / c, |x_i|), so that |x - u| = t is a quadratic equation
 * between the sorted ratios |x_i| / w_i.
 */
export function weightedL1(weights: readonly number[]): FloatFunction {
  const weightNorm = euclideanNorm(weights);
  return {
    value: (y) => y.reduce((total, v, i) => total + (weights[i] ?? 0) * Math.abs(v), 0),
    valueRounding: (y, u) =>
      2 * (y.length + 2) * u * y.reduce((total, v, i) => total + (weights[i] ?? 0) * Math.abs(v), 0),
    slopeBound: () => weightNorm,
    path: (x) =>
      separablePath(x, {
        moves: (c) =>
          towardsZero(
            x,
            x.map((v, i) => moveOf(Math.abs(v), weights[i] ?? 0, c)),
          ),
        multiplier: (t) => 1 / stepParameter(x, weights, t),
        slack: (u, t) => relativeSlack(x, u, t, 5),
      }),
  };
}

const moveOf = (magnitude: number, weight: number, c: number): number =>
  weight === 0 ? 0 : Math.min(weight / c, magnitude);

/** gamma with sum of min(gamma w_i, |x_i|)^2 = t^2. */
function stepParameter(x: readonly number[], weights: readonly number[], t: number): number {
  const terms = x
    .map((v, i) => ({ magnitude: Math.abs(v), weight: weights[i] ?? 0, ratio: Math.abs(v) / (weights[i] ?? 0) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.ratio - b.ratio);
  // norms of the weights from k on, so that no difference cancels
  const tails = terms.map((_, k) => euclideanNorm(terms.slice(k).map(({ weight }) => weight)));
  let reached = 0;
  for (const [k, { magnitude, ratio }] of terms.entries()) {
    const tail = tails[k] ?? 0;
    const left = Math.sqrt(Math.max(0, (1 - reached / t) * (1 + reached / t)));
    if (ratio * tail >= t * left || k === terms.length - 1) return (t * left) / tail;
    reached = euclideanNorm([reached, magnitude]);
  }
  throw new RangeError(`brox: a positive weight, got [${weights.join(', ')}]`);
}
