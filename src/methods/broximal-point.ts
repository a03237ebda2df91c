import { Rational } from '../kernels/exact/rational.ts';
import { type RationalVector, vectorFrom } from '../kernels/exact/rational-vector.ts';
import { type ConvexFunction, convertFunction } from '../problems/functions/convex-function.ts';
import { exactValue } from '../problems/functions/exact-value.ts';
import { isSubgradient } from '../problems/functions/is-subgradient.ts';
import { type BroxStep, broxOnPath } from './brox/brox.ts';
import { exactBrox } from './brox/exact-brox.ts';
import { floatFunction } from './brox/float-function.ts';
import type { FloatFunction } from './brox/proximal-path.ts';

/** x_0, x_1, …, their values, and the first k with x_k a minimiser. */
export interface Trajectory<N> {
  readonly points: readonly (readonly N[])[];
  readonly values: readonly N[];
  readonly optimalAfter: number | null;
}

/**
 * The broximal point method x_{k+1} = brox_{t_k}(x_k), exactly; undefined where a step is irrational.
 *
 * Once x_k minimises f it stays: the point nearest to x_k is x_k.
 */
export function exactBroximalPoint(
  f: ConvexFunction<Rational>,
  start: RationalVector,
  radii: RationalVector,
): Trajectory<Rational> | undefined {
  const first = exactValue(f, start);
  if (first === undefined) return undefined;
  const [points, values] = [[start], [first]];
  let optimalAfter = isMinimiser(f, start) ? 0 : null;
  let x = start;
  for (const [k, t] of radii.entries()) {
    const step = exactBrox(f, x, t);
    if (step === undefined) return undefined;
    points.push(step.point);
    values.push(step.value);
    if (step.isOptimal) optimalAfter ??= k + 1;
    x = step.point;
  }
  return { points, values, optimalAfter };
}

/** One step of a run in double precision: where it went from, and the step, undefined once x is optimal. */
export interface Visit {
  readonly from: readonly number[];
  readonly radius: number;
  readonly step: BroxStep | undefined;
}

/** The same in double precision, with what its error bound is made of. */
export function broximalPoint(
  f: ConvexFunction<number>,
  start: readonly number[],
  radii: readonly number[],
  prepared: FloatFunction = floatFunction(f),
): Trajectory<number> & { readonly visits: readonly Visit[] } {
  const [points, values, visits] = [[start], [prepared.value(start)], [] as Visit[]];
  let optimalAfter = isMinimiser(
    convertFunction(f, (v) => Rational.from(v)),
    vectorFrom(start),
  )
    ? 0
    : null;
  let x = start;
  for (const [k, radius] of radii.entries()) {
    const step = optimalAfter === null ? broxOnPath(prepared, prepared.path(x), radius) : undefined;
    visits.push({ from: x, radius, step });
    if (step?.isOptimal) optimalAfter = k + 1;
    x = step?.point ?? x;
    points.push(x);
    values.push(step?.value ?? values[k] ?? 0);
  }
  return { points, values, optimalAfter, visits };
}

const isMinimiser = (f: ConvexFunction<Rational>, x: RationalVector): boolean =>
  isSubgradient(
    f,
    x,
    x.map(() => Rational.ZERO),
  );
