/** The odd quintic a x + b x^3 + c x^5. */
export type OddQuintic = readonly [a: number, b: number, c: number];

/**
 * One entry a step: the given ones, then the last one repeated.
 * @throws RangeError unless steps is an integer >= 0 and there is at least one entry.
 */
export function stepCoefficients<T>(coefficients: readonly T[], steps: number): T[] {
  if (!(Number.isInteger(steps) && steps >= 0))
    throw new RangeError(`stepCoefficients: steps an integer >= 0, got ${steps}`);
  const last = coefficients.at(-1);
  if (last === undefined) throw new RangeError('stepCoefficients: at least one step, got none');
  return Array.from({ length: steps }, (_, k) => coefficients[k] ?? last);
}
