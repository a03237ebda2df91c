import { gcd, magnitude } from './integer.ts';
import { Rational } from './rational.ts';

/**
 * A polynomial with integer coefficients of 1, x, x^2, …, without trailing zeros.
 *
 * Signs and remainders of a rational polynomial are decided on a positive multiple of it, without one fraction. Remainder
 * sequences divide each remainder by its content, which keeps the coefficients as short as they can be (Knuth, TAOCP 2,
 * 4.6.1: the primitive polynomial remainder sequence).
 */
export type IntegerPolynomial = readonly bigint[];

const leading = (p: IntegerPolynomial): bigint => p[p.length - 1] ?? 0n;

function primitive(p: readonly bigint[]): IntegerPolynomial {
  const last = p.findLastIndex((c) => c !== 0n);
  let content = 0n;
  for (const c of p) {
    content = gcd(content, c);
    if (content === 1n) return p.slice(0, last + 1);
  }
  return p.slice(0, last + 1).map((c) => c / content);
}

/** The positive multiple of p whose coefficients are integers without a common factor; [] for 0. */
export function primitivePart(p: readonly Rational[]): IntegerPolynomial {
  const common = p.reduce((lcm, { denominator: q }) => (lcm / gcd(lcm, q)) * q, 1n);
  return primitive(p.map((c) => c.numerator * (common / c.denominator)));
}

export const fromIntegers = (p: IntegerPolynomial): readonly Rational[] => p.map((c) => Rational.of(c));

/** A positive multiple of the remainder of p divided by d != 0, in lowest terms. */
export function primitiveRemainder(p: IntegerPolynomial, d: IntegerPolynomial): IntegerPolynomial {
  const remainder = [...p];
  const lead = leading(d);
  for (let top = p.length - 1; top >= d.length - 1; top -= 1) {
    const head = remainder[top] ?? 0n;
    if (head === 0n) continue;
    const shared = gcd(head, lead);
    // |lead|/shared p - sign(lead) head/shared x^k d has no term x^top
    const factor = magnitude(lead) / shared;
    const multiple = (lead < 0n ? -head : head) / shared;
    const shift = top - d.length + 1;
    for (let k = 0; k <= top; k += 1) {
      remainder[k] = (remainder[k] ?? 0n) * factor - (k < shift ? 0n : multiple * (d[k - shift] ?? 0n));
    }
  }
  return primitive(remainder);
}

/** The primitive greatest common divisor of two primitive polynomials, up to its sign; that of p and 0 is p. */
export function primitiveGcd(p: IntegerPolynomial, q: IntegerPolynomial): IntegerPolynomial {
  let [a, b] = [p, q];
  while (b.length > 0) [a, b] = [b, primitiveRemainder(a, b)];
  return a;
}

/** p / d for a primitive divisor d of p: integers again, by the lemma of Gauss. */
export function exactQuotient(p: IntegerPolynomial, d: IntegerPolynomial): IntegerPolynomial {
  const remainder = [...p];
  const quotient = Array.from({ length: p.length - d.length + 1 }, () => 0n);
  for (let k = quotient.length - 1; k >= 0; k -= 1) {
    const factor = (remainder[k + d.length - 1] ?? 0n) / leading(d);
    quotient[k] = factor;
    for (const [j, c] of d.entries()) remainder[k + j] = (remainder[k + j] ?? 0n) - factor * c;
  }
  return quotient;
}

export const multiplyIntegers = (p: IntegerPolynomial, q: IntegerPolynomial): IntegerPolynomial => {
  const product = Array.from({ length: p.length + q.length - 1 }, () => 0n);
  for (const [i, c] of p.entries()) for (const [j, d] of q.entries()) product[i + j] = (product[i + j] ?? 0n) + c * d;
  return product;
};

/** p' up to a positive factor, primitive. */
export const primitiveDerivative = (p: IntegerPolynomial): IntegerPolynomial =>
  primitive(p.slice(1).map((c, k) => c * BigInt(k + 1)));

/** The sign of p(n/q), that of the integer q^degree p(n/q). */
export function signAt(p: IntegerPolynomial, { numerator, denominator }: Rational): -1 | 0 | 1 {
  let value = leading(p);
  let power = 1n;
  for (let k = p.length - 2; k >= 0; k -= 1) {
    power *= denominator;
    value = value * numerator + (p[k] ?? 0n) * power;
  }
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}
