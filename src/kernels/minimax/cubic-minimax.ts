import { Rational } from '../exact/rational.ts';
import { rootToSignificant, toSignificant } from '../exact/significant.ts';
import type { OddMinimax } from './odd-minimax-type.ts';

const [TWO, THREE] = [Rational.of(2), Rational.of(3)];

/**
 * The best cubic in closed form (Chen and Chow 2014; Amsel et al., arXiv 2505.16932, section 4.2): p = k G with
 * G(x) = m² x - x³/3 and m² = (u² + lu + l²)/3, which has G(l) = G(u) = lu(l+u)/3 and its maximum G(m) = 2m³/3 between.
 *
 * k = 2/(G(m) + G(l)) puts 1 in the middle. E = (G(m) - G(l))/(G(m) + G(l)) is computed without cancellation, from
 * 3 (G(m) - G(l)) = (m - l)² (2m + l) and 3 (m + l)(m - l) = (u - l)(u + 2l). The one rounding before the last is that of m.
 */
export function cubicMinimax(l: Rational, u: Rational, bits: number): OddMinimax {
  const square = u.times(u).plus(l.times(u)).plus(l.times(l)).dividedBy(THREE);
  const m = rootToSignificant(square, bits);
  const below = u
    .minus(l)
    .times(u.plus(l.times(TWO)))
    .dividedBy(THREE.times(m.plus(l)));
  const range = below.times(below).times(m.times(TWO).plus(l)).dividedBy(THREE);
  const low = l.times(u).times(l.plus(u)).dividedBy(THREE);
  const high = low.plus(range);
  const factor = TWO.dividedBy(high.plus(low));
  return {
    coefficients: [
      toSignificant(factor.times(square), bits),
      toSignificant(factor.negated().dividedBy(THREE), bits),
      Rational.ZERO,
    ],
    error: toSignificant(range.dividedBy(high.plus(low)), bits),
    least: toSignificant(factor.times(low), bits),
    nodes: [l, m, u],
  };
}
