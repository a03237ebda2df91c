import type { OptimiserMistake } from '../mistake.ts';
import { witness, witnessOfTwo } from '../parts/witness.ts';
import { fullRank } from './square-witnesses.ts';

type Witness = OptimiserMistake['witness'];
type Hyperparameters = Readonly<Record<string, unknown>>;

/** Two steps of the cubic iteration; an epsilon that is felt; a momentum that is not its own complement. */
const READABLE = {
  learningRate: 1,
  momentum: 0.75,
  coefficients: [[1.5, -0.5, 0]],
  steps: 2,
  epsilon: 0.25,
  scale: 'none',
};

/** Three square gradients. */
export const square = (hyperparameters: Hyperparameters = {}): Witness =>
  fullRank(3, { ...READABLE, ...hyperparameters });

/** One square gradient. */
export const single = (hyperparameters: Hyperparameters = {}): Witness =>
  fullRank(1, { ...READABLE, ...hyperparameters });

/** A column and a row, which have different scales. */
export const tallAndWide = (hyperparameters: Hyperparameters = {}): Witness =>
  witnessOfTwo({ ...READABLE, ...hyperparameters }, [[[0], [0]], [[0, 0]]], [[[3], [4]], [[3, 4]]]);

/** Two rows of one shape. */
export const TOGETHER: Witness = witnessOfTwo(
  { ...READABLE, nesterov: false },
  [[[0, 0]], [[0, 0]]],
  [[[3, 4]], [[4, -3]]],
  [[[4, 3]], [[0, 2]]],
);

/** A column of parameters other than 0, whose scale is 2^(1/2). */
export const DECAYING: Witness = witness(
  { ...READABLE, weightDecay: 0.25, learningRate: 0.5, scale: 'max(1,rows/columns)^1/2' },
  [[1], [-2]],
  [[3], [4]],
  [[4], [-3]],
);
