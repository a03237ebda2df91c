import { type Matrix, serve } from './adapter.ts';

interface Hyperparameters {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}

function sgdMomentum(parameters: readonly Matrix[], { learningRate, momentum, nesterov }: Hyperparameters) {
  let weights = parameters;
  let buffers: readonly Matrix[] = parameters.map((W) => W.map((row) => row.map(() => 0)));
  return (gradients: readonly Matrix[]): readonly Matrix[] => {
    buffers = zipped(buffers, gradients, (b, g) => momentum * b + g);
    const directions = nesterov ? zipped(buffers, gradients, (b, g) => g + momentum * b) : buffers;
    weights = zipped(weights, directions, (w, d) => w - learningRate * d);
    return weights;
  };
}

/** f entry by entry. */
const zipped = (A: readonly Matrix[], B: readonly Matrix[], f: (a: number, b: number) => number): readonly Matrix[] =>
  A.map((M, k) => M.map((row, i) => row.map((a, j) => f(a, B[k]?.[i]?.[j] ?? Number.NaN))));

const gluonStepSize = ({ gradientNorm: g, l0, l1 }: { gradientNorm: number; l0: number; l1: number }) => ({
  value: g > 0 ? g / (l0 + l1 * g) : 0,
});

await serve({
  name: 'typescript-example',
  version: '1.0',
  precision: 'float64',
  functions: { 'gluon-step-size': gluonStepSize },
  optimisers: { 'sgd-momentum': sgdMomentum },
});
