import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { euclideanNorm, frobeniusNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { entry, fromRows } from '../../kernels/matrix/matrix.ts';
import { symmetricEigen } from '../../kernels/matrix/symmetric-eigen.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { type FloatFunction, NOTHING, type Slack } from './proximal-path.ts';
import { spectralPath } from './spectral-path.ts';
import { dotProduct, finite, minus, timesVector } from './vectors.ts';

/**
 * y^T A y / 2 - b^T y for exactly symmetric A, in double precision, by its eigenvectors.
 *
 * An eigenvalue at or below 4 n u |A|_2 counts as 0. The part of b in the span of those eigenvectors counts as 0 at or
 * below 4 n u |b| |A|_2 / mu (mu the smallest counted eigenvalue; this is what rounding A and b may put there), so that f
 * has minimisers; otherwise it is unbounded below.
 */
export function quadratic(matrix: readonly (readonly number[])[], vector: readonly number[]): FloatFunction {
  const A = fromRows(matrix);
  const n = A.rows;
  const { vectors, values, residual, defect, valuesError } = symmetricEigen(A);
  const norm = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const threshold = 4 * n * UNIT_ROUNDOFF.float64 * norm;
  const eigenvalues = values.map((v) => (v > threshold ? v : 0));
  const rank = eigenvalues.filter((v) => v > 0).length;
  const basis = values.map((_, i) => Array.from({ length: n }, (__, j) => entry(vectors, j, i)));
  const smallest = eigenvalues[rank - 1] ?? norm;
  const flatSlopes = basis.map((q, i) => (i < rank ? 0 : -dotProduct(q, vector)));
  const [size, vectorNorm, flatSlope] = [frobeniusNorm(A), euclideanNorm(vector), euclideanNorm(flatSlopes)];
  const negligible = (u: number): number => 4 * n * u * vectorNorm * (norm === 0 ? 0 : norm / smallest);
  const isBounded = flatSlope <= negligible(UNIT_ROUNDOFF.float64);
  const value = (y: readonly number[]): number => dotProduct(y, timesVector(matrix, y)) / 2 - dotProduct(vector, y);

  /**
   * The answer of a stable algorithm has a small residual A u' - b + c'(u' - x), by backward errors 8 (n + 2) u |A|_F in A
   * and likewise in b and c' (data rounded first); ours adds what the eigenvectors are measured to be wrong by. f is
   * mu-strongly convex, so u' is within residual / (c' + mu) of prox_{1/c'}(x). Where eigenvalues count as 0 (mu = 0) and f
   * has minimisers, the range keeps its rank under a backward error below a quarter of the smallest eigenvalue, turns by
   * at most their ratio, and a first-order bound with a factor 4 for the rest holds up to c' = 0.
   */
  const slackAt = (x: readonly number[], reach: number, format: FloatFormat): Slack => {
    const u = UNIT_ROUNDOFF[format];
    const relative = 8 * (n + 2) * u;
    const [length, gradient] = [euclideanNorm(x), size * euclideanNorm(x) + vectorNorm];
    const backward = relative * size + 2 * residual + 4 * defect * size;
    const dropped = isBounded ? flatSlope : 0;
    const base = backward * (2 * length + reach) + relative * vectorNorm + 4 * defect * gradient + dropped;
    const rate = (relative + 4 * defect) * (length + reach);
    const certain = Math.max(0, smallest - valuesError);
    const modulus = rank === n ? certain : 0;
    const keepsRank = isBounded && 4 * backward <= certain;
    const turned = rank === n ? base / modulus : keepsRank ? (4 * base) / certain : Number.POSITIVE_INFINITY;
    // the zero function is optimal everywhere, whatever the algorithm
    const cap = isBounded && rank === 0 ? 0 : turned + rate;
    const isDoubtful = !isBounded && flatSlope <= 1000 * negligible(u);
    return isDoubtful
      ? NOTHING
      : {
          pointError: (c) => Math.min(cap, base / (c + modulus) + rate),
          cap,
          subgradientError: (c) => base + rate * c,
          epsilon: 0,
          radiusError: relative * reach,
        };
  };

  return {
    value,
    // a quadratic form: 2 n + 2 operations on each product, data included; dropped eigenvalues and slopes are within it
    valueRounding: (y, u) => {
      const length = euclideanNorm(y);
      return (2 * n + 8) * 2 * u * ((size * length) / 2 + vectorNorm) * length + (isBounded ? flatSlope * length : 0);
    },
    slopeBound: (y, radius) => {
      const rounding = 4 * (n + 2) * UNIT_ROUNDOFF.float64 * (size * euclideanNorm(y) + vectorNorm);
      return euclideanNorm(minus(timesVector(matrix, y), vector)) + rounding + size * radius;
    },
    path: (x) => {
      const gradient = finite(minus(timesVector(matrix, x), vector));
      const slopes = basis.map((q, i) => (i < rank ? dotProduct(q, gradient) : isBounded ? 0 : (flatSlopes[i] ?? 0)));
      return spectralPath(x, { basis, eigenvalues, slopes, slack: (format, t) => slackAt(x, 2 * t, format) });
    },
  };
}
