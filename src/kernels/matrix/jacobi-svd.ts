import type { Arithmetic } from './arithmetic.ts';
import { euclideanNorm } from './euclidean-norm.ts';
import { identity, type Matrix, row, transpose, zeros } from './matrix.ts';
import { timesPowerOfTwo } from './power-of-two.ts';
import { scaledToOne } from './scaling.ts';

/** Quadratic convergence needs six to ten sweeps; a run that takes sixty will not end. */
const SWEEPS = 60;

/** U (rows × p; the columns of zero values are zero), the values descending, V (columns × p). */
export interface JacobiSvd {
  readonly left: Matrix;
  readonly values: readonly number[];
  readonly right: Matrix;
}

/**
 * The singular value decomposition by one-sided Jacobi rotations, every operation rounded to the given arithmetic.
 *
 * Columns p < q are rotated until all are orthogonal to the working precision; their norms are the singular values
 * (Hestenes 1958; Demmel and Veselić, SIAM J. Matrix Anal. Appl. 13, 1992: as accurate as any, and more so for graded
 * columns). A column below u times the largest counts as 0 in the stopping test, which is a backward error of u ||A||.
 * Independent of ml-matrix, and the one that exists in single precision.
 * @throws RangeError on a NaN or an infinity, and where sixty sweeps do not suffice.
 */
export function jacobiSvd(A: Matrix, arithmetic: Arithmetic): JacobiSvd {
  const { round, unitRoundoff } = arithmetic;
  const { matrix, exponent } = scaledToOne('jacobiSvd', A);
  const wide = A.rows < A.columns;
  // a row of W is a column of the tall matrix, so that the loops run along memory
  const tall = wide ? matrix : transpose(matrix);
  const W = { ...tall, data: tall.data.map(round) };
  const V = identity(W.rows);
  orthogonalise(W, V, round, unitRoundoff);
  const norms = Array.from({ length: W.rows }, (_, j) => euclideanNorm(row(W, j), round));
  const order = norms.map((_, j) => j).sort((i, j) => (norms[j] ?? 0) - (norms[i] ?? 0));
  const U = zeros(W.rows, W.columns);
  const right = zeros(W.rows, W.rows);
  for (const [k, j] of order.entries()) {
    const norm = norms[j] ?? 0;
    if (norm > 0)
      U.data.set(
        row(W, j).map((x) => round(x / norm)),
        k * W.columns,
      );
    right.data.set(row(V, j), k * W.rows);
  }
  const values = order.map((j) => round(timesPowerOfTwo(norms[j] ?? 0, exponent)));
  const [short, long] = [transpose(U), transpose(right)];
  return wide ? { left: long, values, right: short } : { left: short, values, right: long };
}

/** Rotates rows of W, and those of V alike, until the rows of W are orthogonal. */
function orthogonalise(W: Matrix, V: Matrix, round: (x: number) => number, u: number): void {
  const tolerance = Math.max(W.columns, 2) * u;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotations = 0;
    let largest = 0;
    for (let j = 0; j < W.rows; j++) largest = Math.max(largest, dot(row(W, j), row(W, j), round));
    for (let p = 0; p < W.rows; p++) {
      for (let q = p + 1; q < W.rows; q++) {
        const [a, b] = [row(W, p), row(W, q)];
        const [alpha, beta, g] = [dot(a, a, round), dot(b, b, round), dot(a, b, round)];
        const negligible = Math.min(alpha, beta) <= u * u * largest;
        if (negligible || Math.abs(g) <= tolerance * Math.sqrt(alpha) * Math.sqrt(beta)) continue;
        rotations++;
        const zeta = round(round(beta - alpha) / round(2 * g));
        const root = round(Math.sqrt(round(1 + round(zeta * zeta))));
        const tangent = round((zeta < 0 ? -1 : 1) / round(Math.abs(zeta) + root));
        const cosine = round(1 / round(Math.sqrt(round(1 + round(tangent * tangent)))));
        const sine = round(cosine * tangent);
        rotate(a, b, cosine, sine, round);
        rotate(row(V, p), row(V, q), cosine, sine, round);
      }
    }
    if (rotations === 0) return;
  }
  throw new RangeError(`jacobiSvd: orthogonal columns within ${SWEEPS} sweeps, got ${W.columns}x${W.rows} without`);
}

function dot(a: Float64Array, b: Float64Array, round: (x: number) => number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum = round(sum + round((a[i] as number) * (b[i] as number)));
  return sum;
}

/** (a, b) <- (c a - s b, s a + c b). */
function rotate(a: Float64Array, b: Float64Array, c: number, s: number, round: (x: number) => number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    a[i] = round(round(c * x) - round(s * y));
    b[i] = round(round(s * x) + round(c * y));
  }
}
