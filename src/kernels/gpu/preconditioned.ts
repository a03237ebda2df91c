import type { ArrayBackend } from './backend.ts';
import { coupledInverseRoot, coupledNewtonSchulz } from './coupled-newton-schulz.ts';
import { type Float32Matrix, toFloat32, transposed } from './float32-matrix.ts';
import { multiply } from './multiply.ts';

const f = Math.fround;

type Rows = readonly (readonly number[])[];

/** One layer of a preconditioned method: the accumulated Gram matrices and the direction of the next step. */
export interface Preconditioner<State> {
  start(rows: number, columns: number): State;
  /** State after the gradient and the direction; undefined where a Gram matrix is singular to single precision. */
  step(
    backend: ArrayBackend,
    state: State,
    G: Float32Matrix,
  ): Promise<{ state: State; direction: Float32Matrix } | undefined>;
}

const matrixOf = (rows: Rows): Float32Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: toFloat32(rows.flat(), 'preconditionedTwin'),
});

const rowsOf = ({ rows, columns, data }: Float32Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns), (x) => x + 0));

const sumOf = (A: Float32Matrix, B: Float32Matrix): Float32Matrix => ({
  ...A,
  data: A.data.map((x, i) => f(x + (B.data[i] ?? 0))),
});

const diagonal = (size: number, value: number): Float32Matrix => ({
  rows: size,
  columns: size,
  data: Float32Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? value : 0)),
});

/** L += G Gᵀ, R += Gᵀ G from epsilon I; L^(-1/4) G R^(-1/4) by the coupled iteration. */
export const shampooPreconditioner = (
  epsilon: number,
): Preconditioner<{ readonly left: Float32Matrix; readonly right: Float32Matrix }> => ({
  start: (rows, columns) => ({ left: diagonal(rows, epsilon), right: diagonal(columns, epsilon) }),
  step: async (backend, state, G) => {
    const T = transposed(G);
    const left = sumOf(state.left, await multiply(backend, G, T));
    const right = sumOf(state.right, await multiply(backend, T, G));
    const [p, q] = [await coupledInverseRoot(backend, left, 4), await coupledInverseRoot(backend, right, 4)];
    if (p === undefined || q === undefined) return undefined;
    return { state: { left, right }, direction: await multiply(backend, await multiply(backend, p, G), q) };
  },
});

/** V += G Gᵀ; (V^(1/2) + epsilon I)^-1 G, the inverse as ((V^(1/2) + epsilon I)²)^(-1/2). */
export const asgoPreconditioner = (epsilon: number, side: 'left' | 'right'): Preconditioner<Float32Matrix> => ({
  start: (rows, columns) => diagonal(side === 'left' ? rows : columns, 0),
  step: async (backend, V, gradient) => {
    const G = side === 'left' ? gradient : transposed(gradient);
    const state = sumOf(V, await multiply(backend, G, transposed(G)));
    if (state.data.every((x) => x === 0)) return { state, direction: gradient };
    const half = await coupledNewtonSchulz(backend, state);
    if (!half.converged) return undefined;
    const damped = sumOf(half.root, diagonal(state.rows, epsilon));
    const inverse =
      epsilon === 0 ? half.inverse : await coupledInverseRoot(backend, await multiply(backend, damped, damped), 2);
    if (inverse === undefined) return undefined;
    const stepped = await multiply(backend, inverse, G);
    return { state, direction: side === 'left' ? stepped : transposed(stepped) };
  },
});

/**
 * The twin of a preconditioned method: accumulation and products on the backend, inverse roots by the coupled iteration,
 * W -= eta direction in singles; a layer of ASGO whose gradients have all been 0 stays where it is. Undefined where a Gram matrix is
 * singular to single precision, where the coupled iteration knows no answer.
 * @throws RangeError where an entry leaves the range of float32.
 */
export async function preconditionedTwin<State>(
  backend: ArrayBackend,
  method: Preconditioner<State>,
  learningRate: number,
  parameters: readonly Rows[],
  gradients: readonly (readonly Rows[])[],
): Promise<
  { readonly trajectory: readonly (readonly Rows[])[]; readonly updates: readonly (readonly Rows[])[] } | undefined
> {
  const eta = f(learningRate);
  const layers = parameters.map((rows) => {
    const W = matrixOf(rows);
    return { W, state: method.start(W.rows, W.columns) };
  });
  const [trajectory, updates]: [Rows[][], Rows[][]] = [[], []];
  for (const gradient of gradients) {
    const moves: Rows[] = [];
    for (const [i, layer] of layers.entries()) {
      const stepped = await method.step(backend, layer.state, matrixOf(gradient[i] ?? []));
      if (stepped === undefined) return undefined;
      const data = layer.W.data.map((w, k) => f(w - f(eta * (stepped.direction.data[k] ?? 0))));
      moves.push(rowsOf({ ...layer.W, data: layer.W.data.map((w, k) => f(w - (data[k] ?? 0))) }));
      layers[i] = { W: { ...layer.W, data }, state: stepped.state };
    }
    trajectory.push(layers.map(({ W }) => rowsOf(W)));
    updates.push(moves);
  }
  return { trajectory, updates };
}
