import { Rational } from './exact/rational.ts';
import { SMALLEST_NORMAL } from './unit-roundoff.ts';

/**
 * The adaptive radius of Gluon, t(g) = g / (l0 + l1 g), and t(0) = 0 (also for l0 = 0, where it is 0/0).
 *
 * Two roundings in the denominator and one in the quotient: |computed - exact| <= gamma_3 t(g) in double precision while
 * nothing over- or underflows; 1 / (l0 / g + l1) is taken where the denominator leaves the normal range.
 * @throws RangeError unless g, l0, l1 >= 0 and l0 + l1 > 0.
 */
export function gluonStepSize(gradientNorm: number, l0: number, l1: number): number {
  if (!(gradientNorm >= 0 && l0 >= 0 && l1 >= 0)) {
    throw new RangeError(`gluonStepSize: gradientNorm, l0, l1 >= 0, got ${gradientNorm}, ${l0}, ${l1}`);
  }
  if (l0 === 0 && l1 === 0) throw new RangeError('gluonStepSize: l0 + l1 > 0, got 0');
  if (gradientNorm === 0) return 0;
  const denominator = l0 + l1 * gradientNorm;
  const safe = denominator >= SMALLEST_NORMAL.float64 && denominator < Number.POSITIVE_INFINITY;
  return safe ? gradientNorm / denominator : 1 / (l0 / gradientNorm + l1);
}

/** The same over the rationals. */
export function gluonStepSizeExact(gradientNorm: Rational, l0: Rational, l1: Rational): Rational {
  if (gradientNorm.sign() < 0 || l0.sign() < 0 || l1.sign() < 0) {
    throw new RangeError(`gluonStepSizeExact: gradientNorm, l0, l1 >= 0, got ${gradientNorm}, ${l0}, ${l1}`);
  }
  if (l0.sign() === 0 && l1.sign() === 0) throw new RangeError('gluonStepSizeExact: l0 + l1 > 0, got 0');
  if (gradientNorm.sign() === 0) return Rational.ZERO;
  return gradientNorm.dividedBy(l0.plus(l1.times(gradientNorm)));
}
