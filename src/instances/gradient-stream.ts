import fc, { type Arbitrary } from 'fast-check';
import type { Numeric } from '../kernels/exact/rational.ts';

export type NumericMatrix = readonly (readonly Numeric[])[];

export interface Stream {
  readonly start: NumericMatrix;
  readonly comparator: NumericMatrix;
  readonly gradients: readonly NumericMatrix[];
}

const filled = (rows: number, columns: number, entry: Arbitrary<Numeric>): Arbitrary<NumericMatrix> =>
  fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });

/** A start, a comparator and one to `mostSteps` gradients of one shape, entries k/8 with |k| <= 24; sizes from 1×1. */
export const gradientStream = (mostSize: number, mostSteps: number): Arbitrary<Stream> =>
  fc.tuple(fc.integer({ min: 1, max: mostSize }), fc.integer({ min: 1, max: mostSize })).chain(([rows, columns]) => {
    const matrix = filled(
      rows,
      columns,
      fc.integer({ min: -24, max: 24 }).map((k) => k / 8),
    );
    return fc.record({
      start: matrix,
      comparator: matrix,
      gradients: fc.array(matrix, { minLength: 1, maxLength: mostSteps }),
    });
  });

/**
 * The scalar stream that drives the regret of an adaptive step to its bound, W_0 = 1, W* = 0: gradients ±1 that hover below 1
 * while V grows, then one constant gradient that walks the whole way down in about `descent` steps.
 *
 * The step is eta / sqrt(V); every number is a double, and the gradients are given, so the stream does not depend on the method.
 */
export function hoverAndDescend(eta: number, hover: number, descent: number): Stream {
  const gradients: Numeric[] = [];
  let [w, V] = [1, 0];
  const take = (g: number): void => {
    V += g * g;
    w -= (eta * g) / Math.sqrt(V);
    gradients.push(g);
  };
  for (let t = 0; t < hover; t += 1) take(w + eta / Math.sqrt(V + 1) <= 1 ? -1 : 1);
  // a float32 number, so that squares and sums of squares of the gradients stay short
  const g = Math.fround((w * Math.sqrt(V)) / (eta * descent));
  while (w > 0) take(g);
  return { start: [[1]], comparator: [[0]], gradients: gradients.map((x) => [[x]]) };
}
