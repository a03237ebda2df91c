import { Rational } from '../exact/rational.ts';
import { toSignificant } from '../exact/significant.ts';
import type { OddMinimax } from './odd-minimax-type.ts';
import { quinticNodes } from './quintic-nodes.ts';

const [TWO, THREE, FIVE] = [Rational.of(2), Rational.of(3), Rational.of(5)];
/** Digits that the last steps may lose: all sums below have terms of one sign, or are differences of l and u. */
const GUARD = 32;

/**
 * The best quintic: p = k G with G(x) = x⁵/5 - (q² + r²) x³/3 + q² r² x, G' = (x² - q²)(x² - r²), where the two inner
 * equioscillation points q < r solve G(u) = G(q) and G(l) = G(r) (`quintic-nodes.ts`); no closed form is known.
 *
 * k = 2/(G(q) + G(r)) and E = (G(q) - G(r))/(G(q) + G(r)). Without cancellation, G(q) - G(r) is the integral of
 * (x² - q²)(r² - x²) from q to r, (r - q)³ (2 q (q+r)/6 + (3q+r)(r-q)/12 + (r-q)²/20), and
 * p(l) = k l (l⁴/5 - (q² + r²) l²/3 + q² r²).
 */
export function quinticMinimax(l: Rational, u: Rational, bits: number): OddMinimax {
  const [q, r] = quinticNodes(l, u, bits + GUARD);
  const [q2, r2, l2] = [q, r, l].map((x) => x.times(x)) as [Rational, Rational, Rational];
  const [sum, product] = [q2.plus(r2), q2.times(r2)];
  // 15 G(q) = 2 q³ (5 r² - q²), 15 G(r) = 2 r³ (5 q² - r²)
  const fifteenth = Rational.of(2, 15);
  const total = q2
    .times(q)
    .times(FIVE.times(r2).minus(q2))
    .plus(r2.times(r).times(FIVE.times(q2).minus(r2)))
    .times(fifteenth);
  const d = r.minus(q);
  const range = q
    .times(q.plus(r))
    .dividedBy(THREE)
    .plus(THREE.times(q).plus(r).times(d).dividedBy(Rational.of(12)))
    .plus(d.times(d).dividedBy(Rational.of(20)))
    .times(d.power(3));
  const factor = TWO.dividedBy(total);
  const low = l.times(l2.times(l2).dividedBy(FIVE).minus(sum.times(l2).dividedBy(THREE)).plus(product));
  return {
    coefficients: [
      toSignificant(factor.times(product), bits),
      toSignificant(factor.times(sum).negated().dividedBy(THREE), bits),
      toSignificant(factor.dividedBy(FIVE), bits),
    ],
    error: toSignificant(range.dividedBy(total), bits),
    least: toSignificant(factor.times(low), bits),
    nodes: [l, q, r, u],
  };
}
