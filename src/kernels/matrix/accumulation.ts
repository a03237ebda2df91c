import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { FloatFormat } from './arithmetic.ts';

/** 1 + compose(a, b) = (1 + a)(1 + b), without adding a small number to 1. */
export const compose = (a: number, b: number): number => a + b + a * b;

/**
 * The error of a sum of k products relative to the sum of their absolute values, in any order of summation: gamma_k
 * (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1). bfloat16 products are accumulated in single
 * precision, as every matrix unit for the format does, and rounded once.
 */
export function sumError(k: number, format: FloatFormat): number {
  if (format !== 'bfloat16') return gamma(k, UNIT_ROUNDOFF[format]);
  return compose(gamma(k, UNIT_ROUNDOFF.float32), UNIT_ROUNDOFF.bfloat16);
}
