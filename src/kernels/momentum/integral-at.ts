import { add, around, type Interval, interval, multiply, subtract } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';
import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { followExactly } from './exact-points.ts';
import type { MomentumLaw } from './momentum-law.ts';
import { pathWeights, powers, unitFraction } from './path-weights.ts';

/**
 * An enclosure of G(y) = integral of F over [0, y] = E (y - Y)^+.
 *
 * G(y) = b ((1-p) G(y/b) + p G((y-(1-b))/b)), from the equation of F, is followed exactly from y. Where y/b >= 1,
 * b G(y/b) = b (y/b - E Y) = y - b p. Where the chain stops at y = (k + t)/N, 0 <= t < 1, monotony of F gives
 * (1/N) (sum_{j<k} lower[j] + t lower[k]) <= G(y) <= (1/N) (sum_{j<=k} upper[j] + t upper[k+1]), upper[0] = 0.
 */
export function integralAt(law: MomentumLaw, point: Rational): Interval {
  const mean = Rational.of(1, law.components);
  if (point.sign() <= 0) return interval(0);
  if (point.numerator >= point.denominator) return around(point.minus(mean));
  const weight = pathWeights(law.components);
  const power = powers(interval(law.momentum));
  const shift = around(mean.times(Rational.from(law.momentum)));
  const onGrid = gridIntegral(law);
  let total = interval(0);
  followExactly(point, law.momentum, {
    beyond: ({ quiet, pulses }, y) => {
      const value = multiply(power(quiet + pulses), subtract(unitFraction(y), shift));
      total = add(total, multiply(weight(quiet + 1, pulses), value));
    },
    pending: ({ quiet, pulses }, y) => {
      const value = multiply(power(quiet + pulses), onGrid(unitFraction(y)));
      total = add(total, multiply(weight(quiet, pulses), value));
    },
  });
  return total;
}

/** The two sums above by prefix sums; N terms lose gamma_N relatively, all being >= 0. */
function gridIntegral({ points, lower, upper }: MomentumLaw): (y: Interval) => Interval {
  const [below, above] = [new Float64Array(points + 2), new Float64Array(points + 2)];
  for (let k = 0; k <= points; k += 1) {
    below[k + 1] = (below[k] ?? 0) + (lower[k] ?? 0);
    above[k + 1] = (above[k] ?? 0) + (upper[k] ?? 1);
  }
  const loss = gamma(points + 8, UNIT_ROUNDOFF.float64);
  const sumUpTo = (sums: Float64Array, values: Float64Array, scaled: number, shift: number): number => {
    const k = Math.min(points, Math.floor(scaled));
    return (sums[k + shift] ?? 0) + (scaled - k) * (values[Math.min(points, k + shift)] ?? 1);
  };
  // points is a power of two: N y is exact, and G is non-decreasing in y
  return ({ lo, hi }) => ({
    lo: (Math.max(0, sumUpTo(below, lower, lo * points, 0)) / points) * (1 - loss),
    hi: (sumUpTo(above, upper, hi * points, 1) / points) * (1 + loss),
  });
}
