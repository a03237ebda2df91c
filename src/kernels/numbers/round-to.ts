import type { FloatFormat } from '../matrix/arithmetic.ts';
import { LARGEST_FINITE } from '../unit-roundoff.ts';

/** Veltkamp's constant 2^(53-8) + 1 leaves 8 significant bits of a double. */
const TO_EIGHT_BITS = 2 ** 45 + 1;

/** x rounded to nearest in the format (of two equally near bfloat16 numbers either one); subnormals are not treated apart. */
export function roundTo(x: number, format: FloatFormat): number {
  if (format === 'float64') return x;
  if (format === 'float32') return Math.fround(x);
  const wide = TO_EIGHT_BITS * x;
  const rounded = Number.isFinite(wide) ? wide - (wide - x) : x;
  return Math.abs(rounded) > LARGEST_FINITE.bfloat16 ? Math.sign(x) * Number.POSITIVE_INFINITY : rounded;
}
