import type { Schedule } from '../matrix/coefficient-sets.ts';
import { frobeniusUpperBound } from '../matrix/euclidean-norm.ts';
import { frobeniusNormalised, newtonSchulz } from '../matrix/newton-schulz.ts';
import { newtonSchulzErrorBound, normalisationError } from '../matrix/newton-schulz-error.ts';
import { polarFactor } from '../matrix/polar.ts';
import { polarErrorBound } from '../matrix/polar-error.ts';
import { svd } from '../matrix/svd.ts';
import type { MatrixFunction } from './numbers.ts';

/** The polar factor U_r V_r^T. */
export const POLAR: MatrixFunction = {
  compute: polarFactor,
  errorBound: (A, radius, format) => polarErrorBound(A, format, svd(A), radius),
};

/**
 * `steps` of Newton–Schulz from A / (||A||_F + epsilon).
 *
 * What a perturbation E of A, ||E||_F <= r, moves the start: with N = ||A||_F + epsilon and N' that of A + E,
 * ||(A + E)/N' - A/N||_F <= r/N' + ||A||_F |N - N'| / (N N') <= 2r/N' <= 2r/(N - r).
 */
export const orthogonalisation = (schedule: Schedule, steps: number, epsilon: number): MatrixFunction => ({
  compute: (A, arithmetic) => newtonSchulz(frobeniusNormalised(A, epsilon, arithmetic), schedule, steps, arithmetic),
  errorBound: (A, radius, format) => {
    // p(0) = 0 without any rounding
    if (radius === 0 && A.data.every((x) => x === 0)) return 0;
    const size = frobeniusUpperBound(A) + epsilon;
    // the upper bound of the norm is at most 2^-20 too large, relatively
    const least = size * (1 - 2 ** -20) - radius;
    if (!(least > 0)) return Number.POSITIVE_INFINITY;
    const X = frobeniusNormalised(A, epsilon);
    const start = normalisationError(A, X, epsilon, format) + (2 * radius) / least;
    return newtonSchulzErrorBound(X, schedule, steps, format, start);
  },
});
