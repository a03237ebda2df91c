import type { Interval } from '../exact/interval.ts';
import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';

/** Terms below this part of the largest one are left to the geometric tail bound. */
const NEGLIGIBLE = 2 ** -70;

/**
 * An enclosure of P(Bin(trials, x) <= most), x in [0, 1] the exact value of a double.
 *
 * The probabilities relative to the one at the mode follow from t_{j+1} / t_j = (trials - j)/(j + 1) · x/(1-x) <= 1 above
 * the mode, decreasing in j, and from its reciprocal below; where a ratio is rho < 1, the tail from t on is at most
 * t rho / (1 - rho). A term s steps from the mode carries at most 6 s roundings (two of them from the odds), a sum of that many
 * terms one more each, so that every part is right to gamma_{7 s}; 1 - rho, at least of the size 1/s at a tail that is
 * negligible, loses no more.
 * @throws RangeError unless trials >= 0 and most are integers and x is in [0, 1].
 */
export function binomialAtMost(trials: number, x: number, most: number): Interval {
  if (!Number.isSafeInteger(trials) || trials < 0 || !Number.isSafeInteger(most)) {
    throw new RangeError(`binomialAtMost: integers trials >= 0 and most, got ${trials}, ${most}`);
  }
  if (!(x >= 0 && x <= 1)) throw new RangeError(`binomialAtMost: x in [0, 1], got ${x}`);
  if (most >= trials || (x === 0 && most >= 0)) return { lo: 1, hi: 1 };
  if (most < 0 || x === 1) return { lo: 0, hi: 0 };
  const mode = Math.min(trials, Math.floor((trials + 1) * x));
  const odds = x / (1 - x);
  let [inside, outside, steps] = [mode <= most ? 1 : 0, mode <= most ? 0 : 1, 1];
  const tails = { inside: 0, outside: 0 };
  const walk = (first: number, stride: 1 | -1): void => {
    let term = 1;
    for (let j = first; ; j += stride) {
      const ratio = stride === 1 ? ((trials - j) / (j + 1)) * odds : j / ((trials - j + 1) * odds);
      if (ratio <= 0) return;
      if (term < NEGLIGIBLE && ratio < 1) {
        const tail = (term * ratio) / (1 - ratio);
        // beyond j in this direction, all on one side or on either side of `most`
        if (stride === -1 ? true : j < most) tails.inside += tail;
        if (stride === 1 ? true : j > most + 1) tails.outside += tail;
        return;
      }
      term *= ratio;
      steps += 1;
      if (j + stride <= most) inside += term;
      else outside += term;
    }
  };
  walk(mode, 1);
  walk(mode, -1);
  const loss = 4 * gamma(7 * steps + 16, UNIT_ROUNDOFF.float64);
  const [least, greatest] = [inside / (inside + outside + tails.outside), inside + tails.inside];
  return {
    lo: Math.max(0, least * (1 - loss)),
    hi: Math.min(1, (greatest / (greatest + outside)) * (1 + loss)),
  };
}
