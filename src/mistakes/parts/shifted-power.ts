import type { SpectralFunction } from '../../kernels/matrix/spectral-function.ts';

/**
 * f(x) = (x + shift)^exponent for an exponent below 1, where x + shift > 0.
 *
 * |f'(y)| = |exponent| y^(exponent - 1) falls in y, so it is largest at the least eigenvalue less the distance, shift included;
 * for the Lipschitz argument in the Frobenius norm see `inverseRoot`.
 */
export const shiftedPower = (exponent: number, shift: number): SpectralFunction => ({
  value: (x) => (x + shift) ** exponent,
  variation: (eigenvalues, distance) => {
    const least = Math.max(0, (eigenvalues.at(-1) ?? 0) - distance) + shift;
    return least > 0 ? distance * Math.abs(exponent) * least ** (exponent - 1) : Number.POSITIVE_INFINITY;
  },
});
