import type { Obligation } from '../../../claim/certificate.ts';
import {
  addPolynomials,
  degree,
  multiplyPolynomials,
  type Polynomial,
  polynomial,
  subtractPolynomials,
} from '../../../kernels/exact/polynomial.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { type SignOnInterval, signOnInterval } from '../../../kernels/exact/sign-on-interval.ts';
import { countRoots } from '../../../kernels/exact/sturm.ts';
import { point, shown } from './bracket.ts';

/** A condition and the words for what was computed. */
export type Finding = readonly [holds: boolean, evidence: string];

/** One obligation of several findings, all of which must hold. */
export const obligation = (id: string, text: string, findings: readonly [Finding, ...Finding[]]): Obligation => ({
  id,
  text,
  holds: findings.every(([holds]) => holds),
  evidence: findings.map(([, evidence]) => evidence).join('; '),
});

/** "3 + 1/2 x^2", for evidence. */
export function written(p: Polynomial, variable: string): string {
  const terms = p.flatMap((c, k) => {
    if (c.sign() === 0) return [];
    const monomial = k === 0 ? '' : k === 1 ? variable : `${variable}^${k}`;
    return [k > 0 && c.equals(Rational.ONE) ? monomial : `${c} ${monomial}`.trim()];
  });
  return terms.length === 0 ? '0' : terms.join(' + ');
}

/** Two polynomials are the same: their coefficients were compared. */
export const identical = (left: Polynomial, right: Polynomial, variable: string): Finding => [
  degree(subtractPolynomials(left, right)) < 0,
  `both sides expand to ${written(left, variable)}`,
];

/** Infinite ends as they are; others readable. */
const end = (x: Rational | Numeric): string =>
  x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY ? `${x}` : shown(point(Rational.from(x)));

/** The sign of p on [lo, hi], by its Sturm chain. */
export function signed(
  p: Polynomial,
  lo: Rational | Numeric,
  hi: Rational | Numeric,
  expected: readonly SignOnInterval[],
  variable: string,
): Finding {
  const sign = signOnInterval(p, lo, hi);
  return [expected.includes(sign), `${written(p, variable)} is ${sign} on [${end(lo)}, ${end(hi)}] (Sturm)`];
}

/** The number of roots of p in (lo, hi], by its Sturm chain. */
export function counted(
  p: Polynomial,
  lo: Rational | Numeric,
  hi: Rational | Numeric,
  expected: number,
  variable: string,
): Finding {
  const roots = countRoots(p, lo, hi);
  return [roots === expected, `${written(p, variable)} has ${roots} roots in (${end(lo)}, ${end(hi)}] (Sturm)`];
}

export const product = (...factors: readonly Polynomial[]): Polynomial =>
  factors.reduce(multiplyPolynomials, polynomial([1]));

export const power = (p: Polynomial, exponent: number): Polynomial =>
  product(...Array.from({ length: exponent }, () => p));

export const sum = (...terms: readonly Polynomial[]): Polynomial => terms.reduce(addPolynomials, polynomial([]));
