import type { NormName } from '../matrix/norm-enclosure.ts';
import type { ArrayBackend } from './backend.ts';
import { assertShape, type Float32Matrix, transposed } from './float32-matrix.ts';
import { rowMaxima, rowNorms, signs } from './reductions.ts';

const f = Math.fround;

/** The norms whose oracle is made of signs, norms and largest entries; the others need a singular value decomposition. */
export type ReducibleNorm = Exclude<NormName, 'spectral' | 'nuclear' | 'rms-rms'>;

export const isReducible = (norm: NormName): norm is ReducibleNorm =>
  norm !== 'spectral' && norm !== 'nuclear' && norm !== 'rms-rms';

/** The power of two that brings the largest entry into [1, 2): no square over- or underflows to harm, and nothing rounds. */
function scaledToOne(A: Float32Matrix): Float32Matrix {
  const most = A.data.reduce((size, x) => Math.max(size, Math.abs(x)), 0);
  if (most === 0) return A;
  const exponent = Math.floor(Math.log2(most));
  return { ...A, data: A.data.map((x) => x * 2 ** -exponent) };
}

/** Every row over its Euclidean norm; a zero row stays zero. */
async function normalisedRows(backend: ArrayBackend, A: Float32Matrix): Promise<Float32Matrix> {
  const norms = await rowNorms(backend, A);
  return { ...A, data: A.data.map((x, at) => (x === 0 ? 0 : f(x / (norms[Math.floor(at / A.columns)] ?? 1)))) };
}

/** The sign of the largest entry of every row, at its place. */
async function largestOfRows(backend: ArrayBackend, A: Float32Matrix): Promise<Float32Matrix> {
  const data = new Float32Array(A.data.length);
  for (const [i, { column, sign }] of (await rowMaxima(backend, A)).entries()) data[i * A.columns + column] = sign;
  return { ...A, data };
}

/** argmax <M, Z> over the unit ball of the norm without its scale. */
async function steepest(backend: ArrayBackend, A: Float32Matrix, norm: ReducibleNorm): Promise<Float32Matrix> {
  const asRow = { rows: 1, columns: A.data.length, data: A.data };
  switch (norm) {
    case 'max-entry':
    case 'scaled-max-entry':
      return signs(backend, A);
    case 'entrywise-one':
      return { ...A, data: (await largestOfRows(backend, asRow)).data };
    case 'infinity-infinity':
      return largestOfRows(backend, A);
    case 'frobenius':
      return { ...A, data: (await normalisedRows(backend, asRow)).data };
    case 'row':
    case 'rms-infinity':
      return normalisedRows(backend, A);
    case 'column':
    case 'one-rms':
      return transposed(await normalisedRows(backend, transposed(A)));
  }
}

/** radius over the scale of the norm. */
function lengthOf(norm: ReducibleNorm, radius: number, { rows, columns }: Float32Matrix): number {
  if (norm === 'scaled-max-entry') return f(f(radius) / columns);
  if (norm === 'one-rms') return f(f(radius) * f(Math.sqrt(rows)));
  return norm === 'rms-infinity' ? f(f(radius) / f(Math.sqrt(columns))) : f(radius);
}

/**
 * The twin of the linear minimisation oracle, radius · argmin <M, Z> over N(Z) <= 1, for the norms that need no singular values;
 * 0 for M = 0 and for an empty matrix. Ties as in the reference: zeros stay zero, of equal entries the lowest index wins.
 * @throws RangeError where radius over the scale leaves the range of float32.
 */
export async function linearMinimiserTwin(
  backend: ArrayBackend,
  M: Float32Matrix,
  norm: ReducibleNorm,
  radius: number,
): Promise<Float32Matrix> {
  assertShape(M, 'linearMinimiserTwin');
  if (M.data.length === 0) return M;
  const length = lengthOf(norm, radius, M);
  if (!Number.isFinite(length))
    throw new RangeError(`linearMinimiserTwin: radius in the range of float32, got ${radius}`);
  const direction = await steepest(backend, scaledToOne(M), norm);
  return { ...direction, data: direction.data.map((x) => (x === 0 ? 0 : -f(length * x))) };
}
