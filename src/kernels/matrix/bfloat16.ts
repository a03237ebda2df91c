import { LARGEST_FINITE, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { type Arithmetic, FLOAT32 } from './arithmetic.ts';
import { map } from './matrix.ts';
import { binaryExponent, timesPowerOfTwo } from './power-of-two.ts';

/** The exponent of the last place of the smallest normal bfloat16, 2^-126, and of all below it. */
const LOWEST_PLACE = -133;

/** Adding and subtracting it rounds a number in [0, 2^51] to an integer, ties to even. */
const TO_INTEGER = 2 ** 52;

/** The nearest number with 8 significant bits and the exponents of a single, ties to even; infinite beyond the largest. */
export function toBfloat16(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const place = Math.max(binaryExponent(x) - 7, LOWEST_PLACE);
  const rounded = timesPowerOfTwo(timesPowerOfTwo(Math.abs(x), -place) + TO_INTEGER - TO_INTEGER, place);
  return Math.sign(x) * (rounded > LARGEST_FINITE.bfloat16 ? Number.POSITIVE_INFINITY : rounded);
}

/**
 * bfloat16 as matrix units have it: products are accumulated in single precision and rounded once, everything else is rounded
 * at once. A sum or product of two bfloat16 numbers computed in double precision and rounded is the correctly rounded one
 * (Figueroa 1995: 53 >= 2·8 + 2).
 */
export const BFLOAT16: Arithmetic = {
  format: 'bfloat16',
  unitRoundoff: UNIT_ROUNDOFF.bfloat16,
  round: toBfloat16,
  roundSum: Math.fround,
  multiply: (A, B) => map(FLOAT32.multiply(A, B), toBfloat16),
  gram: (X) => map(FLOAT32.gram(X), toBfloat16),
};
