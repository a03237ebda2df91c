import { Rational } from './rational.ts';
import type { RationalInterval } from './rational-interval.ts';

/**
 * The rational with the least denominator in [lo, hi], and of these the one nearest to 0: the continued fractions of lo
 * and hi as far as they agree, then the least number that lies between (Stern and Brocot).
 */
export function simplestBetween({ lo, hi }: RationalInterval): Rational {
  if (lo.sign() <= 0 && hi.sign() >= 0) return Rational.ZERO;
  if (hi.sign() < 0) return simplestBetween({ lo: hi.negated(), hi: lo.negated() }).negated();
  const whole = Rational.of(lo.ceiling());
  if (whole.atMost(hi)) return whole;
  // both lie strictly between floor(lo) and floor(lo) + 1: go on with the reciprocals of the fractional parts
  const floor = Rational.of(lo.floor());
  const rest = simplestBetween({
    lo: Rational.ONE.dividedBy(hi.minus(floor)),
    hi: Rational.ONE.dividedBy(lo.minus(floor)),
  });
  return floor.plus(Rational.ONE.dividedBy(rest));
}
