import { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';
import { FLOAT32 } from '../kernels/matrix/arithmetic.ts';
import { exactDualNorm, isRationalNorm } from '../kernels/matrix/exact-norms.ts';
import { fromRows } from '../kernels/matrix/matrix.ts';
import { dualNormErrorBound } from '../kernels/matrix/norm-errors.ts';
import { dualNorm } from '../kernels/matrix/norms.ts';
import { irrationalNorm, type NormInput, normName } from './norm.ts';
import type { Operation } from './operation.ts';
import { toRationals } from './rational-rows.ts';
import { matrix, real } from './schema.ts';

/** N*(M) = max of <M, Z> over N(Z) <= 1; exact for the norms that are rational on rational matrices. */
export const dualNormOperation: Operation<NormInput, { readonly value: Numeric }> = {
  id: 'dual-norm',
  kind: 'function',
  summary: 'the dual norm max <M, Z> over N(Z) <= 1, 0 for an empty matrix',
  input: z.strictObject({ matrix, norm: normName }),
  output: z.strictObject({ value: real }),
  exact: (input) =>
    isRationalNorm(input.norm)
      ? { value: exactDualNorm(toRationals(input.matrix), input.norm).toString() }
      : irrationalNorm(input.norm),
  reference: (input) => ({ value: dualNorm(fromRows(input.matrix), input.norm) }),
  float32: (input) => ({ value: dualNorm(fromRows(input.matrix), input.norm, FLOAT32) }),
  errorBound: (input, format) => dualNormErrorBound(fromRows(input.matrix), input.norm, format),
};
