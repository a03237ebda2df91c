import type { ArrayBackend } from './backend.ts';
import { deviceGamma, underflowLoss } from './error-bounds.ts';
import { stepCoefficients } from './step-coefficients.ts';

/** sum_j weight(2j + 1) |c_j| x^(2j + 1 - order), the derivative of that order of the polynomial of absolute values. */
function majorant(row: readonly number[], x: number, order: 0 | 1 | 2): number {
  let [sum, power] = [0, order === 0 ? x : order === 1 ? 1 : 1 / x];
  for (const [j, c] of row.entries()) {
    const degree = 2 * j + 1;
    const weight = order === 0 ? 1 : order === 1 ? degree : degree * (degree - 1);
    if (weight > 0) sum += weight * Math.abs(c) * power;
    power *= x * x;
  }
  return sum;
}

/**
 * A bound on |computed - exact| of `mapScalars` from one start, along the exact orbit x_k (in double precision):
 *
 * e_0 = 0, e_{k+1} = max |p'| e_k + gamma_K M(|x_k| + e_k), the maximum over [x_k - e_k, x_k + e_k], M the polynomial of absolute
 * values. Horner takes two roundings a level and one in every power of x^2, so K = 3 (terms - 1) + 1. The maximum is at most
 * |p'(x_k)| + e_k M''(|x_k| + e_k) by the mean value theorem.
 */
export function mapScalarsErrorBound(
  backend: ArrayBackend,
  start: number,
  coefficients: readonly (readonly number[])[],
  steps: number = coefficients.length,
): number {
  let [x, error] = [start, 0];
  for (const rowInDouble of stepCoefficients(coefficients, steps)) {
    const row = rowInDouble.map(Math.fround);
    const reach = Math.abs(x) + error;
    const slope = Math.abs(row.reduceRight((sum, c, j) => sum * x * x + (2 * j + 1) * c, 0));
    const steepest = reach === 0 ? slope : slope + error * majorant(row, reach, 2);
    const roundings = 3 * (row.length - 1) + 1;
    const local =
      deviceGamma(backend, roundings) * majorant(row, reach, 0) +
      underflowLoss(roundings) * (1 + majorant(row, Math.max(1, reach), 0));
    error = steepest * error + local;
    x *= row.reduceRight((sum, c) => sum * x * x + c, 0);
  }
  return error;
}
