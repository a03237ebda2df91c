import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { FloatFormat } from './arithmetic.ts';

/** 1 + compose(a, b) = (1 + a)(1 + b), without adding a small number to 1. */
export const compose = (a: number, b: number): number => a + b + a * b;

/**
 * The format in which products of numbers of a format are summed up: bfloat16 ones in single precision, as every matrix
 * unit does.
 */
export const accumulationFormat = (format: FloatFormat): 'float64' | 'float32' =>
  format === 'bfloat16' ? 'float32' : format;

/**
 * The error of a sum of k products relative to the sum of their absolute values, in any order of summation: gamma_k
 * (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1), and one more rounding where the sum is
 * accumulated in another format.
 */
export function sumError(k: number, format: FloatFormat): number {
  const accumulated = gamma(k, UNIT_ROUNDOFF[accumulationFormat(format)]);
  return format === 'bfloat16' ? compose(accumulated, UNIT_ROUNDOFF.bfloat16) : accumulated;
}
