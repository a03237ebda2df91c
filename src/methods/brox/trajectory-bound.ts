import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { Visit } from '../broximal-point.ts';
import { isRepresentable } from './is-representable.ts';
import type { FloatFunction } from './proximal-path.ts';
import { stepBound } from './step-bound.ts';

/** What rounding to the format may change in x, in the Euclidean norm. */
export const inputRounding = (x: readonly number[], format: FloatFormat): number =>
  x.every((v) => isRepresentable(v, format)) ? 0 : UNIT_ROUNDOFF[format] * euclideanNorm(x);

/** Bounds the difference of two values of f at points within E of the computed y, each evaluated in the format. */
export function valueBound(f: FloatFunction, y: readonly number[], E: number, format: FloatFormat): number {
  if (E === Number.POSITIVE_INFINITY) return E;
  return (E === 0 ? 0 : 2 * E * f.slopeBound(y, E)) + 2 * f.valueRounding(y, UNIT_ROUNDOFF[format]);
}

/**
 * Bounds the difference between the exact run of the broximal point method and one of a stable algorithm of the format,
 * in every coordinate of every point and in every value; Infinity where the step that reaches the minimisers is not decided.
 *
 * Both stay within E_k of the computed x_k, where E_0 is the rounding of x_0 and E_{k+1} = `stepBound` of E_k.
 */
export function trajectoryBound(f: FloatFunction, visits: readonly Visit[], format: FloatFormat): number {
  const start = visits[0]?.from ?? [];
  let E = inputRounding(start, format);
  let worst = Math.max(2 * E, valueBound(f, start, E, format));
  for (const { from, radius, step } of visits) {
    if (step === undefined) continue;
    const path = f.path(from);
    // a computed x_k that only nearly minimises f is undecided too
    if (path.distance(0) <= E + 2 * path.slack(format, radius).cap && path.distance(0) > 0)
      return Number.POSITIVE_INFINITY;
    const bound = stepBound(path, step, radius, format, E);
    if (!bound.isDecided) return Number.POSITIVE_INFINITY;
    E = bound.distance;
    worst = Math.max(worst, 2 * E, valueBound(f, step.point, E, format));
  }
  return worst;
}
