import type { Figure } from '../../../claim/figure.ts';
import { type TrainingRun, trainingRuns } from './training.ts';

const COLOURS = { domain: ['AdamW', 'Muon', 'Shampoo', 'ASGO'], range: ['#4c78a8', '#d95f02', '#1b9e77', '#7570b3'] };

const digitsOf = (x: number): number => Number(x.toPrecision(4));

const lines = (
  values: readonly object[],
  x: { readonly field: string; readonly title: string },
  y: { readonly field: string; readonly title: string; readonly scale: object },
): object => ({
  width: 560,
  height: 260,
  background: 'white',
  data: { values },
  mark: { type: 'line', point: x.field === 'index' },
  encoding: {
    x: { field: x.field, type: 'quantitative', title: x.title },
    y: { field: y.field, type: 'quantitative', title: y.title, scale: y.scale },
    color: { field: 'method', type: 'nominal', title: null, scale: COLOURS },
  },
});

const lossFigure = (runs: readonly TrainingRun[]): Figure => ({
  id: 'digits-loss',
  title: 'Four methods on real digits, the same 60 steps',
  caption:
    'A network of two weight matrices (16×64 and 10×16, tanh, cross entropy) on 1280 of the 1797 UCI digits in batches of 128; each method ' +
    'with the best of its three learning rates. A demonstration of what the methods do to a small real problem, in the ' +
    'reference arithmetic of the operations; it says nothing about large models.',
  drawing: {
    vegaLite: lines(
      runs.flatMap(({ method, losses }) => losses.map((loss, step) => ({ method, step, loss: digitsOf(loss) }))),
      { field: 'step', title: 'step' },
      { field: 'loss', title: 'loss on the batch', scale: { type: 'log' } },
    ),
  },
  table: {
    header: ['method', 'learning rate', 'last batch loss', 'test loss', 'test accuracy'],
    rows: runs.map(({ method, learningRate, losses, testLoss, testAccuracy }) => [
      method,
      learningRate,
      digitsOf(losses.at(-1) ?? 0),
      digitsOf(testLoss),
      digitsOf(testAccuracy),
    ]),
  },
});

const spectrumFigure = (runs: readonly TrainingRun[]): Figure => ({
  id: 'digits-spectrum',
  title: 'What orthogonalised updates do to a spectrum',
  caption:
    'Singular values of the whole change of the 16×64 layer over the run, divided by the largest. Updates of Muon have nearly equal ' +
    'singular values, and their sum keeps that: small directions move as far as large ones. AdamW, whose updates follow the ' +
    'rapidly decaying spectrum of the gradients more closely, moves mostly along a few.',
  drawing: {
    vegaLite: lines(
      runs.flatMap(({ method, spectrum }) =>
        spectrum.map((value, i) => ({ method, index: i + 1, value: digitsOf(value) })),
      ),
      { field: 'index', title: 'index of the singular value' },
      { field: 'value', title: 'singular value / largest', scale: { domain: [0, 1] } },
    ),
  },
});

const runs = trainingRuns();

export const figures: readonly Figure[] = [lossFigure(runs), spectrumFigure(runs)];
