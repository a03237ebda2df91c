import type { ArrayBackend } from './backend.ts';
import { assertShape, type Float32Matrix, transposed } from './float32-matrix.ts';
import type { KernelFunction, KernelThis } from './gpujs.ts';

function rowSumKernel(this: KernelThis<'columns'>, A: number[][]): number {
  let sum = 0;
  for (let j = 0; j < this.constants.columns; j++) {
    sum += Math.abs(A[this.thread.x]![j]!);
  }
  return sum;
}

function rowNormKernel(this: KernelThis<'columns'>, A: number[][]): number {
  let sum = 0;
  for (let j = 0; j < this.constants.columns; j++) {
    sum += A[this.thread.x]![j]! * A[this.thread.x]![j]!;
  }
  return Math.sqrt(sum);
}

/** Largest |a_ij| of the row, its column (the lowest of several), its sign, unused. */
function rowMaximumKernel(this: KernelThis<'columns'>, A: number[][]): number[] {
  let largest = Math.abs(A[this.thread.x]![0]!);
  let column = 0;
  for (let j = 1; j < this.constants.columns; j++) {
    const size = Math.abs(A[this.thread.x]![j]!);
    if (size > largest) {
      largest = size;
      column = j;
    }
  }
  const entry = A[this.thread.x]![column]!;
  let sign = 0;
  if (entry > 0) {
    sign = 1;
  }
  if (entry < 0) {
    sign = -1;
  }
  return [largest, column, sign, 0];
}

function signKernel(this: KernelThis, A: number[]): number {
  const entry = A[this.thread.x]!;
  let sign = 0;
  if (entry > 0) {
    sign = 1;
  }
  if (entry < 0) {
    sign = -1;
  }
  return sign;
}

async function overRows(
  backend: ArrayBackend,
  A: Float32Matrix,
  name: string,
  kernel: KernelFunction,
  width: 1 | 4,
): Promise<Float32Array> {
  assertShape(A, name);
  if (A.data.length === 0) return new Float32Array(A.rows * width);
  const spec = { kernel, output: [A.rows], constants: { columns: A.columns } } as const;
  return backend.run({ name, work: 2 * A.data.length, width, kernel: spec }, [
    { name: 'A', data: A.data, shape: [A.rows, A.columns] },
  ]);
}

/** sum_j |a_ij| for every row i; 0 for an empty row. Error at most gamma_{columns - 1} times the sum. */
export const absoluteRowSums = (backend: ArrayBackend, A: Float32Matrix): Promise<Float32Array> =>
  overRows(backend, A, 'absoluteRowSums', rowSumKernel, 1);

/** The Euclidean norm of every row, while no square over- or underflows; see `rowNormsErrorBound`. */
export const rowNorms = (backend: ArrayBackend, A: Float32Matrix): Promise<Float32Array> =>
  overRows(backend, A, 'rowNorms', rowNormKernel, 1);

/** The Euclidean norm of every column. */
export const columnNorms = (backend: ArrayBackend, A: Float32Matrix): Promise<Float32Array> =>
  rowNorms(backend, transposed(A));

/** The entry of largest absolute value in a row: its size, where it stands (the lowest index of several), its sign. */
export interface RowMaximum {
  readonly size: number;
  readonly column: number;
  readonly sign: number;
}

/** The largest entry in absolute value of every row; exact. A row without entries has none, so none are returned for n x 0. */
export async function rowMaxima(backend: ArrayBackend, A: Float32Matrix): Promise<RowMaximum[]> {
  if (A.columns === 0) return [];
  const flat = await overRows(backend, A, 'rowMaxima', rowMaximumKernel, 4);
  return Array.from({ length: A.rows }, (_, i) => {
    const [size = 0, column = 0, sign = 0] = flat.subarray(4 * i, 4 * i + 3);
    return { size, column, sign };
  });
}

/** The sign of every entry, 0 for 0; exact. */
export async function signs(backend: ArrayBackend, A: Float32Matrix): Promise<Float32Matrix> {
  assertShape(A, 'signs');
  const { length } = A.data;
  if (length === 0) return { ...A, data: new Float32Array(0) };
  const kernel = { kernel: signKernel, output: [length], constants: {} } as const;
  const data = await backend.run({ name: 'signs', work: length, width: 1, kernel }, [
    { name: 'A', data: A.data, shape: [length] },
  ]);
  return { ...A, data };
}
