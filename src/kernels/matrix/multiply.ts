import { type Matrix, transpose, zeros } from './matrix.ts';

/**
 * The product AB in double precision.
 *
 * c_ij = sum over k of a_ik b_kj, added in the order of k, so |computed - exact| <= gamma_k |A| |B| entrywise (Higham,
 * Accuracy and Stability of Numerical Algorithms, section 3.5), and the result is the same on every machine. Sixteen
 * sums are kept in registers at a time, which is several times as fast as a plain triple loop.
 * Any shape: an empty inner dimension gives zeros.
 * @throws TypeError unless columns(A) = rows(B).
 */
export function multiply(A: Matrix, B: Matrix): Matrix {
  if (A.columns !== B.rows) {
    throw new TypeError(
      `multiply: columns of the first = rows of the second, got ${A.rows}x${A.columns} and ${B.rows}x${B.columns}`,
    );
  }
  const C = zeros(A.rows, B.columns);
  const panels = Array.from({ length: Math.ceil(B.columns / 4) }, (_, block) => columnPanel(B, 4 * block));
  for (let first = 0; first < A.rows; first += ROWS) {
    for (const [block, panel] of panels.entries()) {
      multiplyPanel(A, panel, C, 4 * block, first, Math.min(first + ROWS, A.rows));
    }
  }
  return C;
}

/** Rows of A that meet every panel of B before the next ones do: a block that stays in the second-level cache. */
const ROWS = 32;

/** Columns j .. j + 3 of B, four to a row; zeros beyond the last. */
function columnPanel(B: Matrix, j: number): Float64Array {
  const panel = new Float64Array(4 * B.rows);
  const width = Math.min(4, B.columns - j);
  for (let k = 0; k < B.rows; k++) {
    for (let q = 0; q < width; q++) panel[4 * k + q] = B.data[k * B.columns + j + q] as number;
  }
  return panel;
}

/** XX^T: half the work of a product, exactly symmetric, entry for entry what `multiply(X, transpose(X))` gives. */
export function gram(X: Matrix): Matrix {
  const C = zeros(X.rows, X.rows);
  const columns = transpose(X);
  for (let j = 0; j < X.rows; j += 4) multiplyPanel(X, columnPanel(columns, j), C, j, j, X.rows);
  for (let i = 0; i < X.rows; i++) {
    for (let j = i + 1; j < X.rows; j++) C.data[i * X.rows + j] = C.data[j * X.rows + i] as number;
  }
  return C;
}

/** A^T A. */
export const gramOfColumns = (A: Matrix): Matrix => gram(transpose(A));

/** Rows first .. last - 1 of the columns of C that begin at j, from the panel of those columns of B. */
function multiplyPanel(A: Matrix, panel: Float64Array, C: Matrix, j: number, first: number, last: number): void {
  const width = Math.min(4, C.columns - j);
  const [a, inner] = [A.data, A.columns];
  let i = first;
  for (; i + 4 <= last; i += 4) {
    let s00 = 0;
    let s01 = 0;
    let s02 = 0;
    let s03 = 0;
    let s10 = 0;
    let s11 = 0;
    let s12 = 0;
    let s13 = 0;
    let s20 = 0;
    let s21 = 0;
    let s22 = 0;
    let s23 = 0;
    let s30 = 0;
    let s31 = 0;
    let s32 = 0;
    let s33 = 0;
    let p0 = i * inner;
    let p1 = p0 + inner;
    let p2 = p1 + inner;
    let p3 = p2 + inner;
    for (let p = 0; p < 4 * inner; p += 4) {
      const b0 = panel[p] as number;
      const b1 = panel[p + 1] as number;
      const b2 = panel[p + 2] as number;
      const b3 = panel[p + 3] as number;
      const a0 = a[p0++] as number;
      s00 += a0 * b0;
      s01 += a0 * b1;
      s02 += a0 * b2;
      s03 += a0 * b3;
      const a1 = a[p1++] as number;
      s10 += a1 * b0;
      s11 += a1 * b1;
      s12 += a1 * b2;
      s13 += a1 * b3;
      const a2 = a[p2++] as number;
      s20 += a2 * b0;
      s21 += a2 * b1;
      s22 += a2 * b2;
      s23 += a2 * b3;
      const a3 = a[p3++] as number;
      s30 += a3 * b0;
      s31 += a3 * b1;
      s32 += a3 * b2;
      s33 += a3 * b3;
    }
    const tile = [s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33];
    for (let r = 0; r < 4; r++) {
      for (let q = 0; q < width; q++) C.data[(i + r) * C.columns + j + q] = tile[4 * r + q] as number;
    }
  }
  for (; i < last; i++) {
    for (let q = 0; q < width; q++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += (a[i * inner + k] as number) * (panel[4 * k + q] as number);
      C.data[i * C.columns + j + q] = sum;
    }
  }
}
