import type { ArrayBackend } from './backend.ts';
import { toFloat32 } from './float32-matrix.ts';
import type { KernelThis } from './gpujs.ts';
import { stepCoefficients } from './step-coefficients.ts';

/** Horner in x^2; the leading coefficient comes first. */
function mapKernel(this: KernelThis<'steps' | 'terms'>, start: number[], coefficients: number[][]): number {
  let x = start[this.thread.x]!;
  for (let step = 0; step < this.constants.steps; step++) {
    const square = x * x;
    let value = coefficients[step]![0]!;
    for (let term = 1; term < this.constants.terms; term++) {
      value = value * square + coefficients[step]![term]!;
    }
    x = value * x;
  }
  return x;
}

/** One row of `terms` numbers a step, leading coefficient first. @throws TypeError where steps differ in their number of terms. */
export function leadingFirst(coefficients: readonly (readonly number[])[], steps: number): Float32Array {
  const terms = coefficients[0]?.length ?? 0;
  if (terms === 0) throw new RangeError('mapScalars: at least one step with at least one coefficient, got none');
  if (coefficients.some((row) => row.length !== terms)) {
    throw new TypeError(
      `mapScalars: ${terms} coefficients in every step, got ${coefficients.map((row) => row.length)}`,
    );
  }
  const rows = stepCoefficients(coefficients, steps).map((row) => [...row].reverse());
  return toFloat32(rows.flat(), 'mapScalars, coefficients');
}

/**
 * Iterates x <- c_0 x + c_1 x^3 + c_2 x^5 + … in float32 on every entry by itself, one row of coefficients a step, the last
 * one repeated.
 *
 * Equal to `mapScalarsFloat32` where the backend is `bitExact`; elsewhere within `mapScalarsErrorBound`. Chaotic maps (Muon's
 * quintic) lose all digits after some 30 steps, and the bound says so.
 * @throws RangeError where an iterate leaves the range of float32.
 */
export async function mapScalars(
  backend: ArrayBackend,
  values: Float32Array,
  coefficients: readonly (readonly number[])[],
  steps: number = coefficients.length,
): Promise<Float32Array> {
  const table = leadingFirst(coefficients, steps);
  if (steps === 0 || values.length === 0) return values.slice();
  const terms = table.length / steps;
  const kernel = { kernel: mapKernel, output: [values.length], constants: { steps, terms } } as const;
  const work = values.length * steps * 2 * (terms + 1);
  return backend.run({ name: 'mapScalars', work, width: 1, kernel }, [
    { name: 'values', data: values, shape: [values.length] },
    { name: 'coefficients', data: table, shape: [steps, terms] },
  ]);
}
