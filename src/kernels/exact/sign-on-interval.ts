import { type End, type ExtendedRational, orderedEnds, signAtEnd } from './extended-rational.ts';
import {
  exactQuotient,
  type IntegerPolynomial,
  multiplyIntegers,
  primitiveDerivative,
  primitiveGcd,
  primitivePart,
} from './integer-polynomial.ts';
import type { Polynomial } from './polynomial.ts';
import { Rational } from './rational.ts';
import { integerSturmChain, signVariations } from './sturm.ts';

/** Strictly of one sign, weakly of one sign with a zero, identically zero, or of both signs. */
export type SignOnInterval = 'positive' | 'negative' | 'nonnegative' | 'nonpositive' | 'zero' | 'changes';

/**
 * The sign of p on the closed interval [lo, hi], decided exactly; an infinite end is left out of it.
 *
 * p changes its sign exactly at the roots of odd multiplicity inside (lo, hi); without one, a point that is no root
 * tells the sign, and 'nonnegative' (or 'nonpositive') means that a zero is attained, at an end perhaps. 'zero' is the
 * answer for the zero polynomial, and for lo = hi where p vanishes there.
 * @throws RangeError for NaN and for lo > hi, and where both ends are the same infinity.
 */
export function signOnInterval(p: Polynomial, lo: End, hi: End): SignOnInterval {
  const [low, high] = orderedEnds('signOnInterval', lo, hi);
  const whole = primitivePart(p);
  if (whole.length === 0) return 'zero';
  const isPoint = low instanceof Rational && high instanceof Rational && low.equals(high);
  const signLow = signAtEnd(whole, low);
  if (isPoint) return signLow > 0 ? 'positive' : signLow < 0 ? 'negative' : 'zero';
  const signHigh = signAtEnd(whole, high);
  const chain = integerSturmChain(whole);
  const roots = signVariations(chain, low) - signVariations(chain, high);
  if (roots > 0 && signChangesInside(whole, low, high)) return 'changes';
  const hasZero = roots > 0 || signLow === 0;
  const positive = (signLow || signHigh || signInside(whole, low, high)) > 0;
  return hasZero ? (positive ? 'nonnegative' : 'nonpositive') : positive ? 'positive' : 'negative';
}

function signChangesInside(p: IntegerPolynomial, low: ExtendedRational, high: ExtendedRational): boolean {
  const odd = integerSturmChain(oddPart(p));
  const inside = signVariations(odd, low) - signVariations(odd, high) - (signAtEnd(odd[0], high) === 0 ? 1 : 0);
  return inside > 0;
}

/** The product of the factors of odd multiplicity, each once (Musser's square-free decomposition). */
function oddPart(p: IntegerPolynomial): IntegerPolynomial {
  let rest = primitiveGcd(p, primitiveDerivative(p));
  let atLeast = exactQuotient(p, rest);
  let odd: IntegerPolynomial = [1n];
  for (let multiplicity = 1; atLeast.length > 1; multiplicity += 1) {
    // the roots of multiplicity above this one
    const above = primitiveGcd(atLeast, rest);
    if (multiplicity % 2 === 1) odd = multiplyIntegers(odd, exactQuotient(atLeast, above));
    rest = exactQuotient(rest, above);
    atLeast = above;
  }
  return odd;
}

/** The sign at one of degree + 1 points strictly between two rational roots: p vanishes at fewer of them. */
function signInside(p: IntegerPolynomial, low: ExtendedRational, high: ExtendedRational): number {
  if (!(low instanceof Rational && high instanceof Rational)) return 0;
  for (let k = 1; k <= p.length; k += 1) {
    const weight = Rational.of(k, p.length + 1);
    const sign = signAtEnd(p, low.plus(high.minus(low).times(weight)));
    if (sign !== 0) return sign;
  }
  return 0;
}
