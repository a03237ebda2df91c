import { gamma, LARGEST_FINITE, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { compose, sumError } from './accumulation.ts';
import type { FloatFormat } from './arithmetic.ts';
import { type Coefficients, coefficientsAt, type Schedule } from './coefficient-sets.ts';
import { euclideanNorm, frobeniusUpperBound } from './euclidean-norm.ts';
import type { Matrix } from './matrix.ts';
import { isRepresentable } from './representable.ts';
import { svd } from './svd.ts';

/**
 * A bound on ||X' - X||_F for X = G / (||G||_F + epsilon) and X' computed in the format: rounding G and epsilon, the sum of
 * squares, root, sum and quotient, the denominator a sum of numbers >= 0, so that relative errors only add up.
 */
export function normalisationError(G: Matrix, X: Matrix, epsilon: number, format: FloatFormat): number {
  const size = frobeniusUpperBound(G);
  if (size === 0) return 0;
  const relative = compose(sumError(G.data.length, format), gamma(6, UNIT_ROUNDOFF[format]));
  // an entry below the normal range is rounded by up to the smallest normal number, before and after the division
  const underflow = Math.sqrt(G.data.length) * SMALLEST_NORMAL[format] * (1 + 2 / (size + epsilon));
  return relative * frobeniusUpperBound(X) + underflow;
}

/**
 * A bound on ||X'_K - X_K||_F, hence on every entry, for K steps of Newton–Schulz computed in the format from an X'_0 with
 * ||X'_0 - X_0||_F <= start, where X_0, ..., X_K are the exact iterates and the coefficients too are rounded to the format.
 * X, from which the bound is computed, may itself be up to `start` from X_0.
 *
 * Lemma: for odd p, ||p(X) - p(Y)||_F <= L ||X - Y||_F with L = max |p'| on [0, max(||X||_2, ||Y||_2)]. Proof: the symmetric
 * dilation of X, [[0, X], [X^T, 0]], goes to that of p(X) under p; for symmetric H, K with eigenbases U, W,
 * U^T (p(H) - p(K)) W has the entries (p(l_i) - p(m_j)) (U^T W)_ij and U^T (H - K) W the entries (l_i - m_j) (U^T W)_ij; the
 * mean value theorem compares them one by one, and both dilations carry the same factor sqrt 2.
 *
 * Local error of one step on computed X with ||X||_2 <= s, ||X||_F <= f; N = max(rows, columns), so that either orientation is
 * covered; g(k) the error of a sum of k products, t(k) = gamma_k(u) (both Higham, Accuracy and Stability, section 3.5):
 *   A = X X^T:        ||A' - A||_F    <= d1 = g(N) f^2                  since || |X| |X|^T ||_F <= f^2
 *   C = A' A':        ||C' - C||_F    <= d2 = g(N) (s f + d1)^2         since ||A||_F <= s f
 *                     ||C' - A^2||_F  <= d2 + 2 s^2 d1 + d1^2           (A' = A + D, ||D||_F <= d1, ||A||_2 <= s^2)
 *                     ||C'||_F        <= q = s^3 f + that
 *   B = b A' + c C':  ||B' - B||_F    <= d3 = t(3) (|b| (s f + d1) + |c| q)     (coefficient, product, sum)
 *                     ||B'||_F        <= r = |b| (s f + d1) + |c| q + d3
 *   a X + B' X:       error           <= d4 = t(3) |a| f + (g(N) + t(1) + g(N) t(1)) r f
 *   in all            ||X' - p(X)||_F <= s (|b| d1 + |c| (d2 + 2 s^2 d1 + d1^2) + d3) + d4,
 * and e_(k+1) = L_k e_k + that, with s and f those of the exact iterate plus e_k. Underflow adds at most the smallest normal
 * number an operation. The singular values of the exact iterates are p_k(... p_1(sigma_i)); they are followed in double
 * precision with a radius of their own. Infinity where the bound or an iterate leaves the range of the format.
 */
export function newtonSchulzErrorBound(
  X: Matrix,
  schedule: Schedule,
  steps: number,
  format: FloatFormat,
  start: number,
): number {
  const { values, valuesError } = svd(X);
  if (values.length === 0) return 0;
  let orbit: readonly number[] = values;
  let radius = valuesError + start;
  let error = start;
  for (let k = 0; k < steps; k++) {
    const triple = coefficientsAt(schedule, k);
    const s = Math.max(...orbit.map(Math.abs)) + radius;
    const f =
      euclideanNorm(orbit) * (1 + gamma(values.length + 4, UNIT_ROUNDOFF.float64)) + radius * Math.sqrt(values.length);
    error = slope(triple, s + error) * error + localError(X, triple, s + error, f + error, format);
    radius = slope(triple, s) * radius + gamma(8, UNIT_ROUNDOFF.float64) * magnitude(triple, s) + Number.MIN_VALUE;
    orbit = orbit.map((x) => value(triple, x));
    if (!(error < LARGEST_FINITE[format] / 2)) return Number.POSITIVE_INFINITY;
  }
  // the bound itself was computed in double precision: some forty roundings a step
  return error * (1 + gamma(64 * (steps + 1), UNIT_ROUNDOFF.float64));
}

const value = ([a, b, c]: Coefficients, x: number): number => x * (a + x * x * (b + x * x * c));

const magnitude = ([a, b, c]: Coefficients, x: number): number =>
  x * (Math.abs(a) + x * x * (Math.abs(b) + x * x * Math.abs(c)));

/** max |p'| on [0, end]: p' = a + 3 b y + 5 c y^2 in y = x^2 is extremal at an end or at y = -3b / (10c). */
function slope([a, b, c]: Coefficients, end: number): number {
  const inner = c === 0 ? 0 : (-3 * b) / (10 * c);
  const places = [0, end * end, ...(inner > 0 && inner < end * end ? [inner] : [])];
  return Math.max(
    ...places.map((y) => {
      const rounding = gamma(8, UNIT_ROUNDOFF.float64) * (Math.abs(a) + 3 * Math.abs(b) * y + 5 * Math.abs(c) * y * y);
      return Math.abs(a + 3 * b * y + 5 * c * y * y) + rounding;
    }),
  );
}

/**
 * The error of one step on X with ||X||_2 <= s, ||X||_F <= f, as derived above: it holds for every order and side of the products,
 * and for every product whose entries are sums of no more terms.
 */
export function localError(X: Matrix, [a, b, c]: Coefficients, s: number, f: number, format: FloatFormat): number {
  const N = Math.max(X.rows, X.columns);
  const [product, rounding] = [sumError(N, format), gamma(3, UNIT_ROUNDOFF[format])];
  const tiny = SMALLEST_NORMAL[format];
  const d1 = product * f * f + N * N * tiny;
  const d2 = product * (s * f + d1) ** 2 + N * N * tiny;
  const square = d2 + 2 * s * s * d1 + d1 * d1;
  const [first, second] = [s * f + d1, s ** 3 * f + square];
  const size = Math.abs(b) * first + Math.abs(c) * second;
  const d3 = rounding * size + tiny * (3 * N + first + second);
  const last = compose(product, UNIT_ROUNDOFF[format]);
  const d4 = rounding * Math.abs(a) * f + last * (size + d3) * f + tiny * (2 * N * N + f);
  // no intermediate matrix may leave the range either
  const largest = Math.max(first, second, Math.abs(a) * f + (size + d3) * f, Math.abs(a), Math.abs(b), Math.abs(c));
  if (!(largest < LARGEST_FINITE[format] / 2)) return Number.POSITIVE_INFINITY;
  return s * (Math.abs(b) * d1 + Math.abs(c) * square + d3) + d4;
}

/** A bound on the Frobenius norm of what rounding G to the format changes; 0 where its entries are numbers of the format. */
export const roundingError = (G: Matrix, format: FloatFormat): number =>
  G.data.every((x) => isRepresentable(x, format))
    ? 0
    : UNIT_ROUNDOFF[format] * frobeniusUpperBound(G) + Math.sqrt(G.data.length) * SMALLEST_NORMAL[format];
