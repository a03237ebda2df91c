import { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';
import { packCoins } from '../kernels/gpu/coin-table.ts';
import { arrayBackend } from '../kernels/gpu/select-backend.ts';
import { signFormTrajectory } from '../kernels/gpu/sign-form-trajectory.ts';
import { topKTrajectory } from '../kernels/gpu/top-k-trajectory.ts';
import { adamSchedule, startAt } from '../kernels/gpu/trajectory.ts';
import { maskedAdamLane } from '../methods/masked-adam.ts';
import { drawsRare, MINIMISER } from '../problems/two-point.ts';
import type { Operation } from './operation.ts';
import { average, integer, nonNegative, positive, real } from './schema.ts';

export interface EnsembleInput {
  readonly components: number;
  readonly dimension: number;
  readonly form: 'sign' | 'top-k';
  /** The number of amplified coordinates of the top-k form. */
  readonly k: number;
  readonly amplify: Numeric;
  readonly damp: Numeric;
  readonly learningRate: Numeric;
  readonly beta1: Numeric;
  readonly beta2: Numeric;
  readonly epsilon: Numeric;
  readonly start: Numeric;
  readonly steps: number;
  readonly lanes: number;
  readonly seed: number;
}

export interface EnsembleOutput {
  /** The part of the coordinates that end within 1/5 of the minimiser. */
  readonly settled: Numeric;
  /** The part that ends on the linear part, x > -1, from where it drifts on for ever if the drift is the wrong way. */
  readonly astray: Numeric;
}

const NEAR = 1 / 5;

const counted = (positions: ArrayLike<number>): { readonly settled: number; readonly astray: number } => {
  const all = Array.from(positions);
  const part = (holds: (x: number) => boolean): number => all.filter(holds).length / all.length;
  return { settled: part((x) => Math.abs(x - MINIMISER) < NEAR), astray: part((x) => x > -1) };
};

/**
 * Thousands of seeds of Adam with a mask on the two-point problem, one lane a seed; not part of the public catalogue.
 *
 * What is returned is a statistic of the subject's own trajectories, so there is no error bound; the claim that asks for
 * it carries the sampling error. The subjects see the same draws but differ in law: in float32 the minimiser -2 is
 * absorbing, since a position that rounds to it has gradient exactly 0, so some more seeds settle there.
 */
export const maskedAdamEnsembleOperation: Operation<EnsembleInput, EnsembleOutput> = {
  id: 'masked-adam-ensemble',
  kind: 'function',
  summary: 'where the seeds of masked Adam end on the Huberised two-point example',
  input: z.strictObject({
    components: integer(2),
    dimension: integer(1, 2),
    form: z.enum(['sign', 'top-k']),
    k: integer(0, 2),
    amplify: nonNegative,
    damp: nonNegative,
    learningRate: positive,
    beta1: average,
    beta2: average,
    epsilon: nonNegative,
    start: real,
    steps: integer(1),
    lanes: integer(1),
    seed: integer(0),
  }),
  output: z.strictObject({ settled: real, astray: real }),
  reference: ({ form, k, lanes, start, steps, seed, ...settings }) =>
    counted(
      Array.from({ length: lanes }, (_, lane) =>
        maskedAdamLane(form === 'top-k' ? { ...settings, k } : settings, { start, steps, seed, lane }),
      ).flat(),
    ),
  gpu: async ({ form, dimension, k, lanes, start, steps, seed, components, ...method }) => {
    const backend = await arrayBackend();
    const schedule = adamSchedule(method.learningRate, method.beta1, method.beta2, steps);
    const coins = (c: number) =>
      packCoins(steps, lanes, (step, lane) => drawsRare(seed, components, step, lane * dimension + c));
    if (form === 'sign') {
      const ends = await Promise.all(
        Array.from({ length: dimension }, (_, c) =>
          signFormTrajectory(backend, { components }, method, schedule, coins(c), startAt(start, lanes)),
        ),
      );
      return counted(ends.flatMap(({ position }) => Array.from(position)));
    }
    if (dimension !== 2) throw new RangeError(`masked-adam-ensemble: dimension 2 for the top-k twin, got ${dimension}`);
    const { position } = await topKTrajectory(
      backend,
      { components },
      { ...method, k },
      schedule,
      [coins(0), coins(1)],
      startAt(start, 2 * lanes),
    );
    return counted(position);
  },
  errorBound: () => undefined,
};
