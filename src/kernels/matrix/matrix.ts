/** A dense real matrix, row-major: entry (i, j) is data[i * columns + j]. 0×n and n×0 are legal. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

const size = (count: number, name: string): number => {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`zeros: ${name} an integer >= 0, got ${count}`);
  return count;
};

/** The rows × columns matrix of zeros. @throws RangeError on a size that is no integer >= 0. */
export function zeros(rows: number, columns: number): Matrix {
  return { rows: size(rows, 'rows'), columns: size(columns, 'columns'), data: new Float64Array(rows * columns) };
}

/** The leading columns of the identity: ones at (i, i). */
export function identity(rows: number, columns: number = rows): Matrix {
  const result = zeros(rows, columns);
  for (let i = 0; i < Math.min(rows, columns); i++) result.data[i * columns + i] = 1;
  return result;
}

/**
 * The matrix of an array of rows; `[]` is 0×0, `[[], []]` is 2×0.
 * @throws TypeError where the rows differ in length, RangeError on a NaN or an infinity.
 */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const result = zeros(rows.length, columns);
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new TypeError(`fromRows: rows of one length, got ${columns} and ${row.length} (row ${i})`);
    }
    for (const [j, x] of row.entries()) {
      if (!Number.isFinite(x)) throw new RangeError(`fromRows: finite entries, got ${x} at (${i}, ${j})`);
      result.data[i * columns + j] = x;
    }
  }
  return result;
}

/** The array of rows of a matrix; -0 becomes 0, since JSON knows one zero. */
export function toRows(A: Matrix): number[][] {
  return Array.from({ length: A.rows }, (_, i) => Array.from(row(A, i), (x) => x + 0));
}

/** Row i, as a view. @throws RangeError outside the matrix. */
export function row(A: Matrix, i: number): Float64Array {
  if (!(Number.isInteger(i) && i >= 0 && i < A.rows)) throw new RangeError(`row: 0 <= i < ${A.rows}, got ${i}`);
  return A.data.subarray(i * A.columns, (i + 1) * A.columns);
}

/** Entry (i, j). @throws RangeError outside the matrix. */
export function entry(A: Matrix, i: number, j: number): number {
  const x = row(A, i)[j];
  if (x === undefined) throw new RangeError(`entry: 0 <= j < ${A.columns}, got ${j}`);
  return x;
}

export function transpose(A: Matrix): Matrix {
  const result = zeros(A.columns, A.rows);
  for (let i = 0; i < A.rows; i++) {
    // an index inside the matrix is never undefined
    for (let j = 0; j < A.columns; j++) result.data[j * A.rows + i] = A.data[i * A.columns + j] as number;
  }
  return result;
}

/** f applied to every entry. */
export function map(A: Matrix, f: (x: number) => number): Matrix {
  return { rows: A.rows, columns: A.columns, data: A.data.map((x) => f(x)) };
}

export const scale = (A: Matrix, factor: number): Matrix => map(A, (x) => factor * x);

export const add = (A: Matrix, B: Matrix): Matrix => entrywise('add', A, B, (a, b) => a + b);

export const subtract = (A: Matrix, B: Matrix): Matrix => entrywise('subtract', A, B, (a, b) => a - b);

/** f(a_ij, b_ij) for every entry. @throws TypeError where the shapes differ; `caller` names the function at fault. */
export function entrywise(caller: string, A: Matrix, B: Matrix, f: (a: number, b: number) => number): Matrix {
  if (A.rows !== B.rows || A.columns !== B.columns) {
    throw new TypeError(`${caller}: equal shapes, got ${A.rows}x${A.columns} and ${B.rows}x${B.columns}`);
  }
  return { rows: A.rows, columns: A.columns, data: A.data.map((a, k) => f(a, B.data[k] as number)) };
}

/** The leading `count` columns. @throws RangeError unless 0 <= count <= columns. */
export function leadingColumns(A: Matrix, count: number): Matrix {
  if (!(Number.isInteger(count) && count >= 0 && count <= A.columns)) {
    throw new RangeError(`leadingColumns: 0 <= count <= ${A.columns}, got ${count}`);
  }
  const result = zeros(A.rows, count);
  for (let i = 0; i < A.rows; i++) result.data.set(row(A, i).subarray(0, count), i * count);
  return result;
}

/** The largest absolute value of an entry, 0 for an empty matrix. */
export function maxAbsolute(A: Matrix): number {
  let most = 0;
  for (const x of A.data) most = Math.max(most, Math.abs(x));
  return most;
}

/** <A, B> = sum of a_ij b_ij. @throws TypeError where the shapes differ. */
export const innerProduct = (A: Matrix, B: Matrix): number =>
  entrywise('innerProduct', A, B, (a, b) => a * b).data.reduce((sum, x) => sum + x, 0);
