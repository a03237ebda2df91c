import { around, type Interval, interval, squareRoot, sum } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';
import { UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { frobeniusUpperBound } from './euclidean-norm.ts';
import { fromRows } from './matrix.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

type Rows = readonly (readonly Rational[])[];

/**
 * Enclosures of the eigenvalues of a symmetric positive semidefinite matrix, cut at 0: the diagonal of a diagonal one, else the
 * certified computed ones of the nearest doubles, widened by what that rounding can move them (Weyl, u ||A||_F).
 */
export function semidefiniteSpectrum(A: Rows): readonly Interval[] {
  const isDiagonal = A.every((row, i) => row.every((x, j) => i === j || x.sign() === 0));
  if (isDiagonal) return A.map((row, i) => around(row[i] ?? Rational.ZERO));
  const rounded = fromRows(A.map((row) => row.map((x) => x.toNumber())));
  const { values, valuesError } = symmetricEigen(rounded);
  const isExact = A.flat().every((x) => Rational.from(x.toNumber()).equals(x));
  const moved = isExact
    ? 0
    : 2 * UNIT_ROUNDOFF.float64 * frobeniusUpperBound(rounded) + rounded.data.length * Number.MIN_VALUE;
  return values.map((s) => {
    const { lo, hi } = around(s, (valuesError + moved) * (1 + 2 ** -50));
    return interval(Math.max(lo, 0), Math.max(hi, 0));
  });
}

/** tr A^(1/root) of a symmetric positive semidefinite rational matrix, root 2 or 4. */
export const traceOfRoot = (A: Rows, root: 2 | 4): Interval =>
  sum(semidefiniteSpectrum(A).map((s) => (root === 2 ? squareRoot(s) : squareRoot(squareRoot(s)))));
