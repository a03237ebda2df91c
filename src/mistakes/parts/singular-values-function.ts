import { stableRatio } from '../../kernels/matrix/backward-error.ts';
import { factorsIn } from '../../kernels/matrix/polar.ts';
import { singularValuesErrorBound } from '../../kernels/matrix/singular-values-error.ts';
import type { MatrixFunction } from '../../kernels/numbers/numbers.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';

/**
 * The singular values as a row, descending.
 *
 * A perturbation E of A moves each by at most ||E||_F (Weyl), and the backward error, (stableRatio + u) ||A||_F, by as much of ||E||_F.
 */
export const SINGULAR_VALUES: MatrixFunction = {
  compute: (A, arithmetic) => {
    const { values } = factorsIn(A, arithmetic);
    return { rows: 1, columns: values.length, data: Float64Array.from(values) };
  },
  errorBound: (A, radius, format) =>
    singularValuesErrorBound(A, format) + radius * (1 + stableRatio(A, format) + UNIT_ROUNDOFF[format]),
};
