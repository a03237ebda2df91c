import { UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { type Matrix, transpose, zeros } from './matrix.ts';
import { gram, multiply } from './multiply.ts';

/** The formats for which error bounds are derived. */
export type FloatFormat = keyof typeof UNIT_ROUNDOFF;

/** The arithmetic in which a kernel works: every operation is rounded by `round`, so that one text serves every format. */
export interface Arithmetic {
  readonly format: FloatFormat;
  readonly unitRoundoff: number;
  round(x: number): number;
  /** The rounding inside a sum of products, which may be finer than that of its result. */
  roundSum(x: number): number;
  /** AB, each sum in the order of the inner index. */
  multiply(A: Matrix, B: Matrix): Matrix;
  /** XX^T, likewise. */
  gram(X: Matrix): Matrix;
}

/** IEEE double precision: what JavaScript does by itself. */
export const FLOAT64: Arithmetic = {
  format: 'float64',
  unitRoundoff: UNIT_ROUNDOFF.float64,
  round: (x) => x,
  roundSum: (x) => x,
  multiply,
  gram,
};

/**
 * IEEE single precision: the double-precision result of one operation on singles, rounded by Math.fround, is the
 * correctly rounded single for + - * / and sqrt (Figueroa 1995: 53 >= 2·24 + 2).
 */
export const FLOAT32: Arithmetic = {
  format: 'float32',
  unitRoundoff: UNIT_ROUNDOFF.float32,
  round: Math.fround,
  roundSum: Math.fround,
  multiply: multiplySingle,
  gram: (X) => multiplySingle(X, transpose(X)),
};

function multiplySingle(A: Matrix, B: Matrix): Matrix {
  if (A.columns !== B.rows) {
    throw new TypeError(
      `multiply: columns of the first = rows of the second, got ${A.rows}x${A.columns} and ${B.rows}x${B.columns}`,
    );
  }
  const C = zeros(A.rows, B.columns);
  const [b, n] = [Float32Array.from(B.data), B.columns];
  const sums = new Float32Array(n);
  for (let i = 0; i < A.rows; i++) {
    sums.fill(0);
    for (let k = 0; k < B.rows; k++) {
      const a = Math.fround(A.data[i * A.columns + k] as number);
      for (let j = 0; j < n; j++) {
        sums[j] = Math.fround((sums[j] as number) + Math.fround(a * (b[k * n + j] as number)));
      }
    }
    C.data.set(sums, i * n);
  }
  return C;
}
