import { addPolynomials, type Polynomial, subtractPolynomials } from '../exact/polynomial.ts';
import { Rational } from '../exact/rational.ts';
import type { RationalInterval } from '../exact/rational-interval.ts';
import { signOnInterval } from '../exact/sign-on-interval.ts';

/** Whether |1 - p| <= error on the whole interval: the signs of 1 + error - p and of p - 1 + error, by Sturm chains. Exact. */
export function isErrorAtMost(p: Polynomial, { lo, hi }: RationalInterval, error: Rational): boolean {
  const [above, below] = [
    subtractPolynomials([Rational.ONE.plus(error)], p),
    addPolynomials(p, [error.minus(Rational.ONE)]),
  ];
  return [above, below].every((q) => ['positive', 'nonnegative', 'zero'].includes(signOnInterval(q, lo, hi)));
}
