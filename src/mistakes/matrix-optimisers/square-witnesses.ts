import type { OptimiserMistake } from '../mistake.ts';
import { witness } from '../parts/witness.ts';

type Witness = OptimiserMistake['witness'];
type Hyperparameters = Readonly<Record<string, unknown>>;

const ZERO = [
  [0, 0],
  [0, 0],
] as const;

/** Square matrices of full rank that are neither symmetric nor normal and do not commute. */
const GRADIENTS = [
  [
    [2, 1],
    [0, 1],
  ],
  [
    [0, 1],
    [-1, 2],
  ],
  [
    [1, 0],
    [2, -1],
  ],
] as const;

/** Up to three square gradients of full rank. */
export const fullRank = (steps: 1 | 2 | 3, hyperparameters: Hyperparameters): Witness =>
  witness(hyperparameters, ZERO, ...GRADIENTS.slice(0, steps));

/** A square gradient that lacks one dimension: 5 times the column (0.6, 0.8), beside a column of zeros. */
export const deficient = (hyperparameters: Hyperparameters): Witness =>
  witness(hyperparameters, ZERO, [
    [3, 0],
    [4, 0],
  ]);

/** A square gradient of norm 5 whose second row is zero. */
export const withoutRow = (hyperparameters: Hyperparameters): Witness =>
  witness(hyperparameters, ZERO, [
    [3, 4],
    [0, 0],
  ]);

/** A diagonal gradient of norm 5. */
export const diagonal = (hyperparameters: Hyperparameters): Witness =>
  witness(hyperparameters, ZERO, [
    [3, 0],
    [0, 4],
  ]);
