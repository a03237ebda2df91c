import { type End, type ExtendedRational, orderedEnds } from './extended-rational.ts';
import { bitLength, magnitude } from './integer.ts';
import { type IntegerPolynomial, signAt } from './integer-polynomial.ts';
import type { Polynomial } from './polynomial.ts';
import { Rational } from './rational.ts';
import type { RationalInterval } from './rational-interval.ts';
import { simplestBetween } from './simplest-between.ts';
import { type SturmChain, signVariations, sturmChain } from './sturm.ts';

const HALF = Rational.of(1, 2);
const midpoint = (a: Rational, b: Rational): Rational => a.plus(b).times(HALF);

/**
 * Disjoint closed intervals, ascending, each with exactly one real root of p in it: together, all roots in (lo, hi].
 *
 * An interval is a point where the root is found exactly, as a rational one with denominator^2 <= 1 / width always is (two
 * fractions with denominators up to q are 1/q^2 apart), and otherwise at most `width` long with the root strictly
 * inside and p of opposite or equal (even multiplicity) but nonzero signs at its ends. Either end may be infinite. All
 * intervals lie in [lo, hi]. Sturm's theorem separates the roots, signs of the square-free part narrow them down.
 * @throws RangeError for the zero polynomial, for NaN, lo > hi and width <= 0.
 */
export function isolateRoots(p: Polynomial, lo: End, hi: End, width: Rational): readonly RationalInterval[] {
  if (width.sign() <= 0) throw new RangeError(`isolateRoots: width > 0, got ${width}`);
  const [low, high] = orderedEnds('isolateRoots', lo, hi);
  const chain = sturmChain(p);
  const bound = rootBound(chain[0]);
  const [a, b] = [finite(low, bound), finite(high, bound)];
  const isolated: RationalInterval[] = [];
  if (!a.lessThan(b)) return isolated;
  // a stack of half-open intervals (a, b] with the sign variations at their ends, the leftmost on top
  const stack = [{ a, b, before: signVariations(chain, a), after: signVariations(chain, b) }];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    const roots = part.before - part.after;
    if (roots === 1) isolated.push(refined(chain, part.a, part.b, width, isolated.at(-1)?.hi));
    if (roots <= 1) continue;
    const middle = midpoint(part.a, part.b);
    const between = signVariations(chain, middle);
    stack.push({ a: middle, b: part.b, before: between, after: part.after });
    stack.push({ a: part.a, b: middle, before: part.before, after: between });
  }
  return isolated;
}

const finite = (end: ExtendedRational, bound: Rational): Rational =>
  end instanceof Rational ? end : end > 0 ? bound : bound.negated();

/** A power of two above the modulus of every root: Cauchy's 1 + max |c_k / c_n|, rounded up. */
function rootBound(p: IntegerPolynomial): Rational {
  const lead = bitLength(p[p.length - 1] ?? 0n);
  const most = p.reduce((bits, c) => Math.max(bits, bitLength(magnitude(c))), 0);
  // |c_k / c_n| < 2^(most - lead + 1), and 1 + that is at most twice that
  return Rational.of(1n << BigInt(most - lead + 2));
}

/** The one root in (a, b], narrowed down until `width` and strictly right of the interval before it. */
function refined(
  chain: SturmChain,
  a: Rational,
  b: Rational,
  width: Rational,
  previous: Rational | undefined,
): RationalInterval {
  const f = chain[0];
  let [lo, hi, signHi] = [a, b, signAt(f, b)];
  if (signHi === 0) return { lo: b, hi: b };
  // a is a root, but not the wanted one: the variations alone tell the halves apart until lo leaves it
  let lowEndIsRoot = signAt(f, a) === 0;
  while (lowEndIsRoot || width.lessThan(hi.minus(lo)) || previous?.equals(lo)) {
    const middle = midpoint(lo, hi);
    const sign = signAt(f, middle);
    if (sign === 0) return { lo: middle, hi: middle };
    // f has opposite signs at the ends of the half with the root
    const inLeft = lowEndIsRoot ? signVariations(chain, lo) > signVariations(chain, middle) : sign === signHi;
    if (inLeft) [hi, signHi] = [middle, sign];
    else [lo, lowEndIsRoot] = [middle, false];
  }
  // a rational root with a short denominator is the simplest number near it
  const simplest = simplestBetween({ lo, hi });
  return signAt(f, simplest) === 0 ? { lo: simplest, hi: simplest } : { lo, hi };
}
