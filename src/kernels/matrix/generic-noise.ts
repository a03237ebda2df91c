import type { Matrix } from './matrix.ts';

/**
 * The rounds of cancellation that the range of doubles holds: each divides what is left by 2^53, and entries down to 2^-256
 * (`NEGLIGIBLE`) reach the subnormal numbers after (1022 - 256) / 53 of them.
 */
const ROUNDS = 14;

/** A pivot below this part of the largest entry is rounding error. */
const NOISE = 2 ** -40;

/**
 * A (its largest entry in [1, 2)), or where its rank is lower than its size by more than 14, A with every entry moved by
 * 2^-52 or by one unit in its last place: no singular value moves by more than 2^-52 (||A||_F + sqrt(rows columns)),
 * which the residual measures.
 *
 * The bidiagonalisation leaves the rounding error of what has cancelled. Where that has low rank again (a matrix of equal
 * entries), round after round cancels, until the iteration works on subnormal numbers and never ends (ml-matrix 6.15.1 on
 * the 64 × 64 matrix of ones). Moved entries leave an error of full rank.
 */
export const withGenericNoise = (A: Matrix): Matrix =>
  Math.min(A.rows, A.columns) - pivots(A) > ROUNDS ? { ...A, data: A.data.map(moved) } : A;

/** Up or down by a hash of the place (the finaliser of MurmurHash3, A. Appleby). */
function moved(x: number, place: number): number {
  let h = Math.imul(place ^ (place >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  const unit = ((h ^ (h >>> 16)) & 1) === 1 ? 2 ** -52 : -(2 ** -52);
  return x + unit * Math.max(Math.abs(x), 1);
}

/** The number of steps of elimination with complete pivoting before the pivots are rounding errors. */
function pivots(A: Matrix): number {
  const { rows, columns } = A;
  const B = Float64Array.from(A.data);
  const [freeRows, freeColumns] = [new Set(Array(rows).keys()), new Set(Array(columns).keys())];
  let first = 0;
  for (let step = 0; ; step++) {
    let [most, r, c] = [0, -1, -1];
    for (const i of freeRows) {
      for (const j of freeColumns) {
        const size = Math.abs(B[i * columns + j] as number);
        if (size > most) [most, r, c] = [size, i, j];
      }
    }
    if (step === 0) first = most;
    if (most <= NOISE * first) return step;
    freeRows.delete(r);
    freeColumns.delete(c);
    for (const i of freeRows) {
      const factor = (B[i * columns + c] as number) / (B[r * columns + c] as number);
      if (factor === 0) continue;
      for (const j of freeColumns)
        B[i * columns + j] = (B[i * columns + j] as number) - factor * (B[r * columns + j] as number);
    }
  }
}
