import { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';
import { FLOAT32 } from '../kernels/matrix/arithmetic.ts';
import { exactNorm, isRationalNorm } from '../kernels/matrix/exact-norms.ts';
import { fromRows } from '../kernels/matrix/matrix.ts';
import { NORM_NAMES, type NormName } from '../kernels/matrix/norm-enclosure.ts';
import { normErrorBound } from '../kernels/matrix/norm-errors.ts';
import { matrixNorm } from '../kernels/matrix/norms.ts';
import { Declined, type Operation } from './operation.ts';
import { toRationals } from './rational-rows.ts';
import { matrix, type Rows, real } from './schema.ts';

export interface NormInput {
  readonly matrix: Rows;
  readonly norm: NormName;
}

/** The name of a norm. */
export const normName = z.enum(NORM_NAMES, { error: `one of ${NORM_NAMES.join(', ')}` });

export const irrationalNorm = (norm: NormName): Declined => new Declined(`the norm ${norm} is irrational in general`);

/** N(A); exact for the norms that are rational on rational matrices. */
export const normOperation: Operation<NormInput, { readonly value: Numeric }> = {
  id: 'norm',
  kind: 'function',
  summary: 'the norm N(A) of a matrix, 0 for an empty one',
  input: z.strictObject({ matrix, norm: normName }),
  output: z.strictObject({ value: real }),
  exact: (input) =>
    isRationalNorm(input.norm)
      ? { value: exactNorm(toRationals(input.matrix), input.norm).toString() }
      : irrationalNorm(input.norm),
  reference: (input) => ({ value: matrixNorm(fromRows(input.matrix), input.norm) }),
  float32: (input) => ({ value: matrixNorm(fromRows(input.matrix), input.norm, FLOAT32) }),
  errorBound: (input, format) => normErrorBound(fromRows(input.matrix), input.norm, format),
};
