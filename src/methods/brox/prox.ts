import type { FloatFunction } from './proximal-path.ts';

/**
 * prox_gamma(x) = argmin of f + |. - x|^2 / (2 gamma) and the value of f there, in double precision.
 * @throws RangeError unless gamma > 0, and where a number of the result overflows.
 */
export function prox(
  f: FloatFunction,
  x: readonly number[],
  gamma: number,
): { readonly point: readonly number[]; readonly value: number } {
  if (!(gamma > 0)) throw new RangeError(`prox: parameter > 0, got ${gamma}`);
  const point = f.path(x).prox(gamma);
  const value = f.value(point);
  if (![...point, value].every(Number.isFinite)) {
    throw new RangeError(`prox: entries whose squares stay below the largest double, got an overflow for ${gamma}`);
  }
  return { point: point.map((v) => v + 0), value };
}
