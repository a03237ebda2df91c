import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';

/** Whether the double x is a number of the format; a bfloat16 is a single whose last sixteen bits are 0. */
export function isRepresentable(x: number, format: FloatFormat): boolean {
  if (format === 'float64' || x === 0) return true;
  if (Math.fround(x) !== x) return false;
  return format === 'float32' || (new Uint32Array(Float32Array.of(x).buffer)[0] ?? 1) % 2 ** 16 === 0;
}
