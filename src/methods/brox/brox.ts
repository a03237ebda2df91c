import type { FloatFunction, ProximalPath } from './proximal-path.ts';

export interface BroxStep {
  readonly point: readonly number[];
  readonly value: number;
  /** c >= 0 with c (x - u) in the subdifferential at u; 0 where u minimises f. */
  readonly multiplier: number;
  /** Whether the ball held a minimiser. */
  readonly isOptimal: boolean;
  /** Where u lies on the path c -> prox_{1/c}(x); 0 is its end, the nearest minimiser. */
  readonly parameter: number;
}

/**
 * brox_t(x) = argmin of f over the ball B(x, t), in double precision.
 *
 * Where the ball holds a minimiser, the nearest one is taken with multiplier 0; else the step is the unique prox_{1/c}(x) of
 * length t.
 * @throws RangeError unless t > 0, and where a number of the result overflows.
 */
export function brox(f: FloatFunction, x: readonly number[], t: number): BroxStep {
  return broxOnPath(f, f.path(x), t);
}

/** The same with the path of f at x at hand. */
export function broxOnPath(f: FloatFunction, path: ProximalPath, t: number): BroxStep {
  if (!(t > 0)) throw new RangeError(`brox: radius > 0, got ${t}`);
  const isOptimal = path.holdsMinimiser(t);
  const { point, multiplier, parameter } = isOptimal
    ? { point: path.nearest(), multiplier: 0, parameter: 0 }
    : path.step(t);
  const value = f.value(point);
  if (![...point, value, multiplier].every(Number.isFinite)) {
    throw new RangeError(`brox: entries whose squares stay below the largest double, got an overflow for radius ${t}`);
  }
  return { point: point.map((v) => v + 0), value, multiplier, isOptimal, parameter };
}
