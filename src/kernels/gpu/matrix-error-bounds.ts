import type { Matrix } from '../matrix/matrix.ts';
import { multiply } from '../matrix/multiply.ts';
import type { ArrayBackend } from './backend.ts';
import { deviceGamma, sqrtRoundings, underflowLoss } from './error-bounds.ts';
import { type Float32Matrix, toFloat64Matrix } from './float32-matrix.ts';

const absolute = ({ rows, columns, data }: Matrix): Matrix => ({ rows, columns, data: data.map(Math.abs) });

/** |computed - exact| <= gamma_k |A| |B| entrywise, k the inner dimension (Higham, section 3.5, (3.13)); times 1 + gamma_k for computing it. */
export function multiplyErrorBound(backend: ArrayBackend, A: Float32Matrix, B: Float32Matrix): Matrix {
  const product = multiply(absolute(toFloat64Matrix(A)), absolute(toFloat64Matrix(B)));
  const relative = deviceGamma(backend, A.columns);
  return { ...product, data: product.data.map((x) => relative * (1 + relative) * x + underflowLoss(2 * A.columns)) };
}

/** The relative error of a sum of `length` numbers >= 0 (Higham, section 4.2). */
export const absoluteRowSumsErrorBound = (backend: ArrayBackend, length: number): number =>
  deviceGamma(backend, Math.max(0, length - 1));

/** The relative error of a Euclidean norm: half that of the sum of squares, rounded up to gamma_{length}, and the root. */
export const rowNormsErrorBound = (backend: ArrayBackend, length: number): number =>
  deviceGamma(backend, length + sqrtRoundings(backend));
