import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { euclideanNorm, frobeniusNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { entry, fromRows } from '../../kernels/matrix/matrix.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { fallingRoot } from './falling-root.ts';
import type { FloatFunction, ProximalPath, Slack } from './proximal-path.ts';
import { spectralPath } from './spectral-path.ts';
import { dotProduct, finite, minus, timesVector } from './vectors.ts';

/**
 * |Ay - b|_2 in double precision, by the singular value decomposition of A.
 *
 * As a rising function of |Ay - b|^2 / 2 it has the steps of that quadratic, whose Hessian has the eigenvalues sigma^2; its
 * multiplier is c / |Au - b|. A singular value at or below 8 max(rows, columns) 2u times the largest counts as 0.
 */
export function residualNorm(matrix: readonly (readonly number[])[], vector: readonly number[]): FloatFunction {
  const A = fromRows(matrix);
  const longest = Math.max(A.rows, A.columns);
  const { left, values, right, residual, leftDefect, rightDefect, valuesError } = svd(A);
  const top = values[0] ?? 0;
  const kept = values.filter((s) => s > 16 * longest * UNIT_ROUNDOFF.float64 * top);
  const column = (M: typeof left, i: number): readonly number[] =>
    Array.from({ length: M.rows }, (_, j) => entry(M, j, i));
  const outer = kept.map((_, i) => column(left, i));
  const basis = kept.map((_, i) => column(right, i));
  const smallest = kept[kept.length - 1] ?? 0;
  const [size, vectorNorm] = [frobeniusNorm(A), euclideanNorm(vector)];
  const defect = leftDefect + rightDefect;
  const backwardAt = (u: number): number => 8 * (longest + 2) * u * size + 2 * residual + 4 * defect * size;
  const residualAt = (y: readonly number[]): number => euclideanNorm(minus(timesVector(matrix, y), vector));
  /** What backward errors in A and b may change in the residual at points within `length` of 0. */
  const residualError = (u: number, length: number): number =>
    backwardAt(u) * length + 8 * (longest + 2) * u * vectorNorm;

  /**
   * As for quadratics, with a backward error in A instead of A^T A: the gradient A^T (Ay - b) changes by at most |dA| |r| +
   * |A| (|dA| |y| + |db|). Near c' = 0 the first-order bound of a least-squares problem of fixed rank,
   * (|dA| |y| + |db|) / sigma + |dA| |r| / sigma^2 (Wedin 1973), times 4, for |dA| below a quarter of sigma.
   */
  const slackAt = (x: readonly number[], reach: number, format: FloatFormat): Slack => {
    const u = UNIT_ROUNDOFF[format];
    const backward = backwardAt(u);
    const relative = 8 * (longest + 2) * u;
    const length = 2 * euclideanNorm(x) + reach;
    const start = residualAt(x) + residualError(UNIT_ROUNDOFF.float64, length);
    const base = backward * (size * length + vectorNorm) + size * residualError(u, length);
    const rate = (relative + 4 * defect) * length;
    const certain = Math.max(0, smallest - valuesError);
    const modulus = kept.length === A.columns ? certain ** 2 : 0;
    const turned = residualError(u, length) / certain + (backward * start) / certain ** 2;
    const keepsRank = 4 * backward <= certain;
    const cap = kept.length === 0 ? 0 : keepsRank ? 4 * turned + rate : Number.POSITIVE_INFINITY;
    return {
      pointError: (c) => Math.min(cap, base / (c + modulus) + rate),
      cap,
      subgradientError: (c) => base + rate * c,
      epsilon: 0,
      radiusError: relative * reach,
    };
  };

  return {
    value: residualAt,
    valueRounding: (y, u) => 4 * (longest + 4) * u * (size * euclideanNorm(y) + vectorNorm),
    slopeBound: () => size,
    path: (x): ProximalPath => {
      const start = finite(minus(timesVector(matrix, x), vector));
      const parts = outer.map((q) => dotProduct(q, start));
      const across = euclideanNorm(
        start.map(
          (v, j) =>
            v -
            dotProduct(
              parts,
              outer.map((q) => q[j] ?? 0),
            ),
        ),
      );
      /** |A prox_{1/c}(x) - b|: each part shrinks by c / (sigma^2 + c), what is outside the range of A stays. */
      const residualOnPath = (c: number): number =>
        euclideanNorm([...parts.map((p, i) => (p * c) / ((kept[i] ?? 0) ** 2 + c)), across]);
      const inner = spectralPath(x, {
        basis,
        eigenvalues: kept.map((s) => s ** 2),
        slopes: parts.map((p, i) => p * (kept[i] ?? 0)),
        slack: (format, t) => slackAt(x, 2 * t, format),
      });
      /** prox_gamma of the norm lies where c = |Au - b| / gamma; |Au - b| / c falls in c. */
      const parameterOf = (gamma: number): number =>
        fallingRoot((c) => residualOnPath(c) / c, gamma, 0, euclideanNorm(start) / gamma);
      const rounding = (radius: number, u: number): number =>
        size * radius + residualError(u, 2 * euclideanNorm(x) + radius + inner.distance(0));
      return {
        ...inner,
        step: (t) => {
          const { point, parameter } = inner.step(t);
          return { point, parameter, multiplier: parameter / residualOnPath(parameter) };
        },
        multipliers: (low, high, radius, format) => {
          const error = rounding(radius, UNIT_ROUNDOFF[format]);
          const least = residualOnPath(high) - error;
          return [low / (residualOnPath(low) + error), least > 0 ? high / least : Number.POSITIVE_INFINITY];
        },
        prox: (gamma) => inner.at(parameterOf(gamma)),
        proxError: (gamma, format) => {
          const u = UNIT_ROUNDOFF[format];
          const here = inner.at(parameterOf(gamma));
          const length = 2 * euclideanNorm(x) + 2 * euclideanNorm(here);
          const change = residualError(u, length);
          const own = residualError(UNIT_ROUNDOFF.float64, length);
          // f is off by at most `change`, and f + |. - x|^2 / (2 gamma) is 1/gamma-strongly convex
          const coarse = 2 * Math.sqrt(gamma * change);
          const least = residualAt(here) - own - 2 * size * coarse;
          // where the residual r stays away from 0, the gradient A^T r / |r| is off by |dA| + 2 |A| change / |r|
          const fine = gamma * (backwardAt(u) + (2 * size * change) / least);
          const best = least > 0 ? Math.min(coarse, fine) : coarse;
          return 2 * best + 8 * (longest + 2) * u * (euclideanNorm(minus(x, here)) + length);
        },
      };
    },
  };
}
