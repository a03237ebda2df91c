import fc, { type Arbitrary } from 'fast-check';
import type { Numeric } from '../kernels/exact/rational.ts';

export type NumericRows = readonly (readonly Numeric[])[];

export interface Sizes {
  /** The most rows and columns; 1 is always among the sizes. */
  readonly most: number;
}

const shape = (most: number): Arbitrary<readonly [number, number]> =>
  fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })),
    fc.constantFrom([1, 1] as const, [1, most] as const, [most, 1] as const),
  );

const filled = (rows: number, columns: number, entry: Arbitrary<Numeric>): Arbitrary<NumericRows> =>
  fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });

/** Matrices with integer entries in [-2, 2]: ties, zero entries, zero rows and columns, rank deficiency. */
export const tieMatrix = ({ most }: Sizes): Arbitrary<NumericRows> =>
  shape(most).chain(([rows, columns]) => filled(rows, columns, fc.integer({ min: -2, max: 2 })));

/** Matrices of dyadic fractions k / 2^10, |k| <= 2^14. */
export const dyadicMatrix = ({ most }: Sizes): Arbitrary<NumericRows> =>
  shape(most).chain(([rows, columns]) =>
    filled(
      rows,
      columns,
      fc.integer({ min: -(2 ** 14), max: 2 ** 14 }).map((k) => k / 2 ** 10),
    ),
  );

/** x yᵀ for small integer vectors. */
export const rankOneMatrix = ({ most }: Sizes): Arbitrary<NumericRows> =>
  shape(most)
    .chain(([rows, columns]) =>
      fc.tuple(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: rows, maxLength: rows }),
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: columns, maxLength: columns }),
      ),
    )
    .map(([x, y]) => x.map((a) => y.map((b) => a * b + 0)));

/** A matrix times 2^k, exactly: tiny and huge scales of the same shape. */
export const scaledByPowersOfTwo = (matrix: Arbitrary<NumericRows>, most: number): Arbitrary<NumericRows> =>
  fc
    .tuple(matrix, fc.integer({ min: -most, max: most }))
    .map(([rows, k]) => rows.map((row) => row.map((x) => Number(x) * 2 ** k)));
