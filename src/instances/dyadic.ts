import fc, { type Arbitrary } from 'fast-check';

const GRID = 2 ** 20;

/**
 * Fraction strings k / 2^20 in [least, most]: uniform on the grid, unlike `fc.double`, which is uniform over bit patterns.
 * Shrinks towards the integer of least magnitude.
 */
export const dyadic = (least: number, most: number): Arbitrary<string> =>
  fc.integer({ min: Math.ceil(least * GRID), max: Math.floor(most * GRID) }).map((k) => reduced(k));

/** Small fractions p / q with |p| <= most, 1 <= q <= denominators: ties, zeros and integers are frequent. */
export const smallFraction = (most: number, denominators: number): Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: -most, max: most }), fc.integer({ min: 1, max: denominators }))
    .map(([p, q]) => (q === 1 ? `${p}` : `${p}/${q}`));

function reduced(k: number): string {
  let [p, q] = [k, GRID];
  while (q > 1 && p % 2 === 0) [p, q] = [p / 2, q / 2];
  return q === 1 ? `${p}` : `${p}/${q}`;
}
