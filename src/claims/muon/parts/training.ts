import { type Digit, digits } from '../../../instances/digits.ts';
import { fromRows, type Matrix, toRows, zeros } from '../../../kernels/matrix/matrix.ts';
import { svd } from '../../../kernels/matrix/svd.ts';
import { DOUBLES } from '../../../kernels/numbers/rounded-numbers.ts';
import { adamwOperation } from '../../../operations/adamw.ts';
import { asgoOperation } from '../../../operations/asgo.ts';
import { muonOperation } from '../../../operations/muon.ts';
import { shampooOperation } from '../../../operations/shampoo.ts';
import { type Batch, lossAndGradient, type TwoLayers } from '../../../problems/two-layer-network.ts';

/** What one method does with the same network, data, batches and number of steps. */
export interface TrainingRun {
  readonly method: string;
  readonly learningRate: number;
  /** The loss on its batch before each step. */
  readonly losses: readonly number[];
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Singular values of the change of the hidden layer over the run, descending, over the largest. */
  readonly spectrum: readonly number[];
}

const [HIDDEN, STEPS, BATCH, TRAINED] = [16, 60, 128, 1280];

/** Each method takes the best of its three learning rates, by the loss of its last ten batches. */
const METHODS = [
  { method: 'AdamW', operation: adamwOperation, rates: [0.003, 0.01, 0.03], hyperparameters: {} },
  { method: 'Muon', operation: muonOperation, rates: [0.03, 0.1, 0.3], hyperparameters: {} },
  { method: 'Shampoo', operation: shampooOperation, rates: [0.1, 0.3, 1], hyperparameters: {} },
  { method: 'ASGO', operation: asgoOperation, rates: [0.1, 0.3, 1], hyperparameters: { epsilon: 1e-4 } },
] as const;

const batchOf = (samples: readonly Digit[]): Batch => {
  const inputs = zeros(64, samples.length);
  for (const [s, { pixels }] of samples.entries()) {
    for (const [i, x] of pixels.entries()) inputs.data[i * samples.length + s] = x;
  }
  return { inputs, labels: samples.map(({ label }) => label) };
};

/** Entries in (-scale, scale) from a multiplicative generator: the same on every machine. */
function spreadMatrix(rows: number, columns: number, scale: number, seed: number): Matrix {
  let state = seed;
  const result = zeros(rows, columns);
  for (const i of result.data.keys()) {
    state = (state * 48271) % 2147483647;
    result.data[i] = scale * (2 * (state / 2147483647) - 1);
  }
  return result;
}

function train(which: (typeof METHODS)[number], learningRate: number, data: readonly Digit[]): TrainingRun {
  const start: TwoLayers = { hidden: spreadMatrix(HIDDEN, 64, 0.25, 1), output: spreadMatrix(10, HIDDEN, 0.5, 2) };
  const given = { learningRate, ...which.hyperparameters };
  let run = which.operation.start(DOUBLES, [toRows(start.hidden), toRows(start.output)], given);
  const network = (): TwoLayers => {
    const [hidden = [], output = []] = run.parameters.map(({ rows, columns, data: flat }) =>
      Array.from({ length: rows }, (_, i) => flat.slice(i * columns, (i + 1) * columns)),
    );
    return { hidden: fromRows(hidden), output: fromRows(output) };
  };
  const losses: number[] = [];
  for (let t = 0; t < STEPS; t += 1) {
    const from = (t * BATCH) % TRAINED;
    const { loss, gradient } = lossAndGradient(network(), batchOf(data.slice(from, from + BATCH)));
    losses.push(loss);
    run = run.step([toRows(gradient.hidden), toRows(gradient.output)]).run;
  }
  const end = network();
  const test = lossAndGradient(end, batchOf(data.slice(TRAINED)));
  const change = { ...end.hidden, data: end.hidden.data.map((x, i) => x - (start.hidden.data[i] ?? 0)) };
  const { values } = svd(change);
  return {
    method: which.method,
    learningRate,
    losses,
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    spectrum: values.map((s) => s / (values[0] ?? 1)),
  };
}

const recent = ({ losses }: TrainingRun): number => losses.slice(-10).reduce((a, b) => a + b, 0) / 10;

/** One run a method, at the best of its learning rates. */
export function trainingRuns(): readonly TrainingRun[] {
  const data = digits();
  return METHODS.map((which) => {
    const [first, ...others] = which.rates.map((rate) => train(which, rate, data));
    if (first === undefined) throw new RangeError('trainingRuns: learning rates, got none');
    return others.reduce((best, run) => (recent(run) < recent(best) ? run : best), first);
  });
}
