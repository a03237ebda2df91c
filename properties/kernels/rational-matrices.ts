import fc from 'fast-check';
import { Rational } from '../../src/kernels/exact/rational.ts';
import type { RationalMatrix } from '../../src/kernels/exact/rational-matrix.ts';

/** Often 0 or equal to one another, so that ranks drop. */
export const smallRational = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .map(([p, q]) => Rational.of(p, q));

export const smallMatrix = (rows: number, columns: number): fc.Arbitrary<RationalMatrix> =>
  fc.array(fc.array(smallRational, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
