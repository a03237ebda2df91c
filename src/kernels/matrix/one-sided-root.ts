import { UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { FloatFormat } from './arithmetic.ts';
import { rankThreshold } from './polar.ts';
import type { SpectralFunction } from './spectral-function.ts';

/** An eigenvalue above the threshold and up to this many times it leaves the rank undecided. */
const UNDECIDED = 1000;

/**
 * f(x) = 1 / (sqrt x + epsilon), the preconditioner of ASGO; with epsilon = 0 the pseudo-inverse: 0 where the eigenvalue counts
 * as 0, at most 8 max(rows, columns) 2u times the largest, for gradients of that shape.
 *
 * Variation (see `inverseRoot` for the Lipschitz argument in the Frobenius norm), m the least eigenvalue less the distance:
 * epsilon > 0: |f'| <= m^(-1/2) (sqrt m + epsilon)^-2 / 2 where m > 0; always |f(x) - f(y)| <= |x - y|^(1/2) / epsilon², hence by
 * Cauchy-Schwarz ||f(A) - f(B)||_F <= n^(1/4) ||A - B||_F^(1/2) / epsilon².
 * epsilon = 0 with equal ranks, m the least kept eigenvalue less the distance: |f'| <= m^(-3/2) / 2 between kept ones, and
 * m^(-1/2) / (m - dropped) between a kept and a dropped one.
 */
export const oneSidedRoot = (epsilon: number, rows: number, columns: number): SpectralFunction => ({
  value: (x, largest, u) => {
    if (epsilon > 0) return 1 / (Math.sqrt(x) + epsilon);
    return x > rankThreshold(rows, columns, largest, u) ? 1 / Math.sqrt(x) : 0;
  },
  variation: (eigenvalues, distance, format) =>
    epsilon > 0 ? damped(eigenvalues, distance, epsilon) : pseudo(eigenvalues, distance, format, rows, columns),
});

function damped(eigenvalues: readonly number[], distance: number, epsilon: number): number {
  const least = (eigenvalues.at(-1) ?? 0) - distance;
  const anywhere = (eigenvalues.length ** 0.25 * Math.sqrt(distance)) / epsilon ** 2;
  if (least <= 0) return anywhere;
  return Math.min(anywhere, distance / (2 * Math.sqrt(least) * (Math.sqrt(least) + epsilon) ** 2));
}

function pseudo(
  eigenvalues: readonly number[],
  distance: number,
  format: FloatFormat,
  rows: number,
  columns: number,
): number {
  const largest = Math.max(eigenvalues[0] ?? 0, 0);
  if (largest === 0) return distance === 0 ? 0 : Number.POSITIVE_INFINITY;
  const lowest = rankThreshold(rows, columns, largest, UNIT_ROUNDOFF.float64);
  const highest = UNDECIDED * rankThreshold(rows, columns, largest, UNIT_ROUNDOFF[format]);
  if (eigenvalues.some((x) => x > lowest && x < highest)) return Number.POSITIVE_INFINITY;
  const kept = eigenvalues.filter((x) => x >= highest);
  const dropped = Math.max(0, eigenvalues[kept.length] ?? 0) + distance;
  const least = (kept.at(-1) ?? 0) - distance;
  if (!(least > dropped)) return Number.POSITIVE_INFINITY;
  return distance * Math.max(1 / (2 * least ** 1.5), 1 / (Math.sqrt(least) * (least - dropped)));
}
