import { z } from 'zod';
import { FLOAT32 } from '../kernels/matrix/arithmetic.ts';
import { fromRows, toRows } from '../kernels/matrix/matrix.ts';
import { polarFactor } from '../kernels/matrix/polar.ts';
import { polarErrorBound } from '../kernels/matrix/polar-error.ts';
import type { Operation } from './operation.ts';
import { matrix, type Rows } from './schema.ts';

/** U_r V_r^T of the compact singular value decomposition: a partial isometry, 0 for 0. */
export const polarOperation: Operation<{ readonly matrix: Rows }, { readonly matrix: Rows }> = {
  id: 'polar',
  kind: 'function',
  summary: 'the polar factor U_r V_r^T of the compact singular value decomposition, 0 for 0',
  input: z.strictObject({ matrix }),
  output: z.strictObject({ matrix }),
  reference: (input) => ({ matrix: toRows(polarFactor(fromRows(input.matrix))) }),
  float32: (input) => ({ matrix: toRows(polarFactor(fromRows(input.matrix), FLOAT32)) }),
  errorBound: (input, format) => polarErrorBound(fromRows(input.matrix), format),
};
