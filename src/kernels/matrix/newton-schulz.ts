import { type Arithmetic, FLOAT64 } from './arithmetic.ts';
import { type Coefficients, coefficientsAt, type Schedule } from './coefficient-sets.ts';
import { euclideanNorm } from './euclidean-norm.ts';
import { entrywise, type Matrix, map, maxAbsolute, transpose } from './matrix.ts';
import { binaryExponent, timesPowerOfTwo } from './power-of-two.ts';

/**
 * `steps` times X <- a X + (b A + c A^2) X with A = X X^T, one triple a step, the last one repeated.
 *
 * On X = U S V^T this is U p_K(... p_1(S)) V^T. A tall X is transposed first (an odd map commutes with transposition), so
 * that A has the shorter side. Any shape; 0 goes to 0. Error bound: `newtonSchulzErrorBound`.
 * @throws RangeError unless steps is an integer >= 0 and the schedule has a triple, and where an iterate overflows.
 */
export function newtonSchulz(X: Matrix, schedule: Schedule, steps: number, arithmetic: Arithmetic = FLOAT64): Matrix {
  if (!Number.isInteger(steps) || steps < 0) {
    throw new RangeError(`newtonSchulz: steps an integer >= 0, got ${steps}`);
  }
  const tall = X.rows > X.columns;
  let iterate = map(tall ? transpose(X) : X, arithmetic.round);
  requireFinite(iterate, 0);
  for (let k = 0; k < steps; k++) {
    iterate = step(iterate, coefficientsAt(schedule, k), arithmetic);
    requireFinite(iterate, k + 1);
  }
  return tall ? transpose(iterate) : iterate;
}

function requireFinite(X: Matrix, k: number): void {
  if (X.data.every(Number.isFinite)) return;
  throw new RangeError(`newtonSchulz: finite iterates, got overflow ${k === 0 ? 'in the input' : `in step ${k}`}`);
}

function step(X: Matrix, coefficients: Coefficients, { round, multiply, gram }: Arithmetic): Matrix {
  const [a, b, c] = coefficients.map(round) as [number, number, number];
  const A = gram(X);
  const B =
    c === 0
      ? map(A, (x) => round(b * x))
      : entrywise('newtonSchulz', A, multiply(A, A), (x, y) => round(round(b * x) + round(c * y)));
  return entrywise('newtonSchulz', X, multiply(B, X), (x, y) => round(round(a * x) + y));
}

/**
 * G / (||G||_F + epsilon), and 0 for 0/0.
 *
 * Both are scaled by one power of two first, which is exact, so that neither the norm nor the quotient leaves the range.
 * Relative error of every entry: below gamma_(k+6) for k entries (`normalisationError`).
 * @throws RangeError unless epsilon >= 0 is finite.
 */
export function frobeniusNormalised(G: Matrix, epsilon: number, arithmetic: Arithmetic = FLOAT64): Matrix {
  if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
    throw new RangeError(`frobeniusNormalised: epsilon >= 0 and finite, got ${epsilon}`);
  }
  const { round, roundSum } = arithmetic;
  const rounded = map(G, round);
  const largest = Math.max(maxAbsolute(rounded), round(epsilon));
  if (largest === 0) return rounded;
  const exponent = binaryExponent(largest);
  const scaled = map(rounded, (x) => round(timesPowerOfTwo(x, -exponent)));
  const norm = round(euclideanNorm(scaled.data, roundSum));
  const size = round(norm + round(timesPowerOfTwo(round(epsilon), -exponent)));
  return map(scaled, (x) => round(x / size));
}
