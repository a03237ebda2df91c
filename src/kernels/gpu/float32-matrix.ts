import type { Matrix } from '../matrix/matrix.ts';

/** A dense float32 matrix, row-major, as the twins take and return it. */
export interface Float32Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/**
 * The entries rounded to float32.
 * @throws RangeError where a finite entry rounds to an infinity.
 */
export function toFloat32(values: ArrayLike<number>, name = 'toFloat32'): Float32Array {
  const rounded = Float32Array.from(values);
  const at = rounded.findIndex((x) => !Number.isFinite(x));
  if (at >= 0) throw new RangeError(`${name}: entries in the range of float32, got ${values[at]} at ${at}`);
  return rounded;
}

/** A matrix rounded to float32. @throws RangeError where an entry leaves its range. */
export const toFloat32Matrix = ({ rows, columns, data }: Matrix): Float32Matrix => ({
  rows,
  columns,
  data: toFloat32(data, 'toFloat32Matrix'),
});

/** The same numbers as doubles. */
export const toFloat64Matrix = ({ rows, columns, data }: Float32Matrix): Matrix => ({
  rows,
  columns,
  data: Float64Array.from(data),
});

/** The transposed matrix; no arithmetic, so it needs no twin. */
export function transposed({ rows, columns, data }: Float32Matrix): Float32Matrix {
  const result = new Float32Array(data.length);
  for (const [at, x] of data.entries()) result[(at % columns) * rows + Math.floor(at / columns)] = x;
  return { rows: columns, columns: rows, data: result };
}

/** @throws TypeError unless the data fill the shape, RangeError unless rows and columns are integers >= 0. */
export function assertShape(A: Float32Matrix, name: string): void {
  if (!(Number.isInteger(A.rows) && Number.isInteger(A.columns) && A.rows >= 0 && A.columns >= 0)) {
    throw new RangeError(`${name}: rows and columns integers >= 0, got ${A.rows}x${A.columns}`);
  }
  if (!(A.data instanceof Float32Array))
    throw new TypeError(`${name}: entries in a Float32Array, got ${typeof A.data}`);
  if (A.data.length !== A.rows * A.columns) {
    throw new TypeError(`${name}: ${A.rows * A.columns} entries for ${A.rows}x${A.columns}, got ${A.data.length}`);
  }
}
