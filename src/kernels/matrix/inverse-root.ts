import type { SpectralFunction } from './spectral-function.ts';

/**
 * f(x) = (x + damping)^(-1/root), for V + damping I positive definite.
 *
 * Symmetric A, B: ||f(A) - f(B)||_F <= L ||A - B||_F with L the largest |f(l) - f(m)| / |l - m| over their eigenvalues, since in
 * the two eigenbases the entries of f(A) - f(B) are those of A - B times such quotients. f is convex and decreasing, so
 * L <= |f'(m)| = m^(-1/root - 1) / root at the least eigenvalue m + … of either, damping included.
 */
export const inverseRoot = (root: 2 | 4, damping: number): SpectralFunction => ({
  value: (x) => (root === 2 ? 1 / Math.sqrt(x + damping) : 1 / Math.sqrt(Math.sqrt(x + damping))),
  variation: (eigenvalues, distance) => {
    const least = Math.max(0, (eigenvalues.at(-1) ?? 0) - distance) + damping;
    return least > 0 ? (distance / root) * least ** (-1 / root - 1) : Number.POSITIVE_INFINITY;
  },
});
