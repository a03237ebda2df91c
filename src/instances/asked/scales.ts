import fc, { type Arbitrary } from 'fast-check';
import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import type { Rows } from './context.ts';

/**
 * Powers of two by which whole matrices are scaled: 1 mostly; about 1e-10, 1e-30 and 1e20.
 *
 * In the formats with exponents from -126 to 127 the squares of the last two under- and overflow; 2^-50 and 2^50 are there
 * for scales whose squares, and the sum of those of 512 × 512 entries below 2^4, do not: 2^(2·54 + 18) < 2^127.
 */
export const scales = (format: FloatFormat): Arbitrary<number> => {
  const inRange = format === 'float64' ? [-100, 66] : [-50, 50];
  return fc
    .oneof(
      { weight: 16, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.constant(-33) },
      { weight: 2, arbitrary: fc.constantFrom(...inRange) },
      { weight: 1, arbitrary: fc.constantFrom(-100, 66) },
    )
    .map((exponent) => 2 ** exponent);
};

/** Exact but for underflow; no negative zeros. */
export const scaled = (rows: Rows, factor: number): Rows =>
  rows.map((row) => row.map((x) => (x === 0 ? 0 : factor * x)));
