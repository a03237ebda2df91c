import { euclideanNorm } from '../matrix/euclidean-norm.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { gram, multiply } from '../matrix/multiply.ts';
import type { ArrayBackend } from './backend.ts';
import { deviceGamma, underflowLoss } from './error-bounds.ts';
import { type Float32Matrix, toFloat64Matrix, transposed } from './float32-matrix.ts';
import { type OddQuintic, stepCoefficients } from './step-coefficients.ts';

const mapped = (A: Matrix, map: (x: number, at: number) => number): Matrix => ({ ...A, data: A.data.map(map) });

/** a X + b X X^T X + c (X X^T)^2 X in double precision. */
function step(X: Matrix, [a, b, c]: OddQuintic): Matrix {
  const A = gram(X);
  const square = multiply(A, A);
  const tail = multiply(
    mapped(A, (x, at) => b * x + c * (square.data[at] ?? Number.NaN)),
    X,
  );
  return mapped(X, (x, at) => a * x + (tail.data[at] ?? Number.NaN));
}

/** Squarings of the Gram matrix in `spectralNormAbove`: the bound exceeds the norm by at most a factor rows^(1/64). */
const SQUARINGS = 4;

/** A number >= |X|_2, up to the rounding of doubles: |A|_2 = |A^16|_2^(1/16) <= |A^16|_F^(1/16) for A = X X^T. */
function spectralNormAbove(X: Matrix): number {
  let [A, logarithm, weight] = [gram(X), 0, 1 / 2];
  for (let k = 0; k < SQUARINGS; k++) {
    const size = euclideanNorm(A.data);
    if (size === 0) return 0;
    logarithm += weight * Math.log(size);
    const unit = mapped(A, (x) => x / size);
    A = multiply(unit, unit);
    weight /= 2;
  }
  return Math.exp(logarithm + weight * Math.log(euclideanNorm(A.data)));
}

/** max |p'| over [0, s]: p'(x) = a + 3 b q + 5 c q^2 is a parabola in q = x^2. */
function steepest([a, b, c]: OddQuintic, s: number): number {
  const slope = (q: number): number => Math.abs(a + 3 * b * q + 5 * c * q * q);
  const vertex = (-3 * b) / (10 * c);
  const inside = vertex > 0 && vertex < s * s;
  return Math.max(slope(0), slope(s * s), inside ? slope(vertex) : 0);
}

/**
 * A bound on |computed - exact|_F of `iterateOddPolynomial` along the exact iterates X_k (in double precision):
 *
 * e_0 = 0, e_{k+1} = L e_k + gamma_K |M(|X_k| + E)|_F, where M has the absolute values of coefficients and entries, |E|_F <= e_k,
 * K = 2 rows + 2 columns + 4 counts the roundings of the three products (Higham, Accuracy and Stability, (3.13)), and
 * L = max |p'| on [0, |X_k|_2 + e_k]: on the symmetric matrix [[0, X], [X^T, 0]] the step is the matrix function p, whose derivative
 * in the Frobenius norm is its largest divided difference (Higham, Functions of Matrices, corollary 3.16), at most max |p'|.
 */
export function iterateOddPolynomialErrorBound(
  backend: ArrayBackend,
  X: Float32Matrix,
  coefficients: readonly OddQuintic[],
  steps: number = coefficients.length,
): number {
  let exact = toFloat64Matrix(X.rows <= X.columns ? X : transposed(X));
  const roundings = 2 * (X.rows + X.columns) + 4;
  let error = 0;
  for (const [first, second, third] of stepCoefficients(coefficients, steps)) {
    const row: OddQuintic = [Math.fround(first), Math.fround(second), Math.fround(third)];
    const [a, b, c] = [Math.abs(row[0]), Math.abs(row[1]), Math.abs(row[2])];
    const reach = euclideanNorm(exact.data) + error;
    const majorant = euclideanNorm(step(mapped(exact, Math.abs), [a, b, c]).data);
    const spread = error * (a + 3 * b * reach ** 2 + 5 * c * reach ** 4);
    const lost = underflowLoss(roundings) * X.rows * X.columns * (1 + (a + b + c) * (1 + reach) ** 4);
    const slope = steepest(row, spectralNormAbove(exact) + error);
    error = slope * error + deviceGamma(backend, roundings) * (majorant + spread) + lost;
    exact = step(exact, row);
  }
  return error;
}
