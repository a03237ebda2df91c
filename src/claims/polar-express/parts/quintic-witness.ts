import { type Polynomial, polynomial } from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { Bivariate } from '../../../kernels/exact/sign-on-box.ts';

/**
 * An explicit odd quintic p_e with |1 - p_e| <= e³ on [1 - e, 1 + e], for every e in [0, 1]: the coefficients of x, x³, x⁵ as
 * polynomials in e.
 *
 * p_0 is the Newton–Schulz map. With x = 1 + e t, (p_e(x) - 1)/e³ is a polynomial in e and t if and only if the coefficients of e²
 * add up to 0; at e = 0 it is 5/2 t³ plus (their weights 1, 3, 5) times t, here 5/8 (4 t³ - 3 t). The one free number of e² and the
 * three of e⁴ were found by a linear program that pushes the maximum away from 1, and rounded; at e = 1, t = -1 it is p(0) - 1 = -1.
 */
const FREE = Rational.of(9, 200);
const COEFFICIENTS: readonly Polynomial[] = [
  polynomial(['15/8', 0, Rational.of(15, 16).plus(FREE), 0, '1/2']),
  polynomial(['-5/4', 0, Rational.of(-15, 16).minus(FREE.times(Rational.of(2))), 0, '1/50']),
  polynomial(['3/8', 0, FREE, 0, '-1/64']),
];

const BINOMIALS = { 1: [1, 1], 3: [1, 3, 3, 1], 5: [1, 5, 10, 10, 5, 1] } as const;

/** (p_e(1 + e t) - 1)/e³ by powers of e and t, and what is left over below e³. */
export function quinticWitness(): { readonly quotient: Bivariate; readonly remainder: readonly Rational[] } {
  // [i][j] is the coefficient of e^i t^j: x^k = sum C(k, j) e^j t^j
  const rows = Array.from({ length: 10 }, () => Array.from({ length: 6 }, () => Rational.ZERO));
  for (const [k, coefficient] of COEFFICIENTS.entries()) {
    const binomials = BINOMIALS[(2 * k + 1) as 1 | 3 | 5];
    for (const [i, c] of coefficient.entries()) {
      for (const [j, n] of binomials.entries()) {
        const row = rows[i + j];
        if (row !== undefined) row[j] = (row[j] ?? Rational.ZERO).plus(c.times(Rational.of(n)));
      }
    }
  }
  const constant = rows[0];
  if (constant !== undefined) constant[0] = (constant[0] ?? Rational.ZERO).minus(Rational.ONE);
  return { quotient: rows.slice(3), remainder: rows.slice(0, 3).flat() };
}
