import { compose, sumError } from '../../kernels/matrix/accumulation.ts';
import { type Arithmetic, FLOAT64, type FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { backwardError, stableRatio } from '../../kernels/matrix/backward-error.ts';
import { euclideanNorm, frobeniusUpperBound } from '../../kernels/matrix/euclidean-norm.ts';
import { type Matrix, map } from '../../kernels/matrix/matrix.ts';
import { factorsIn } from '../../kernels/matrix/polar.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { gamma, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';

/** What a matrix is divided by before Newton–Schulz; the definition is ||A||_F + epsilon. */
export interface InitialSize {
  value(A: Matrix, arithmetic: Arithmetic): number;
  /** |value(A + E) - value(A)| <= slope ||E||_F. */
  readonly slope: number;
  /** A bound on |computed - exact| at A + E for ||E||_F <= radius, `size` being the value at A. */
  error(A: Matrix, size: number, radius: number, format: FloatFormat): number;
}

/**
 * f(||A||_F) with f' <= slope. The norm is off by a sum of squares and a root, relatively (`sumError`); eight roundings more
 * cover those of the entries and of epsilon and up to five operations on numbers >= 0.
 */
const frobenius = (slope: number, f: (norm: number, round: (x: number) => number) => number): InitialSize => ({
  value: (A, { round, roundSum }) => f(round(euclideanNorm(map(A, round).data, roundSum)), round),
  slope,
  error: (A, size, radius, format) =>
    compose(sumError(A.data.length, format), gamma(8, UNIT_ROUNDOFF[format])) * (size + slope * radius),
});

/**
 * ||A||_2 + epsilon: a singular value is off by the backward error of the decomposition at most (Weyl), which grows with
 * the perturbation as the norm of the matrix does.
 */
const spectral = (epsilon: number): InitialSize => ({
  value: (A, arithmetic) => {
    const { round } = arithmetic;
    return round(round(factorsIn(A, arithmetic).values[0] ?? 0) + round(epsilon));
  },
  slope: 1,
  error: (A, size, radius, format) => {
    const u = UNIT_ROUNDOFF[format];
    const backward = backwardError(A, svd(A), format) + (stableRatio(A, format) + u) * radius;
    return backward + gamma(4, u) * (size + radius + backward);
  },
});

/** The sizes that implementations divide by. */
export const INITIAL_SIZES = {
  definition: (epsilon: number) => frobenius(1, (norm, round) => round(norm + round(epsilon))),
  spectral,
  /** max(||A||_F, epsilon) */
  clamped: (epsilon: number) => frobenius(1, (norm, round) => Math.max(norm, round(epsilon))),
  /** (||A||_F^2 + epsilon)^(1/2), of derivative ||A||_F / (||A||_F^2 + epsilon)^(1/2) <= 1. */
  underRoot: (epsilon: number) =>
    frobenius(1, (norm, round) => round(Math.sqrt(round(round(norm * norm) + round(epsilon))))),
  /** factor ||A||_F + epsilon */
  enlarged: (factor: number, epsilon: number) =>
    frobenius(factor, (norm, round) => round(round(round(factor) * norm) + round(epsilon))),
  /** 1: no normalisation at all. */
  none: (): InitialSize => ({ value: () => 1, slope: 0, error: () => 0 }),
} as const;

/** A / size(A), 0 for 0/0. */
export function divided(A: Matrix, size: InitialSize, arithmetic: Arithmetic): Matrix {
  const value = size.value(A, arithmetic);
  return map(A, (x) => (value === 0 ? 0 : arithmetic.round(arithmetic.round(x) / value)));
}

/**
 * A bound on ||X' - A/N||_F for X' computed in the format from A + E, ||E||_F <= radius, with N the size of A, M that of A + E
 * and L the slope: ||(A + E)/M - A/N||_F <= r/M + ||A||_F L r / (M N) and M >= N - L r; a divisor that is off by e adds
 * ||A + E||_F e / (M (M - e)); rounding the entries and the quotients adds gamma_4, and an entry below the normal range the
 * smallest normal number before and after the division.
 */
export function startingError(A: Matrix, size: InitialSize, radius: number, format: FloatFormat): number {
  const norm = frobeniusUpperBound(A);
  if (norm === 0 && radius === 0) return 0;
  const N = size.value(A, FLOAT64);
  const own = size.error(A, N, 0, 'float64');
  const e = size.error(A, N + own, radius, format);
  const least = N - own - size.slope * radius;
  if (!(least - e > 0)) return Number.POSITIVE_INFINITY;
  const moved = (radius / least) * (1 + (size.slope * norm) / (N - own));
  const rounded = ((norm + radius) / (least - e)) * (e / least + gamma(4, UNIT_ROUNDOFF[format]));
  const underflow = Math.sqrt(A.data.length) * SMALLEST_NORMAL[format] * (1 + 2 / (least - e));
  // some twenty operations in double precision
  return (moved + rounded + underflow) * (1 + gamma(32, UNIT_ROUNDOFF.float64));
}
