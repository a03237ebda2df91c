import type { ArrayBackend } from './backend.ts';
import { assertShape, type Float32Matrix } from './float32-matrix.ts';
import type { KernelThis } from './gpujs.ts';

function multiplyKernel(this: KernelThis<'inner'>, A: number[][], B: number[][]): number {
  let sum = 0;
  for (let k = 0; k < this.constants.inner; k++) {
    sum += A[this.thread.y]![k]! * B[k]![this.thread.x]!;
  }
  return sum;
}

/**
 * The product AB in float32, summed in the order of the inner index: the twin of `multiply`.
 *
 * |computed - exact| <= `multiplyErrorBound`; equal to `multiplyFloat32` where the backend is `bitExact`. An empty product is 0.
 * @throws TypeError unless columns of A = rows of B; RangeError where an entry or the result is not finite.
 */
export async function multiply(backend: ArrayBackend, A: Float32Matrix, B: Float32Matrix): Promise<Float32Matrix> {
  assertShape(A, 'multiply, A');
  assertShape(B, 'multiply, B');
  if (A.columns !== B.rows) {
    throw new TypeError(`multiply: columns of A = rows of B, got ${A.rows}x${A.columns} and ${B.rows}x${B.columns}`);
  }
  const [rows, inner, columns] = [A.rows, A.columns, B.columns];
  if (rows * inner * columns === 0) return { rows, columns, data: new Float32Array(rows * columns) };
  const kernel = { kernel: multiplyKernel, output: [rows, columns], constants: { inner } } as const;
  const data = await backend.run({ name: 'multiply', work: 2 * rows * inner * columns, width: 1, kernel }, [
    { name: 'A', data: A.data, shape: [rows, inner] },
    { name: 'B', data: B.data, shape: [inner, columns] },
  ]);
  return { rows, columns, data };
}
