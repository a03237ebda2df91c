import fc, { type Arbitrary } from 'fast-check';
import {
  CUBIC,
  POLAR_EXPRESS_SAFE,
  QUINTIC,
  QUINTIC_JORDAN,
  QUINTIC_STABLE,
  QUINTIC_YOU,
  QUINTIC_YOU_SIX,
  type Schedule,
} from '../../kernels/matrix/coefficient-sets.ts';

/*
 * Corners of the hyperparameters: 0, usual values, the defaults, and values far above the usual ones. Dyadic ones are among
 * them, since with these little is rounded. The first of each list is the one that witnesses shrink to.
 */

/** 0 is rare: nothing but the decay moves then. */
export const LEARNING_RATES = fc.oneof(
  { weight: 19, arbitrary: fc.constantFrom(1, 0.25, 0.1, 0.02, 2 ** -10) },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** With a learning rate of at most 1 the factor 1 - eta lambda stays in [0, 1]. */
export const WEIGHT_DECAYS = fc.constantFrom(0, 0.5, 0.1, 0.01, 1);

export const MOMENTA = fc.constantFrom(0.5, 0, 0.9, 0.95);
export const SECOND_MOMENTA = fc.constantFrom(0.5, 0, 0.9, 0.99, 0.999);

/** 0 and a division by 0 with it are rare: what a zero gradient does then is a convention. */
export const ADAM_EPSILONS = fc.oneof(
  { weight: 7, arbitrary: fc.constantFrom(0.5, 1e-8, 1e-4) },
  { weight: 1, arbitrary: fc.constant(0) },
);
export const ROOT_EPSILONS = fc.constantFrom(0.5, 1e-4, 1e-8);
export const NORM_EPSILONS = fc.constantFrom(0, 1e-7, 0.5);

export const FLAGS = fc.boolean();

const SCHEDULES: readonly Schedule[] = [
  QUINTIC_JORDAN,
  CUBIC,
  QUINTIC,
  QUINTIC_STABLE,
  QUINTIC_YOU,
  QUINTIC_YOU_SIX,
  POLAR_EXPRESS_SAFE,
];

export interface Iteration {
  readonly coefficients: readonly (readonly [number, number, number])[];
  readonly steps: number;
}

/** A known list of coefficients, and a number of steps: none, few, five as usual, and one more than there are triples. */
export const ITERATIONS: Arbitrary<Iteration> = fc
  .tuple(fc.constantFrom(...SCHEDULES), fc.constantFrom<number | 'beyond'>(5, 1, 0, 3, 6, 'beyond'))
  .map(([schedule, steps]) => ({
    coefficients: schedule.map(([a, b, c]) => [a, b, c] as const),
    steps: steps === 'beyond' ? schedule.length + 1 : steps,
  }));

export interface Factors {
  readonly tau: number;
  readonly amplify: number;
  readonly damp: number;
}

/** tau with its own factors 1/tau and tau, or with given ones. */
export const SELECTIONS: Arbitrary<Factors> = fc
  .tuple(
    fc.constantFrom(0.5, 0.25, 0.1, 0.7, 0.9),
    fc.constantFrom(undefined, undefined, [2, 0.5] as const, [1.5, 0] as const, [1, 1] as const),
  )
  .map(([tau, given]) => ({ tau, amplify: given?.[0] ?? 1 / tau, damp: given?.[1] ?? tau }));
