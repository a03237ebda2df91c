import { z } from 'zod';
import type { Numeric } from '../kernels/exact/numeric.ts';
import { Rational } from '../kernels/exact/rational.ts';
import { type RationalVector, vectorFrom } from '../kernels/exact/rational-vector.ts';
import { type AcceleratedRun, ballAcceleration } from '../methods/ball-acceleration.ts';
import { broxOnPath } from '../methods/brox/brox.ts';
import { exactBrox } from '../methods/brox/exact-brox.ts';
import { floatFunction } from '../methods/brox/float-function.ts';
import type { FloatFunction } from '../methods/brox/proximal-path.ts';
import { stepBound } from '../methods/brox/step-bound.ts';
import { inputRounding, valueBound } from '../methods/brox/trajectory-bound.ts';
import { type ConvexFunction, convertFunction } from '../problems/functions/convex-function.ts';
import { exactValue } from '../problems/functions/exact-value.ts';
import { isSubgradient } from '../problems/functions/is-subgradient.ts';
import { allowedError } from './allowed-error.ts';
import { ballAccelerationDefects } from './ball-acceleration-defects.ts';
import { checkedExactFunction, checkedFunction, functionAtPoint } from './function-schema.ts';
import { Declined, type Doubles, type Operation } from './operation.ts';
import { integer, positive, real } from './schema.ts';

export interface BallAccelerationInput {
  readonly function: ConvexFunction<Numeric>;
  readonly point: readonly Numeric[];
  readonly radius: Numeric;
  /** The factor of the guesses, > 1. */
  readonly alpha: Numeric;
  readonly maximumCalls: number;
}

export interface BallAccelerationOutput {
  /** x_0, x_1, …; the minimiser last where a ball held one. */
  readonly points: readonly (readonly Numeric[])[];
  /** f(x_0), f(x_1), …. */
  readonly values: readonly Numeric[];
  readonly oracleCalls: number;
  /** The index of that minimiser, 0 where the start is one, or null. */
  readonly optimalAfter: number | null;
}

type Input = Doubles<BallAccelerationInput>;

/**
 * The accelerated ball-oracle method: x_k with f(x_k) - f* <= |x_0 - x*|²/(2 A_k), one ball oracle a step.
 *
 * An error bound is known for runs of at most one call, which are those of brox: later on the damping and the next guess turn
 * on the comparison of two multipliers, and equal ones leave nothing guaranteed; the bound is then Infinity.
 */
export const ballAccelerationOperation: Operation<BallAccelerationInput, BallAccelerationOutput> = {
  id: 'ball-acceleration',
  kind: 'function',
  summary:
    'Monteiro-Svaiter acceleration of the ball oracle of a fixed radius without bisection (guesses changed by the factor alpha): points x_0, x_1, …, their values, the number of oracle calls, and the index of the minimiser that ended the run (null for none)',
  input: functionAtPoint({
    radius: positive,
    alpha: real
      .refine((x) => Rational.from(x).compare(Rational.ONE) > 0, { error: 'a number > 1' })
      .meta({ exclusiveMinimum: 1 }),
    maximumCalls: integer(1),
  }),
  output: z.strictObject({
    points: z.array(z.array(real)).meta({ description: 'x_0 = point, x_1, …; a minimiser last where a ball held one' }),
    values: z.array(real).meta({ description: 'f(x_0), f(x_1), …' }),
    oracleCalls: integer(0).meta({ description: 'how many balls were minimised over, at most maximumCalls' }),
    optimalAfter: integer(0)
      .nullable()
      .meta({ description: 'the index in points of the minimiser that ended the run; null for none' }),
  }),
  exact: ({ function: f, point, radius, maximumCalls }) => {
    const exact = checkedExactFunction('ball-acceleration', f);
    const start = vectorFrom(point);
    const value = exactValue(exact, start);
    if (value === undefined) return new Declined('a value of the run is irrational');
    const first = { points: [start.map(String)], values: [value.toString()] };
    if (isMinimiser(exact, start)) return { ...first, oracleCalls: 0, optimalAfter: 0 };
    const step = exactBrox(exact, start, Rational.from(radius));
    if (step === undefined) return new Declined('a point or a value of the run is irrational');
    if (!step.isOptimal && maximumCalls > 1)
      return new Declined('the weights of a run of two or more calls are square roots');
    return {
      points: [...first.points, step.point.map(String)],
      values: [...first.values, step.value.toString()],
      oracleCalls: 1,
      optimalAfter: step.isOptimal ? 1 : null,
    };
  },
  reference: (input) => {
    const prepared = prepare(input);
    const { points, oracleCalls, optimalAfter } = runOf(input, prepared);
    return { points, values: points.map((x) => prepared.value(x)), oracleCalls, optimalAfter };
  },
  errorBound: (input, format) => {
    const { point, radius } = input;
    const prepared = prepare(input);
    const E = inputRounding(point, format);
    const atStart = Math.max(E, valueBound(prepared, point, E, format));
    const { oracleCalls } = runOf(input, prepared);
    // an inexact start may be a minimiser in one reading and none in the other
    if (oracleCalls === 0) return E === 0 ? atStart : Number.POSITIVE_INFINITY;
    if (oracleCalls > 1) return Number.POSITIVE_INFINITY;
    const path = prepared.path(point);
    const step = broxOnPath(prepared, path, radius);
    const { distance, isDecided } = stepBound(path, step, radius, format, E);
    if (!isDecided) return Number.POSITIVE_INFINITY;
    return Math.max(atStart, 2 * distance, valueBound(prepared, step.point, distance, format));
  },
  defects: (input, output, format) => {
    const { reference } = ballAccelerationOperation;
    const bound = allowedError(ballAccelerationOperation, input, format);
    return ballAccelerationDefects(input, reference(input), output, format, bound);
  },
};

const prepare = ({ function: f }: Input): FloatFunction => floatFunction(checkedFunction('ball-acceleration', f));

function runOf({ function: f, point, radius, alpha, maximumCalls }: Input, prepared: FloatFunction): AcceleratedRun {
  if (
    isMinimiser(
      convertFunction(f, (x) => Rational.from(x)),
      vectorFrom(point),
    )
  ) {
    return { points: [point], oracleCalls: 0, optimalAfter: 0 };
  }
  return ballAcceleration((y) => broxOnPath(prepared, prepared.path(y), radius), point, { alpha, maximumCalls });
}

const isMinimiser = (f: ConvexFunction<Rational>, x: RationalVector): boolean =>
  isSubgradient(
    f,
    x,
    x.map(() => Rational.ZERO),
  );
