import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { FLOAT64 } from './arithmetic.ts';
import type { Matrix } from './matrix.ts';
import { binaryExponent, timesPowerOfTwo } from './power-of-two.ts';

/**
 * sqrt(sum x_i^2), 0 for no entries, scaled by a power of two so that no square over- or underflows to harm.
 *
 * k squares, k - 1 sums and a root: |computed - exact| <= gamma_(k+2) exact (Higham, Accuracy and Stability, section 3.1);
 * squares below 2^-1022 of the largest lose less than that. Infinity where the norm itself exceeds the largest double.
 */
export function euclideanNorm(values: Iterable<number>, round: (x: number) => number = FLOAT64.round): number {
  const entries = [...values];
  let most = 0;
  for (const x of entries) most = Math.max(most, Math.abs(x));
  if (most === 0) return 0;
  const exponent = binaryExponent(most);
  let sum = 0;
  for (const x of entries) {
    const scaled = round(timesPowerOfTwo(x, -exponent));
    sum = round(sum + round(scaled * scaled));
  }
  return round(timesPowerOfTwo(round(Math.sqrt(sum)), exponent));
}

/** ||A||_F in double precision. */
export const frobeniusNorm = (A: Matrix): number => euclideanNorm(A.data);

/** A number that is certainly >= ||A||_F, 0 for 0. */
export function frobeniusUpperBound(A: Matrix): number {
  const norm = frobeniusNorm(A);
  return norm === 0 ? 0 : norm * (1 + gamma(A.data.length + 8, UNIT_ROUNDOFF.float64)) + Number.MIN_VALUE;
}
