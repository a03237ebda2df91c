import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { ArrayBackend } from './backend.ts';

/**
 * Error bounds of the twins, valid in any order of summation and with fused operations (Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., sections 3.1 and 3.5: gamma_k for any order; a fused operation has one rounding less).
 *
 * Where rounding is to nearest, u = 2^-24. WGSL lets an implementation round + - * either way (WGSL, section "Floating Point
 * Accuracy": correctly rounded, direction unspecified), so hardware is held to u = 2^-23. There sqrt is inherited from
 * 1/inverseSqrt, 2 ulp and then a division of 2.5 ulp, together below 10 such u.
 */
export const deviceRoundoff = ({ bitExact }: ArrayBackend): number =>
  bitExact ? UNIT_ROUNDOFF.float32 : 2 * UNIT_ROUNDOFF.float32;

/** The roundings that one sqrt stands for. */
export const sqrtRoundings = ({ bitExact }: ArrayBackend): number => (bitExact ? 1 : 10);

/** What is lost absolutely by `operations` results that fall below the normal range, where they may be flushed to 0. */
export const underflowLoss = (operations: number): number => operations * 2 ** -126;

/** gamma_k of the device, with the rounding of a double reference (u = 2^-53) added to u. */
export const deviceGamma = (backend: ArrayBackend, roundings: number): number =>
  gamma(roundings, deviceRoundoff(backend) + UNIT_ROUNDOFF.float64);
