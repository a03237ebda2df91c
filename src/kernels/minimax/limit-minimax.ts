import { Rational } from '../exact/rational.ts';
import { toSignificant } from '../exact/significant.ts';
import type { MinimaxDegree, OddMinimax, RationalTriple } from './odd-minimax-type.ts';

/** The Newton–Schulz map of the degree, which is flat at 1, and where the best polynomial touches its error in the limit. */
const LIMIT = {
  3: { triple: ['3/2', '-1/2', '0'], constant: '3/4', order: 2, inner: ['1/2'] },
  5: { triple: ['15/8', '-5/4', '3/8'], constant: '5/8', order: 3, inner: ['1/4', '3/4'] },
} as const;

/**
 * The leading term for e = (u - l)/(u + l) -> 0: with m = (u + l)/2, p(x) = N(x/m) up to a factor 1 + O(e²) in each coefficient
 * and E = 3/4 e² (degree 3) or 5/8 e³ up to the same factor, because 1 - N(1 + t) = -3/2 t² - … or -5/2 t³ - …, of which only the
 * leading term's distance from lower powers is left: 1/2 and 1/4 of it, on [-e, e] (Chebyshev). Odd powers of e vanish, since
 * e -> -e swaps l and u.
 */
export function limitMinimax(l: Rational, u: Rational, degree: MinimaxDegree, bits: number): OddMinimax {
  const { triple, constant, order, inner } = LIMIT[degree];
  const m = l.plus(u).times(Rational.of(1, 2));
  const e = u.minus(l).dividedBy(u.plus(l));
  const error = toSignificant(Rational.from(constant).times(e.power(order)), bits);
  const scaled = triple.map((x, k) => toSignificant(Rational.from(x).dividedBy(m.power(2 * k + 1)), bits));
  return {
    coefficients: scaled as unknown as RationalTriple,
    error,
    least: toSignificant(Rational.ONE.minus(error), bits),
    nodes: [l, ...inner.map((x) => l.plus(u.minus(l).times(Rational.from(x)))), u],
  };
}
