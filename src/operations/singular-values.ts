import { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';
import { FLOAT32 } from '../kernels/matrix/arithmetic.ts';
import { jacobiSvd } from '../kernels/matrix/jacobi-svd.ts';
import { fromRows } from '../kernels/matrix/matrix.ts';
import { singularValuesErrorBound } from '../kernels/matrix/singular-values-error.ts';
import { svd } from '../kernels/matrix/svd.ts';
import type { Operation } from './operation.ts';
import { matrix, type Rows, vector } from './schema.ts';

/** The singular values, descending, min(rows, columns) of them; in single precision by one-sided Jacobi. */
export const singularValuesOperation: Operation<{ readonly matrix: Rows }, { readonly values: readonly Numeric[] }> = {
  id: 'singular-values',
  kind: 'function',
  summary: 'the singular values, descending, min(rows, columns) of them',
  input: z.strictObject({ matrix }),
  output: z.strictObject({ values: vector }),
  reference: (input) => ({ values: svd(fromRows(input.matrix)).values }),
  float32: (input) => ({ values: jacobiSvd(fromRows(input.matrix), FLOAT32).values }),
  errorBound: (input, format) => singularValuesErrorBound(fromRows(input.matrix), format),
};
