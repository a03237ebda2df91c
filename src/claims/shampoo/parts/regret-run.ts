import fc from 'fast-check';
import { type Answer, ask, type Call } from '../../../claim/ask.ts';
import type { Family } from '../../../claim/claim.ts';
import { type Enclosure, enclosing } from '../../../claim/enclosure.ts';
import {
  gradientStream,
  hoverAndDescend,
  type NumericMatrix,
  type Stream,
} from '../../../instances/gradient-stream.ts';
import {
  add,
  around,
  divide,
  type Interval,
  interval,
  maximum,
  multiply,
  square,
} from '../../../kernels/exact/interval.ts';
import { rank } from '../../../kernels/exact/linear-solve.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { normEnclosure, toInterval } from '../../../kernels/matrix/norm-enclosure.ts';
import { traceOfRoot } from '../../../kernels/matrix/trace-power.ts';
import { shampooOperation } from '../../../operations/shampoo.ts';
import { differenceOfRows, gramSum, linearRegret, regretSensitivity } from '../../../problems/regret.ts';

export type Rows = readonly (readonly Rational[])[];

export interface RegretInstance extends Stream {
  readonly learningRate: number;
  readonly epsilon: number;
}

export interface RegretObserved {
  readonly regret: Interval;
  /** D = max ||W_t - W*||_F over the points at which gradients are taken. */
  readonly distance: Interval;
  /** sum <G_t, L_t^(-1/4) G_t R_t^(-1/4)>. */
  readonly squares: Interval;
}

export const rationals = (A: NumericMatrix): Rows => A.map((row) => row.map((x) => Rational.from(x)));
export const gradientsOf = ({ gradients }: Stream): readonly Rows[] => gradients.map(rationals);

/** L_T or R_T, epsilon I included. */
export const preconditioner = (instance: RegretInstance, side: 'left' | 'right'): Rows =>
  gramSum(gradientsOf(instance), side, Rational.from(instance.epsilon));

/** tr L_T^(1/4) tr R_T^(1/4). */
export const traces = (instance: RegretInstance): Interval =>
  multiply(traceOfRoot(preconditioner(instance, 'left'), 4), traceOfRoot(preconditioner(instance, 'right'), 4));

/** D²/(2 eta). */
export const distanceTerm = ({ learningRate }: RegretInstance, { distance }: RegretObserved): Interval =>
  divide(square(distance), multiply(interval(2), interval(learningRate)));

/** regret / (a D²/(2 eta) + b eta). */
export function normalised(instance: RegretInstance, observed: RegretObserved, a: Rational, b: Rational): Enclosure {
  const first = multiply(around(a), distanceTerm(instance, observed));
  return enclosing(divide(observed.regret, add(first, multiply(around(b), interval(instance.learningRate)))));
}

/** The largest rank of a gradient, at least 1. */
export const largestRank = (instance: RegretInstance): Rational =>
  Rational.of(Math.max(1, ...gradientsOf(instance).map((G) => rank(G))));

export function* observeRun(instance: RegretInstance): Generator<Call, RegretObserved, Answer<unknown>> {
  const { start, comparator, gradients, learningRate, epsilon } = instance;
  const { output, errorBound } = yield* ask(shampooOperation, {
    parameters: [start],
    hyperparameters: { learningRate, epsilon },
    gradients: gradients.map((G) => [G]),
  });
  const target = rationals(comparator);
  const visited = [start, ...output.trajectory.slice(0, -1).map(([W]) => W ?? start)].map(rationals);
  const updates = output.updates.map(([U]) => rationals(U ?? []));
  const streams = gradientsOf(instance);
  const error = Number.isFinite(errorBound)
    ? around(regretSensitivity(streams).times(Rational.from(errorBound))).hi
    : Number.POSITIVE_INFINITY;
  const entries = (start.length * (start[0]?.length ?? 0)) ** 0.5 * (1 + 2 ** -50);
  const distances = visited.map((W, t) =>
    widened(toInterval(normEnclosure('frobenius', differenceOfRows(W, target))), t === 0 ? 0 : errorBound * entries),
  );
  const zero = target.map((row) => row.map(() => Rational.ZERO));
  return {
    regret: widened(around(linearRegret(streams, visited, target)), error),
    distance: distances.reduce(maximum, interval(0)),
    squares: divide(widened(around(linearRegret(streams, updates, zero)), error), interval(learningRate)),
  };
}

/** The same observation with the distance of the start in the place of D. */
export const fromStart = (instance: RegretInstance, observed: RegretObserved): RegretObserved => ({
  ...observed,
  distance: toInterval(
    normEnclosure('frobenius', differenceOfRows(rationals(instance.start), rationals(instance.comparator))),
  ),
});

export const withStep = (stream: Stream, learningRate: number, epsilon: number): RegretInstance => ({
  ...stream,
  learningRate,
  epsilon,
});

/** A damping that the sum of squares outgrows at once. */
const LITTLE = 2 ** -20;
export const TIGHT = withStep(hoverAndDescend(0.75, 2000, 300), 0.75, LITTLE);

/** Starts at the comparator, walks away and pays on the way back. */
export const THERE_AND_BACK = withStep(
  {
    start: [[0]],
    comparator: [[0]],
    gradients: Array.from({ length: 12 }, (_, t): NumericMatrix => (t < 6 ? [[1]] : [[-1]])),
  },
  0.125,
  LITTLE,
);

/** Gradients that double and alternate: a preconditioner without the current gradient jumps between ±sqrt(3)/2 for ever. */
export const DOUBLING = withStep(
  { start: [[0.866]], comparator: [[0]], gradients: Array.from({ length: 12 }, (_, t) => [[(-2) ** t]]) },
  1,
  1 / 3,
);

const steps = fc.constantFrom(0.125, 0.5, 1, 2);
const dampings = fc.constantFrom(0.0625, 0.5);
const streamsOf = (size: number, length: number) =>
  fc
    .tuple(gradientStream(size, length), steps, dampings)
    .map(([stream, learningRate, epsilon]) => withStep(stream, learningRate, epsilon));

export const STREAMS = { arbitrary: streamsOf(3, 5) };
export const SCALARS = { arbitrary: streamsOf(1, 12) };

export const HOVER: Family<RegretInstance> = {
  id: 'hover-and-descend',
  role: 'extremal',
  instances: [withStep(hoverAndDescend(1.9, 100, 30), 1.9, LITTLE), TIGHT],
};

/** Scalar Shampoo whose preconditioner does not know the current gradient: L_(t-1) in the place of L_t. */
export function lagging(
  input: {
    readonly parameters: readonly (readonly (readonly number[])[])[];
    readonly hyperparameters: { readonly learningRate: number; readonly epsilon: number };
    readonly gradients: readonly (readonly (readonly (readonly number[])[])[])[];
  },
  output: unknown,
): unknown {
  const [start] = input.parameters;
  if (start?.length !== 1 || start[0]?.length !== 1) return output;
  let [w, V] = [start[0][0] ?? 0, input.hyperparameters.epsilon];
  const updates = input.gradients.map(([G]) => {
    const g = G?.[0]?.[0] ?? 0;
    const update = (input.hyperparameters.learningRate * g) / Math.sqrt(V);
    V += g * g;
    return update;
  });
  const trajectory = updates.map((update) => {
    w -= update;
    return [[[w]]];
  });
  return { trajectory, updates: updates.map((update) => [[[update]]]) };
}

export function widened({ lo, hi }: Interval, radius: number): Interval {
  return radius === 0 ? { lo, hi } : add({ lo, hi }, { lo: -radius, hi: radius });
}
