import { LARGEST_FINITE, SMALLEST_NORMAL } from '../unit-roundoff.ts';
import type { FloatFormat } from './arithmetic.ts';
import { backwardError } from './backward-error.ts';
import type { Matrix } from './matrix.ts';
import { svd } from './svd.ts';

/**
 * A bound on the error of every singular value computed by a stable algorithm in the format: the condition number is 1 (Weyl),
 * so it is the backward error; for float64 also the certified error of our own. Infinity where one overflows there.
 */
export function singularValuesErrorBound(A: Matrix, format: FloatFormat): number {
  const decomposition = svd(A);
  const [largest = 0] = decomposition.values;
  if (largest === 0) return 0;
  const certified = format === 'float64' ? decomposition.valuesError : 0;
  const error = Math.max(backwardError(A, decomposition, format), certified) + SMALLEST_NORMAL[format];
  return largest + error < LARGEST_FINITE[format] ? error : Number.POSITIVE_INFINITY;
}
