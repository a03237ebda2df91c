import type { FloatFormat } from './arithmetic.ts';

const BITS = new DataView(new ArrayBuffer(4));

/** Whether x is a number of the format, so that rounding it there changes nothing. */
export function isRepresentable(x: number, format: FloatFormat): boolean {
  if (format === 'float64') return true;
  if (Math.fround(x) !== x) return false;
  if (format === 'float32') return true;
  // bfloat16 is the upper half of a single
  BITS.setFloat32(0, x);
  return BITS.getUint16(2) === 0;
}
