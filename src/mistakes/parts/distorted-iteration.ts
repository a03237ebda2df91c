import { type Arithmetic, FLOAT64, type FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { type Coefficients, coefficientsAt, type Schedule } from '../../kernels/matrix/coefficient-sets.ts';
import { frobeniusUpperBound } from '../../kernels/matrix/euclidean-norm.ts';
import { entrywise, type Matrix, map, transpose } from '../../kernels/matrix/matrix.ts';
import { localError } from '../../kernels/matrix/newton-schulz-error.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import type { MatrixFunction } from '../../kernels/numbers/numbers.ts';
import { gamma, UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { divided, type InitialSize, startingError } from './initial-size.ts';

/**
 * What goes wrong inside a step X <- a X + (b A + c A²) X: A is X^T X, the Gram matrix of the columns, which only fits where X is
 * square; or A² is the entrywise square. Neither maps the singular values one by one, so there is no shorter way than to iterate.
 */
export type Distortion = 'gram-of-columns' | 'entrywise-square';

/**
 * `steps` of the distorted iteration from A / size(A), tall matrices transposed as in the definition.
 *
 * Bound, with s >= ||X||_2 over all iterates in question: a product of k factors X moves by at most k s^(k-1) ||X - Y||_F, and so
 * does (A ∘ A) X, k = 5, since || |A| ∘ D ||_F <= s² ||D||_F and ||A ∘ A||_2 <= s^4 (Schur), A being a Gram matrix; hence
 * L = |a| + 3 |b| s² + 5 |c| s^4. The local error is that of Newton–Schulz (`localError`). The iterates are followed in
 * double precision, with the same bound for how far they are from the exact ones.
 */
export const distortedIteration = (
  distortion: Distortion,
  size: InitialSize,
  schedule: Schedule,
  steps: number,
): MatrixFunction => ({
  compute: (A, arithmetic) => {
    const tall = A.rows > A.columns;
    let X = divided(tall ? transpose(A) : A, size, arithmetic);
    for (let k = 0; k < steps; k++) X = step(distortion, X, coefficientsAt(schedule, k), arithmetic);
    return tall ? transpose(X) : X;
  },
  errorBound: (A, radius, format) => {
    let X = divided(A.rows > A.columns ? transpose(A) : A, size, FLOAT64);
    let own = startingError(A, size, 0, 'float64');
    let error = startingError(A, size, radius, format);
    if (error === 0) return 0;
    for (let k = 0; k < steps; k++) {
      if (!Number.isFinite(error)) return Number.POSITIVE_INFINITY;
      const triple = coefficientsAt(schedule, k);
      const { values, valuesError } = svd(X);
      const s = (values[0] ?? 0) + valuesError + own + error;
      const f = frobeniusUpperBound(X) + own + error;
      own = grown(X, triple, s, f, 'float64', own);
      error = grown(X, triple, s, f, format, error);
      X = step(distortion, X, triple, FLOAT64);
    }
    // an error of the size of the result says nothing
    return error < frobeniusUpperBound(X) ? error : Number.POSITIVE_INFINITY;
  },
});

/** The error after a step; the last factor is for the bound's own roundings. */
function grown(X: Matrix, triple: Coefficients, s: number, f: number, format: FloatFormat, error: number): number {
  const [a, b, c] = triple.map(Math.abs) as [number, number, number];
  const slope = a + 3 * b * s ** 2 + 5 * c * s ** 4;
  return (slope * error + localError(X, triple, s, f, format)) * (1 + gamma(64, UNIT_ROUNDOFF.float64));
}

function step(distortion: Distortion, X: Matrix, triple: Coefficients, { round, multiply, gram }: Arithmetic): Matrix {
  const [a, b, c] = triple.map(round) as [number, number, number];
  const columns = distortion === 'gram-of-columns' && X.rows === X.columns;
  const A = gram(columns ? transpose(X) : X);
  const square = distortion === 'entrywise-square' ? map(A, (x) => round(x * x)) : multiply(A, A);
  const B = entrywise('distortedIteration', A, square, (x, y) => round(round(b * x) + round(c * y)));
  return entrywise('distortedIteration', X, multiply(B, X), (x, y) => round(round(a * x) + y));
}
