import { UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { FloatFormat } from './arithmetic.ts';
import { stableRatio } from './backward-error.ts';
import { euclideanNorm } from './euclidean-norm.ts';
import type { SpectralFunction } from './spectral-function.ts';

/**
 * f(x) = (x + damping)^(-1/root), for V + damping I positive definite.
 *
 * Symmetric A, B: ||f(A) - f(B)||_F <= L ||A - B||_F with L the largest |f(l) - f(m)| / |l - m| over their eigenvalues, since in
 * the two eigenbases the entries of f(A) - f(B) are those of A - B times such quotients. f is convex and decreasing, so
 * L <= |f'(m)| = m^(-1/root - 1) / root at the least eigenvalue m + … of either, damping included. Others decompose the rounded
 * V + damping I itself, so m is less by what that may be off by (`dampingError`), and nothing is guaranteed where it is not positive.
 */
export const inverseRoot = (root: 2 | 4, damping: number): SpectralFunction => ({
  value: (x) => (root === 2 ? 1 / Math.sqrt(x + damping) : 1 / Math.sqrt(Math.sqrt(x + damping))),
  variation: (eigenvalues, distance, format) => {
    const moved = distance + dampingError(eigenvalues, damping, format);
    const least = (eigenvalues.at(-1) ?? 0) + damping - moved;
    if (!(least > 0)) return Number.POSITIVE_INFINITY;
    return (moved / root) * least ** (-1 / root - 1);
  },
});

/**
 * How much further than for V alone, in the Frobenius norm, a stable algorithm is off that decomposes V + damping I: its backward error
 * for damping I, of norm damping sqrt(n), one rounding of that, and two of the diagonal of the sum, whose norm is at most
 * ||V||_F + damping sqrt(n).
 */
function dampingError(eigenvalues: readonly number[], damping: number, format: FloatFormat): number {
  if (damping === 0 || eigenvalues.every((x) => x === 0)) return 0;
  const [n, u] = [eigenvalues.length, UNIT_ROUNDOFF[format]];
  const size = damping * Math.sqrt(n);
  return (stableRatio({ rows: n, columns: n }, format) + u) * size + 2 * u * (euclideanNorm(eigenvalues) + size);
}
