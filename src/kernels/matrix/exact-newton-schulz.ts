import { gcd } from '../exact/integer.ts';
import { Rational } from '../exact/rational.ts';
import type { RationalRows } from './exact-norms.ts';

type Integers = readonly (readonly bigint[])[];

/**
 * One step X -> a X + (b A + c A^2) X, A = X X^T, over the rationals; the digits grow about fivefold. Any shape.
 *
 * Over one common denominator, X = P / d and (a, b, c) = (p, q, r) / e, the result is
 * (p d^4 P + q d^2 Q + r S) / (e d^5) with Q = P P^T P, S = P P^T Q: products of integers, and one reduction an entry.
 */
export function exactNewtonSchulzStep(
  X: RationalRows,
  coefficients: readonly [Rational, Rational, Rational],
): Rational[][] {
  const [d, e] = [commonDenominator(X.flat()), commonDenominator(coefficients)];
  const over = (x: Rational, denominator: bigint): bigint => x.numerator * (denominator / x.denominator);
  const P = X.map((row) => row.map((x) => over(x, d)));
  const [p, q, r] = coefficients.map((x) => over(x, e)) as [bigint, bigint, bigint];
  const [square, bottom] = [d * d, e * d ** 5n];
  // the Gram matrix of the shorter side
  const tall = P.length > (P[0]?.length ?? 0);
  const A = tall ? product(transposed(P), P) : product(P, transposed(P));
  const timesGram = (Y: Integers): Integers => (tall ? product(Y, A) : product(A, Y));
  const Q = timesGram(P);
  const S = r === 0n ? Q : timesGram(Q);
  return P.map((row, i) =>
    row.map((x, j) => {
      const [y, z] = [Q[i]?.[j] ?? 0n, S[i]?.[j] ?? 0n];
      return Rational.of(p * square * square * x + q * square * y + r * z, bottom);
    }),
  );
}

/** The binary digits of the longest numerator or denominator, rounded up to a multiple of four. */
export function longestDigits(X: RationalRows): number {
  const digits = (n: bigint): number => 4 * (n < 0n ? -n : n).toString(16).length;
  return X.flat().reduce((most, x) => Math.max(most, digits(x.numerator), digits(x.denominator)), 0);
}

const commonDenominator = (entries: readonly Rational[]): bigint =>
  entries.reduce((d, { denominator }) => (d % denominator === 0n ? d : (d / gcd(d, denominator)) * denominator), 1n);

const transposed = (A: Integers): Integers => (A[0] ?? []).map((_, j) => A.map((row) => row[j] ?? 0n));

function product(A: Integers, B: Integers): Integers {
  const columns = transposed(B);
  return A.map((row) => columns.map((column) => row.reduce((sum, x, k) => sum + x * (column[k] ?? 0n), 0n)));
}
