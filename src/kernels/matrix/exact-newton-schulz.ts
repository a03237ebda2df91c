import { Rational } from '../exact/rational.ts';
import type { RationalRows } from './exact-norms.ts';

/** One step X -> a X + (b A + c A^2) X, A = X X^T, over the rationals; the digits grow about fivefold. Any shape. */
export function exactNewtonSchulzStep(
  X: RationalRows,
  [a, b, c]: readonly [Rational, Rational, Rational],
): Rational[][] {
  if (X.flat().length === 0) return X.map(() => []);
  // A has the order of the rows: a tall X goes the other way round, which an odd map does not notice
  if (X.length > (X[0]?.length ?? 0)) return transposed(exactNewtonSchulzStep(transposed(X), [a, b, c]));
  const A = product(X, transposed(X));
  const square = c.sign() === 0 ? A : product(A, A);
  const B = A.map((row, i) => row.map((x, j) => b.times(x).plus(c.times(square[i]?.[j] ?? Rational.ZERO))));
  const BX = product(B, X);
  return X.map((row, i) => row.map((x, j) => a.times(x).plus(BX[i]?.[j] ?? Rational.ZERO)));
}

/** The binary digits of the longest numerator or denominator, rounded up to a multiple of four. */
export function longestDigits(X: RationalRows): number {
  const digits = (n: bigint): number => 4 * (n < 0n ? -n : n).toString(16).length;
  return X.flat().reduce((most, x) => Math.max(most, digits(x.numerator), digits(x.denominator)), 0);
}

const transposed = (X: RationalRows): Rational[][] =>
  (X[0] ?? []).map((_, j) => X.map((row) => row[j] ?? Rational.ZERO));

function product(A: RationalRows, B: RationalRows): Rational[][] {
  const columns = transposed(B);
  return A.map((row) => columns.map((column) => Rational.sum(row.map((x, k) => x.times(column[k] ?? Rational.ZERO)))));
}
