import type { ArrayBackend } from './backend.ts';
import type { Float32Matrix } from './float32-matrix.ts';
import { multiply } from './multiply.ts';

const f = Math.fround;

/** Spectra of condition 2^24, beyond which single precision knows no inverse, need below 30 steps of order three. */
const MOST_STEPS = 40;

/** A defect of Z Y above this after the last step: V is singular to single precision. */
const CONVERGED = 1 / 8;

const DIVERGED = 3 / 2;

export interface RootPair {
  /** max |I - Z Y| was small at the end; else V is singular to single precision and the pair means nothing. */
  readonly converged: boolean;
  /** V^(1/2). */
  readonly root: Float32Matrix;
  /** V^(-1/2). */
  readonly inverse: Float32Matrix;
}

/** (15 I - 10 M + 3 M²)/8, entry by entry. */
function quinticFactor(M: Float32Matrix, square: Float32Matrix): Float32Matrix {
  const data = M.data.map((m, at) => {
    const identity = at % (M.columns + 1) === 0 ? 15 : 0;
    return f(f(f(identity - f(10 * m)) + f(3 * (square.data[at] ?? 0))) / 8);
  });
  return { ...M, data };
}

/** max |I - M|. */
const defect = (M: Float32Matrix): number =>
  M.data.reduce((most, m, at) => Math.max(most, Math.abs((at % (M.columns + 1) === 0 ? 1 : 0) - m)), 0);

/**
 * The square root of a symmetric positive definite V and its inverse by the coupled quintic Newton–Schulz iteration in float32:
 * Y_0 = V/c, Z_0 = I, c = ||V||_F; M = Z Y, H = (15 I - 10 M + 3 M²)/8, Y <- Y H, Z <- H Z; sqrt(c) Y -> V^(1/2),
 * Z/sqrt(c) -> V^(-1/2) (Higham, Functions of Matrices, section 6.3: the coupled form is the stable one).
 *
 * Stops where the defect of M no longer falls, which is at about n u times the condition of V^(1/2).
 * @throws RangeError where an iterate leaves the range of float32.
 */
export async function coupledNewtonSchulz(backend: ArrayBackend, V: Float32Matrix): Promise<RootPair> {
  const norm = f(Math.sqrt(V.data.reduce((sum, x) => sum + x * x, 0)));
  if (norm === 0) return { converged: false, root: V, inverse: V };
  let Y: Float32Matrix = { ...V, data: V.data.map((x) => f(x / norm)) };
  let Z: Float32Matrix = { ...V, data: V.data.map((_, at) => (at % (V.columns + 1) === 0 ? 1 : 0)) };
  let last = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const M = await multiply(backend, Z, Y);
    const now = defect(M);
    // far from the end the defect of the smallest eigenvalue stays near 1 while it grows
    if (now >= last && now < CONVERGED) break;
    last = now;
    // eigenvalues in [0, 1] keep the defect below 1: rounding has made one negative, and it runs away
    if (now > DIVERGED) break;
    const H = quinticFactor(M, await multiply(backend, M, M));
    [Y, Z] = [await multiply(backend, Y, H), await multiply(backend, H, Z)];
  }
  const scale = f(Math.sqrt(norm));
  return {
    converged: last < CONVERGED,
    root: { ...Y, data: Y.data.map((y) => f(scale * y)) },
    inverse: { ...Z, data: Z.data.map((z) => f(z / scale)) },
  };
}

/**
 * V^(-1/2), or V^(-1/4) as the inverse root of V^(1/2); undefined where V is singular to single precision.
 * @throws RangeError where an iterate leaves the range of float32.
 */
export async function coupledInverseRoot(
  backend: ArrayBackend,
  V: Float32Matrix,
  root: 2 | 4,
): Promise<Float32Matrix | undefined> {
  const half = await coupledNewtonSchulz(backend, V);
  if (!half.converged) return undefined;
  if (root === 2) return half.inverse;
  const quarter = await coupledNewtonSchulz(backend, half.root);
  return quarter.converged ? quarter.inverse : undefined;
}
