import { type End, type ExtendedRational, orderedEnds, signAtEnd } from './extended-rational.ts';
import {
  exactQuotient,
  type IntegerPolynomial,
  primitiveDerivative,
  primitiveGcd,
  primitivePart,
  primitiveRemainder,
} from './integer-polynomial.ts';
import type { Polynomial } from './polynomial.ts';

/**
 * The Sturm chain of the square-free part of a polynomial: f, f', and then each the negated remainder of the two before
 * it, every one up to a positive factor. The last is a constant.
 */
export type SturmChain = readonly [IntegerPolynomial, ...IntegerPolynomial[]];

/** @throws RangeError for the zero polynomial, of which every number is a root. */
export function sturmChain(p: Polynomial): SturmChain {
  const whole = primitivePart(p);
  if (whole.length === 0) throw new RangeError('sturmChain: a polynomial != 0, got 0');
  return integerSturmChain(whole);
}

/** `sturmChain` for a primitive polynomial != 0. */
export function integerSturmChain(p: IntegerPolynomial): SturmChain {
  const squareFree = exactQuotient(p, primitiveGcd(p, primitiveDerivative(p)));
  const chain: [IntegerPolynomial, ...IntegerPolynomial[]] = [squareFree];
  let [before, last] = [squareFree, primitiveDerivative(squareFree)];
  while (last.length > 0) {
    chain.push(last);
    [before, last] = [last, primitiveRemainder(before, last).map((c) => -c)];
  }
  return chain;
}

/** The changes of sign along the chain at a point, zeros left out. */
export function signVariations(chain: SturmChain, at: ExtendedRational): number {
  let [variations, previous] = [0, 0];
  for (const p of chain) {
    const sign = signAtEnd(p, at);
    if (sign * previous < 0) variations += 1;
    if (sign !== 0) previous = sign;
  }
  return variations;
}

/**
 * The number of distinct real roots of p in (lo, hi]; either end may be infinite. (lo, lo] is empty.
 *
 * Sturm's theorem: it is V(lo) - V(hi), V the sign variations of the chain. The chain is that of the square-free part,
 * so the count is right where an end is a root, a multiple one too: at a root of f the variations are those just right
 * of it. Source: Basu, Pollack, Roy, Algorithms in Real Algebraic Geometry, theorem 2.62.
 * @throws RangeError for the zero polynomial, for NaN and for lo > hi.
 */
export const countRoots = (p: Polynomial, lo: End, hi: End): number => countRootsOf(sturmChain(p), lo, hi);

/** `countRoots` for a chain that is at hand. */
export function countRootsOf(chain: SturmChain, lo: End, hi: End): number {
  const [low, high] = orderedEnds('countRoots', lo, hi);
  return signVariations(chain, low) - signVariations(chain, high);
}
