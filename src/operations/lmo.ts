import { z } from 'zod';
import { type Numeric, Rational } from '../kernels/exact/rational.ts';
import { toFloat32Matrix, toFloat64Matrix } from '../kernels/gpu/float32-matrix.ts';
import { isReducible, linearMinimiserTwin } from '../kernels/gpu/lmo.ts';
import { arrayBackend } from '../kernels/gpu/select-backend.ts';
import { FLOAT32 } from '../kernels/matrix/arithmetic.ts';
import { exactLinearMinimiser, isRationalNorm } from '../kernels/matrix/exact-norms.ts';
import { linearMinimiser } from '../kernels/matrix/lmo.ts';
import { lmoErrorBound } from '../kernels/matrix/lmo-error.ts';
import { fromRows, toRows } from '../kernels/matrix/matrix.ts';
import { lmoDefects } from './lmo-defects.ts';
import { irrationalNorm, type NormInput, normName } from './norm.ts';
import { Declined, type Operation } from './operation.ts';
import { toFractions, toRationals } from './rational-rows.ts';
import { matrix, nonNegative, type Rows } from './schema.ts';

export interface LmoInput extends NormInput {
  readonly radius: Numeric;
}

/**
 * radius · argmin of <M, Z> over N(Z) <= 1, 0 for M = 0.
 *
 * A zero entry, row or column stays zero, the spectral family takes the compact polar factor, of equal entries the first wins;
 * another implementation may choose otherwise and is as right.
 */
export const lmoOperation: Operation<LmoInput, { readonly matrix: Rows }> = {
  id: 'lmo',
  kind: 'function',
  summary: 'the linear minimisation oracle: radius · argmin <M, Z> over N(Z) <= 1, 0 for M = 0',
  input: z.strictObject({ matrix, norm: normName, radius: nonNegative }),
  output: z.strictObject({ matrix }),
  exact: (input) =>
    isRationalNorm(input.norm)
      ? {
          matrix: toFractions(exactLinearMinimiser(toRationals(input.matrix), input.norm, Rational.from(input.radius))),
        }
      : irrationalNorm(input.norm),
  reference: (input) => ({ matrix: toRows(linearMinimiser(fromRows(input.matrix), input.norm, input.radius)) }),
  float32: (input) => ({ matrix: toRows(linearMinimiser(fromRows(input.matrix), input.norm, input.radius, FLOAT32)) }),
  gpu: async ({ matrix: rows, norm, radius }) => {
    if (!isReducible(norm))
      return new Declined(`the oracle of the norm ${norm} needs singular values, which have no twin`);
    const M = toFloat32Matrix(fromRows(rows));
    return { matrix: toRows(toFloat64Matrix(await linearMinimiserTwin(await arrayBackend(), M, norm, radius))) };
  },
  errorBound: (input, format) => lmoErrorBound(fromRows(input.matrix), input.norm, input.radius, format),
  defects: lmoDefects,
};
