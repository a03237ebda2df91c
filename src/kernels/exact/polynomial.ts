import { exactQuotient, fromIntegers, primitiveGcd, primitivePart } from './integer-polynomial.ts';
import { type Numeric, Rational } from './rational.ts';
import { addRanges, multiplyRanges, type RationalInterval, rationalInterval } from './rational-interval.ts';

/**
 * A polynomial over Q in one variable: the coefficients of 1, x, x^2, …
 *
 * Every function here reads trailing zeros as absent and returns none; the zero polynomial is [] and has degree -1.
 */
export type Polynomial = readonly Rational[];

/** The polynomial with these coefficients of 1, x, x^2, … */
export const polynomial = (ascending: readonly (Numeric | Rational)[]): Polynomial =>
  trimmed(ascending.map((c) => Rational.from(c)));

function trimmed(p: Polynomial): Polynomial {
  const last = p.findLastIndex((c) => c.sign() !== 0);
  return last === p.length - 1 ? p : p.slice(0, last + 1);
}

export const degree = (p: Polynomial): number => p.findLastIndex((c) => c.sign() !== 0);

const coefficient = (p: Polynomial, power: number): Rational => p[power] ?? Rational.ZERO;

export const leadingCoefficient = (p: Polynomial): Rational => coefficient(p, degree(p));

export const addPolynomials = (p: Polynomial, q: Polynomial): Polynomial =>
  trimmed(Array.from({ length: Math.max(p.length, q.length) }, (_, k) => coefficient(p, k).plus(coefficient(q, k))));

export const scalePolynomial = (factor: Rational, p: Polynomial): Polynomial => trimmed(p.map((c) => factor.times(c)));

export const subtractPolynomials = (p: Polynomial, q: Polynomial): Polynomial =>
  addPolynomials(
    p,
    q.map((c) => c.negated()),
  );

export function multiplyPolynomials(p: Polynomial, q: Polynomial): Polynomial {
  const product = Array.from({ length: Math.max(p.length + q.length - 1, 0) }, () => Rational.ZERO);
  for (const [i, c] of p.entries()) {
    if (c.sign() === 0) continue;
    for (const [j, d] of q.entries()) product[i + j] = coefficient(product, i + j).plus(c.times(d));
  }
  return trimmed(product);
}

/** outer(inner(x)), by Horner's rule. */
export const composePolynomials = (outer: Polynomial, inner: Polynomial): Polynomial =>
  outer.reduceRight<Polynomial>((value, c) => addPolynomials(multiplyPolynomials(value, inner), [c]), []);

/** p'. */
export const derivative = (p: Polynomial): Polynomial => trimmed(p.slice(1).map((c, k) => c.times(Rational.of(k + 1))));

/** p(x), by Horner's rule. */
export const evaluate = (p: Polynomial, x: Rational): Rational =>
  p.reduceRight((value, c) => value.times(x).plus(c), Rational.ZERO);

/** An interval that contains p(x) for every x in the domain, by Horner's rule: not the exact image (see `image.ts`). */
export const evaluateOnInterval = (p: Polynomial, domain: RationalInterval): RationalInterval =>
  p.reduceRight((value, c) => addRanges(multiplyRanges(value, domain), { lo: c, hi: c }), rationalInterval(0));

/** p = quotient divisor + remainder with deg remainder < deg divisor. @throws RangeError where the divisor is 0. */
export function divideWithRemainder(
  p: Polynomial,
  divisor: Polynomial,
): { readonly quotient: Polynomial; readonly remainder: Polynomial } {
  const [d, lead] = [degree(divisor), leadingCoefficient(divisor)];
  if (d < 0) throw new RangeError('divideWithRemainder: a divisor != 0, got 0');
  const remainder = [...p];
  const quotient = Array.from({ length: Math.max(p.length - d, 0) }, () => Rational.ZERO);
  for (let k = quotient.length - 1; k >= 0; k -= 1) {
    const factor = coefficient(remainder, k + d).dividedBy(lead);
    if (factor.sign() === 0) continue;
    quotient[k] = factor;
    for (let j = 0; j <= d; j += 1) {
      remainder[k + j] = coefficient(remainder, k + j).minus(factor.times(coefficient(divisor, j)));
    }
  }
  return { quotient: trimmed(quotient), remainder: trimmed(remainder) };
}

const monic = (p: Polynomial): Polynomial =>
  p.length === 0 ? p : scalePolynomial(Rational.ONE.dividedBy(leadingCoefficient(p)), p);

/** The monic greatest common divisor; that of 0 and 0 is 0. */
export const gcdOfPolynomials = (p: Polynomial, q: Polynomial): Polynomial =>
  monic(fromIntegers(primitiveGcd(primitivePart(p), primitivePart(q))));

/** The monic polynomial with the roots of p, real and complex, each once: p / gcd(p, p'). @throws RangeError for 0. */
export function squareFreePart(p: Polynomial): Polynomial {
  if (degree(p) < 0) throw new RangeError('squareFreePart: a polynomial != 0, got 0');
  const whole = primitivePart(p);
  return monic(fromIntegers(exactQuotient(whole, primitiveGcd(whole, primitivePart(derivative(p))))));
}
