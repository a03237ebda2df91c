import { FLOAT64 } from '../../kernels/matrix/arithmetic.ts';
import type { Schedule } from '../../kernels/matrix/coefficient-sets.ts';
import { newtonSchulz } from '../../kernels/matrix/newton-schulz.ts';
import { newtonSchulzErrorBound } from '../../kernels/matrix/newton-schulz-error.ts';
import type { MatrixFunction } from '../../kernels/numbers/numbers.ts';
import { divided, type InitialSize, startingError } from './initial-size.ts';

/** `steps` of Newton–Schulz from A / size(A). @throws RangeError where an iterate overflows, as without any normalisation it may. */
export const newtonSchulzFrom = (size: InitialSize, schedule: Schedule, steps: number): MatrixFunction => ({
  compute: (A, arithmetic) => newtonSchulz(divided(A, size, arithmetic), schedule, steps, arithmetic),
  errorBound: (A, radius, format) => {
    const start = startingError(A, size, radius, format);
    if (start === 0 || !Number.isFinite(start)) return start;
    return newtonSchulzErrorBound(divided(A, size, FLOAT64), schedule, steps, format, start);
  },
});
