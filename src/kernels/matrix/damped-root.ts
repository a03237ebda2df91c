import { UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { FloatFormat } from './arithmetic.ts';
import { rankThreshold } from './polar.ts';
import type { SpectralFunction } from './spectral-function.ts';

/** An eigenvalue above the threshold and up to this many times it leaves the rank undecided. */
const UNDECIDED = 1000;

/** x -> (x^(1/root) + epsilon)^(-power). */
export interface RootShape {
  readonly root: 1 | 2 | 4;
  readonly power: 1 | 0.5;
}

/**
 * f(x) = (x^(1/r) + epsilon)^(-q); with epsilon = 0 the pseudo-inverse of that root: 0 where the eigenvalue counts as 0, at most
 * 8 max(rows, columns) 2u times the largest, for gradients of that shape.
 *
 * Variation (see `inverseRoot` for the Lipschitz argument in the Frobenius norm), m the least eigenvalue less the distance:
 * epsilon > 0: |f'| <= q (m^(1/r) + epsilon)^(-q-1) m^(1/r-1) / r where m > 0; always |f(x) - f(y)| <= q epsilon^(-q-1) |x - y|^(1/r),
 * hence ||f(A) - f(B)||_F <= q epsilon^(-q-1) n^((1-1/r)/2) ||A - B||_F^(1/r), because the weights in the two eigenbases add up to n and
 * t^(1/r) is concave (Jensen).
 * epsilon = 0 with equal ranks, s = q/r, m the least kept eigenvalue less the distance: |f'| <= s m^(-s-1) between kept ones, and
 * m^(-s) / (m - dropped) between a kept and a dropped one.
 */
export const dampedRoot = (shape: RootShape, epsilon: number, rows: number, columns: number): SpectralFunction => ({
  value: (x, largest, u) => {
    if (epsilon > 0) return 1 / powerOf(rootOf(x, shape.root) + epsilon, shape.power);
    return x > rankThreshold(rows, columns, largest, u) ? 1 / powerOf(rootOf(x, shape.root), shape.power) : 0;
  },
  variation: (eigenvalues, distance, format, radius) => {
    if (epsilon > 0) return damped(shape, eigenvalues, distance, epsilon);
    const isDecided = isRankDecided(eigenvalues, radius, format, rows, columns);
    return isDecided ? pseudo(shape, eigenvalues, distance, format, rows, columns) : Number.POSITIVE_INFINITY;
  },
});

const rootOf = (x: number, root: RootShape['root']): number =>
  root === 1 ? x : root === 2 ? Math.sqrt(x) : Math.sqrt(Math.sqrt(x));

const powerOf = (x: number, power: RootShape['power']): number => (power === 1 ? x : Math.sqrt(x));

function damped({ root, power }: RootShape, eigenvalues: readonly number[], distance: number, epsilon: number): number {
  const least = (eigenvalues.at(-1) ?? 0) - distance;
  const spread = eigenvalues.length ** ((1 - 1 / root) / 2);
  const anywhere = (power * spread * rootOf(distance, root)) / epsilon ** (power + 1);
  if (least <= 0) return anywhere;
  // m^(1 - 1/r)
  const steepness = root === 1 ? 1 : root === 2 ? Math.sqrt(least) : Math.sqrt(least) * rootOf(least, 4);
  return Math.min(anywhere, (power * distance) / (root * steepness * (rootOf(least, root) + epsilon) ** (power + 1)));
}

/**
 * Whether every computation in the format finds the rank of the exact matrix: no eigenvalue lies between the threshold of double
 * precision and 1000 times that of the format, and those that count as 0 stay below half the threshold of the format wherever in its
 * radius the matrix is; the other half is the decomposition's.
 */
function isRankDecided(
  eigenvalues: readonly number[],
  radius: number,
  format: FloatFormat,
  rows: number,
  columns: number,
): boolean {
  const largest = Math.max(eigenvalues[0] ?? 0, 0);
  const lowest = rankThreshold(rows, columns, largest, UNIT_ROUNDOFF.float64);
  const threshold = rankThreshold(rows, columns, largest, UNIT_ROUNDOFF[format]);
  return eigenvalues.every((x) => (x > lowest ? x - radius >= UNDECIDED * threshold : radius <= threshold / 2));
}

function pseudo(
  { root, power }: RootShape,
  eigenvalues: readonly number[],
  distance: number,
  format: FloatFormat,
  rows: number,
  columns: number,
): number {
  const largest = Math.max(eigenvalues[0] ?? 0, 0);
  if (largest === 0) return distance === 0 ? 0 : Number.POSITIVE_INFINITY;
  const highest = UNDECIDED * rankThreshold(rows, columns, largest, UNIT_ROUNDOFF[format]);
  const kept = eigenvalues.filter((x) => x >= highest);
  const dropped = Math.max(0, eigenvalues[kept.length] ?? 0) + distance;
  const least = (kept.at(-1) ?? 0) - distance;
  if (!(least > dropped)) return Number.POSITIVE_INFINITY;
  const exponent = power / root;
  const size = powerOf(rootOf(least, root), power);
  return distance * Math.max(exponent / least ** (exponent + 1), 1 / (size * (least - dropped)));
}
