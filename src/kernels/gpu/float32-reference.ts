/**
 * Float32 arithmetic in JavaScript: every operation rounded by Math.fround, in the order of the twins, which must agree bit for bit
 * where their backend is `bitExact`. Rounding a double + - * / or sqrt of float32 numbers equals one float32 rounding, because
 * 53 >= 2 * 24 + 2 (Figueroa, When is double rounding innocuous?, SIGNUM Newsletter 30(3), 1995).
 */
import { assertShape, type Float32Matrix, toFloat32, transposed } from './float32-matrix.ts';
import { type OddQuintic, stepCoefficients } from './step-coefficients.ts';

const f = Math.fround;

/** Sum of x(k) y(k) over k in order, from 0. */
function dot(length: number, x: (k: number) => number, y: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum = f(sum + f(x(k) * y(k)));
  return sum;
}

function filled(rows: number, columns: number, value: (i: number, j: number) => number): Float32Matrix {
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = value(i, j);
  return { rows, columns, data };
}

/** Reads an entry; the callers stay inside the shape. */
const reader =
  ({ columns, data }: Float32Matrix) =>
  (i: number, j: number) =>
    data[i * columns + j] ?? Number.NaN;

/** The reference of `multiply`. @throws TypeError unless columns of A = rows of B. */
export function multiplyFloat32(A: Float32Matrix, B: Float32Matrix): Float32Matrix {
  if (A.columns !== B.rows)
    throw new TypeError(`multiplyFloat32: columns of A = rows of B, got ${A.columns}, ${B.rows}`);
  const [a, b] = [reader(A), reader(B)];
  return filled(A.rows, B.columns, (i, j) =>
    dot(
      A.columns,
      (k) => a(i, k),
      (k) => b(k, j),
    ),
  );
}

/** The reference of `iterateOddPolynomial`. */
export function iterateOddPolynomialFloat32(
  X: Float32Matrix,
  coefficients: readonly OddQuintic[],
  steps: number = coefficients.length,
): Float32Matrix {
  assertShape(X, 'iterateOddPolynomialFloat32, X');
  const tall = X.rows > X.columns;
  let wide = tall ? transposed(X) : X;
  for (const [first, second, third] of stepCoefficients(coefficients, steps)) {
    const [a, b, c] = [f(first), f(second), f(third)];
    const x = reader(wide);
    const [{ rows, columns }] = [wide];
    const gram = reader(
      filled(rows, rows, (i, j) =>
        dot(
          columns,
          (k) => x(i, k),
          (k) => x(j, k),
        ),
      ),
    );
    const square = (i: number, j: number): number =>
      dot(
        rows,
        (k) => gram(i, k),
        (k) => gram(k, j),
      );
    const tail = reader(filled(rows, rows, (i, j) => f(f(b * gram(i, j)) + f(c * square(i, j)))));
    const update = (i: number, j: number): number =>
      dot(
        rows,
        (k) => tail(i, k),
        (k) => x(k, j),
      );
    wide = filled(rows, columns, (i, j) => f(f(a * x(i, j)) + update(i, j)));
  }
  return tall ? transposed(wide) : { ...wide, data: wide.data.slice() };
}

/** The reference of `mapScalars`. */
export function mapScalarsFloat32(
  values: Float32Array,
  coefficients: readonly (readonly number[])[],
  steps: number = coefficients.length,
): Float32Array {
  const rows = stepCoefficients(coefficients, steps).map((row) => toFloat32(row, 'mapScalarsFloat32'));
  return values.map((start) => {
    let x = start;
    for (const row of rows) {
      const square = f(x * x);
      x = f(row.reduceRight((value, next) => f(f(value * square) + next)) * x);
    }
    return x;
  });
}

const rowsOf = ({ rows, columns, data }: Float32Matrix): Float32Array[] =>
  Array.from({ length: rows }, (_, i) => data.subarray(i * columns, (i + 1) * columns));

/** The reference of `absoluteRowSums`. */
export const absoluteRowSumsFloat32 = (A: Float32Matrix): Float32Array =>
  Float32Array.from(rowsOf(A), (row) => row.reduce((sum, x) => f(sum + Math.abs(x)), 0));

/** The reference of `rowNorms`. */
export const rowNormsFloat32 = (A: Float32Matrix): Float32Array =>
  Float32Array.from(rowsOf(A), (row) => f(Math.sqrt(row.reduce((sum, x) => f(sum + f(x * x)), 0))));
