import fc, { type Arbitrary } from 'fast-check';
import { seededIntegers } from './seeded.ts';

/** Numbers k / denominator with integers |k| <= most. */
export interface EntryKind {
  readonly most: number;
  readonly denominator: number;
}

/** -2 … 2: ties, zeros, equal rows; sums and products of a few are exact in every format. */
export const TIES: EntryKind = { most: 2, denominator: 1 };

/** Seven binary digits: numbers of every format, bfloat16 included, so that no bound holds a rounding of the input. */
export const FEW_BITS: EntryKind = { most: 127, denominator: 16 };

/** Twenty-four binary digits: numbers of single precision. */
export const SINGLES: EntryKind = { most: 2 ** 24 - 1, denominator: 2 ** 22 };

/** Fifty-three: doubles that no other format has. */
export const DOUBLES: EntryKind = { most: 2 ** 53 - 1, denominator: 2 ** 51 };

/** Arrays up to this long are drawn entry by entry, so that each shrinks; longer ones come from a seed. */
const DRAWN = 100;

/** `count` numbers of a kind. */
export function entries({ most, denominator }: EntryKind, count: number): Arbitrary<readonly number[]> {
  const integers =
    count <= DRAWN
      ? fc.array(fc.integer({ min: -most, max: most }), { minLength: count, maxLength: count })
      : fc.nat().map((seed) => seededIntegers(seed, count, most));
  return integers.map((values) => values.map((k) => (k === 0 ? 0 : k / denominator)));
}
