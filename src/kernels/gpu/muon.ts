import type { Coefficients } from '../matrix/coefficient-sets.ts';
import type { ArrayBackend } from './backend.ts';
import { type Float32Matrix, toFloat32 } from './float32-matrix.ts';
import { iterateOddPolynomial } from './newton-schulz.ts';

const f = Math.fround;

type Rows = readonly (readonly number[])[];

/** What the twin reads of the hyperparameters of Muon. */
export interface MuonSettings {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly coefficients: readonly Coefficients[];
  readonly steps: number;
  readonly epsilon: number;
  readonly scale: string;
}

interface Layer {
  readonly W: Float32Matrix;
  readonly B: Float32Array;
}

const matrixOf = (rows: Rows): Float32Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: toFloat32(rows.flat(), 'muonTwin'),
});

const rowsOf = ({ rows, columns, data }: Float32Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns), (x) => x + 0));

/** s of the four conventions, in singles. */
function scaleOf({ scale }: MuonSettings, { rows, columns }: Float32Matrix): number {
  const aspect = f(Math.sqrt(f(rows / columns)));
  if (scale === 'max(1,rows/columns)^1/2') return rows > columns ? aspect : 1;
  if (scale === '(rows/columns)^1/2') return aspect;
  return scale === 'none' ? 1 : f(f(0.2) * f(Math.sqrt(Math.max(rows, columns))));
}

/** X / (||X||_F + epsilon), scaled by a power of two first so that no square over- or underflows to harm. */
function normalised(X: Float32Matrix, epsilon: number): Float32Matrix {
  const most = X.data.reduce((size, x) => Math.max(size, Math.abs(x)), 0);
  if (most === 0) return X;
  const unit = 2 ** Math.floor(Math.log2(most));
  let sum = 0;
  for (const x of X.data) sum = f(sum + f((x / unit) * (x / unit)));
  const divisor = f(f(unit * f(Math.sqrt(sum))) + f(epsilon));
  return { ...X, data: X.data.map((x) => f(x / divisor)) };
}

async function stepped(backend: ArrayBackend, settings: MuonSettings, { W, B }: Layer, gradient: Rows): Promise<Layer> {
  const G = matrixOf(gradient);
  const [mu, eta] = [f(settings.momentum), f(settings.learningRate)];
  const next = B.map((b, i) => f(f(mu * b) + (G.data[i] ?? 0)));
  const followed = settings.nesterov ? next.map((b, i) => f(f(mu * b) + (G.data[i] ?? 0))) : next;
  const start = normalised({ ...G, data: followed }, settings.epsilon);
  const O = await iterateOddPolynomial(backend, start, settings.coefficients, settings.steps);
  const s = scaleOf(settings, G);
  const kept = f(1 - f(eta * f(settings.weightDecay)));
  const data = W.data.map((w, i) => f(f(kept * w) - f(eta * f(s * (O.data[i] ?? 0)))));
  return { W: { ...W, data }, B: next };
}

/**
 * The twin of Muon with Newton–Schulz orthogonalisation: state and elementwise arithmetic in singles on the host, the iteration on the
 * backend. Trajectory and updates as the operation returns them.
 * @throws RangeError where an entry leaves the range of float32.
 */
export async function muonTwin(
  backend: ArrayBackend,
  settings: MuonSettings,
  parameters: readonly Rows[],
  gradients: readonly (readonly Rows[])[],
): Promise<{ readonly trajectory: readonly (readonly Rows[])[]; readonly updates: readonly (readonly Rows[])[] }> {
  let layers: readonly Layer[] = parameters.map((rows) => {
    const W = matrixOf(rows);
    return { W, B: new Float32Array(W.data.length) };
  });
  const [trajectory, updates]: [Rows[][], Rows[][]] = [[], []];
  for (const gradient of gradients) {
    const before = layers;
    const after: Layer[] = [];
    for (const [i, layer] of layers.entries()) after.push(await stepped(backend, settings, layer, gradient[i] ?? []));
    layers = after;
    trajectory.push(after.map(({ W }) => rowsOf(W)));
    updates.push(
      after.map(({ W }, i) => rowsOf({ ...W, data: W.data.map((w, k) => f((before[i]?.W.data[k] ?? 0) - w)) })),
    );
  }
  return { trajectory, updates };
}
