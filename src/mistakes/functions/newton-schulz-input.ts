import type { Coefficients, Schedule } from '../../kernels/matrix/coefficient-sets.ts';

/** The input of `newton-schulz`, defaults not filled in. */
export interface NewtonSchulzInput {
  readonly matrix: readonly (readonly number[])[];
  readonly coefficients: Schedule;
  readonly steps: number;
  readonly normalisation?: 'frobenius' | 'none';
  readonly epsilon?: number;
}

/** 2x - 3/2 x^3 + 1/2 x^5. */
const STABLE: Coefficients = [2, -1.5, 0.5];

/** 7/4 x - x^3 + 1/4 x^5, which nobody uses. */
const OWN: Coefficients = [1.75, -1, 0.25];

/** Neither symmetric nor normal. */
export const SQUARE: NewtonSchulzInput = {
  matrix: [
    [4, 5],
    [3, 0],
  ],
  coefficients: [STABLE],
  steps: 2,
  epsilon: 0.5,
};

/** Two triples for four steps: a list that is too short. */
export const SHORT: NewtonSchulzInput = { ...SQUARE, coefficients: [OWN, [1.5, -0.5, 0]], steps: 4 };

/** Coefficients that are in no ready-made set. */
export const AFRESH: NewtonSchulzInput = { ...SQUARE, coefficients: [OWN], steps: 3 };
