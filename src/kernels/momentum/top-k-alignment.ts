import { add, around, type Interval, interval, multiply, squareRoot } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';
import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { MomentumLaw } from './momentum-law.ts';
import { momentumMoments } from './momentum-moments.ts';
import { type RankTable, rankTable } from './rank-probability.ts';

/** Above what a few roundings (16 of 2^-53 = 2^-49) do to a number of size 1. */
const SLACK = 2 ** -46;

/**
 * An enclosure of A = E[m_1 1{coordinate 1 is among the k largest scores s_i = m_i g_i of d independent coordinates}].
 *
 * The law has no atoms, so scores never tie, and given its own score s coordinate 1 is in with probability
 * h(F_s(s)) (`rankProbability`). The last step splits the score (Y' = (1 + m')/(n+1), F its law, r = F(Y') uniform):
 *   pulse (probability p = 1/n): m = n - (n+1) b (1 - Y'),  s = n m;
 *   quiet (1 - p):               m = -1 + (n+1) b Y',       s = -m.
 * Comparing the scores of two coordinates, of which one has Y' = y and the other one Y'',
 *   rank(pulse, y) = p F(y) + (1-p) (1 - F(n (kappa - y))),
 *   rank(quiet, y) = (1-p) (1 - F(y)) + p F(kappa - y/n),      kappa = 1 - (n-1)/(n b):
 * n (n - (n+1) b (1 - Y'')) < 1 - (n+1) b y is Y'' < kappa - y/n, and its mirror image is the other one. For kappa <= 0,
 * that is b <= 1 - 1/n, every pulse ranks before every quiet step and both cross terms vanish.
 *
 * A = integral over r in [0, 1] of p m_+ h(rank_+) + (1-p) m_- h(rank_-). On the cell r in [i/N, (i+1)/N] the quantile lies
 * between (j-1)/N for the least j with upper[j] >= i/N and j/N for the least j with lower[j] >= (i+1)/N; m_±, rank_+ and h
 * increase, rank_- decreases, and each product is taken at its worse ends.
 *
 * For b near 1 two moments do better: P(in) = k/d by symmetry, so |A - k/(d n)| <= sd(m) sqrt(k/d (1 - k/d)).
 * @throws RangeError unless 1 <= k <= dimension and dimension >= 2 are integers.
 */
export function topKAlignment(law: MomentumLaw, dimension: number, k: number): Interval {
  const table = rankTable(dimension, k);
  if (k === dimension) return around(Rational.of(1, law.components));
  const byLaw = integrated(law, table);
  const byMoments = momentBound(law, Rational.of(k, dimension));
  return { lo: Math.max(byLaw.lo, byMoments.lo), hi: Math.min(byLaw.hi, byMoments.hi) };
}

function momentBound({ components, momentum }: MomentumLaw, share: Rational): Interval {
  const { mean, variance } = momentumMoments(components, momentum);
  const spread = squareRoot(around(variance.times(share).times(Rational.ONE.minus(share))));
  return add(around(mean.times(share)), { lo: -spread.hi, hi: spread.hi });
}

function integrated(law: MomentumLaw, table: RankTable): Interval {
  const { components: n, momentum: b, points } = law;
  const p = 1 / n;
  const range = (n + 1) * b;
  const kappa = Rational.ONE.minus(Rational.of(n - 1, n).dividedBy(Rational.from(b)));
  const overlap = kappa.sign() > 0;
  const shift = overlap ? kappa.toNumber() : 0;
  // F at an argument known up to SLACK; without overlap the argument is <= 0
  const below = (y: number): number => (overlap ? value(law.lower, Math.floor((y - SLACK * n) * points)) : 0);
  const above = (y: number): number => (overlap ? value(law.upper, Math.ceil((y + SLACK * n) * points)) : 0);
  const least = (q: number): number => value(table.lower, Math.floor((q - SLACK) * table.resolution));
  const most = (q: number): number => value(table.upper, Math.ceil((q + SLACK) * table.resolution));
  let [lo, hi, size] = [0, 0, 0];
  const gather = (weight: number, from: number, to: number, rare: number, often: number): void => {
    lo += weight * (from >= 0 ? from * rare : from * often);
    hi += weight * (to >= 0 ? to * often : to * rare);
    size += weight * Math.max(Math.abs(from), Math.abs(to));
  };
  let [first, last] = [0, 0];
  for (let i = 0; i < points; i += 1) {
    const [r, next] = [i / points, (i + 1) / points];
    while ((law.upper[first] ?? 1) < r) first += 1;
    while ((law.lower[last] ?? 1) < next) last += 1;
    const [y, z] = [Math.max(0, first - 1) / points, last / points];
    gather(
      p,
      n - range * (1 - y),
      n - range * (1 - z),
      least(p * r + (1 - p) * (1 - above(n * (shift - y)))),
      most(p * next + (1 - p) * (1 - below(n * (shift - z)))),
    );
    gather(
      1 - p,
      range * y - 1,
      range * z - 1,
      least((1 - p) * (1 - next) + p * below(shift - z / n)),
      most((1 - p) * (1 - r) + p * above(shift - y / n)),
    );
  }
  // 2 N terms, each with a few roundings of numbers up to n + 1 besides those of the sum
  const loss = gamma(2 * points + 16, UNIT_ROUNDOFF.float64) * size + SLACK * (n + 1) * points;
  return multiply(interval(1 / points), { lo: lo - loss, hi: hi + loss });
}

const value = (values: Float64Array, index: number): number =>
  values[Math.min(values.length - 1, Math.max(0, index))] ?? 0;
