import { exp } from '../../../kernels/exact/elementary.ts';
import { around, type Interval, multiply } from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';

/** A weight exp(tilt zeta - offset) of a standard normal zeta. */
export interface Tilt {
  readonly tilt: Rational;
  readonly offset: Rational;
}

/** Terms below the sum of those before by 2^-80 are left to the bound of the tail. */
const NEGLIGIBLE = Rational.of(1, 2n ** 80n);
const HALF = Rational.of(1, 2);

/**
 * Encloses E[exp(a zeta) zeta^k] = sum over n of a^n / n! E[zeta^(n + k)], from the moments (n + k - 1)!! of the normal law.
 *
 * The terms have one sign; from one to the next but one they change by the factor q = a² (n + k + 1)/((n + 1)(n + 2)), which
 * falls in n, so that once q <= 1/2 what is left is below the last term.
 */
function tiltedMoment(a: Rational, k: number): Interval {
  const first = k % 2;
  let term = first === 0 ? Rational.ONE : a;
  for (let j = k + first - 1; j > 1; j -= 2) term = term.times(Rational.of(j));
  let total = Rational.ZERO;
  for (let n = first; ; n += 2) {
    total = total.plus(term);
    const factor = a.power(2).times(Rational.of(n + k + 1, (n + 1) * (n + 2)));
    if (factor.atMost(HALF) && term.absolute().atMost(total.absolute().times(NEGLIGIBLE))) {
      return around(total, term.absolute().upperDouble());
    }
    term = term.times(factor);
  }
}

const binomial = (m: number, k: number): Rational =>
  k === 0 ? Rational.ONE : binomial(m, k - 1).times(Rational.of(m - k + 1, k));

/** Encloses E[w (centre + deviation zeta)^power] for the weight w of a standard normal zeta. */
export function weightedMoment(
  { tilt, offset }: Tilt,
  { centre, deviation, power }: { readonly centre: Rational; readonly deviation: Rational; readonly power: number },
): Interval {
  let [lo, hi] = [Rational.ZERO, Rational.ZERO];
  for (let k = 0; k <= power; k++) {
    const factor = binomial(power, k)
      .times(centre.power(power - k))
      .times(deviation.power(k));
    const moment = tiltedMoment(tilt, k);
    const ends = [moment.lo, moment.hi].map((end) => factor.times(Rational.from(end)));
    lo = lo.plus(Rational.min(ends[0] ?? lo, ...ends));
    hi = hi.plus(Rational.max(ends[0] ?? hi, ...ends));
  }
  return multiply({ lo: lo.lowerDouble(), hi: hi.upperDouble() }, exp(around(offset.negated())));
}
