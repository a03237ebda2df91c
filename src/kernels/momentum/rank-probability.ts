import type { Interval } from '../exact/interval.ts';
import { binomialAtMost } from './binomial-at-most.ts';

/** Steps of the table on [0, 1]. */
const RESOLUTION = 2 ** 18;
/** exp(-64) < 2^-64: there Hoeffding's inequality replaces the sum. */
const CERTAIN = 64;
/** From here on the undecided window is narrower than 2^-13, and no sum is worth its terms. */
const LARGE = 2 ** 36;

export interface RankTable {
  /** Bounds on h(q) for q at the multiples of 1 / resolution; h is non-decreasing. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly resolution: number;
}

/**
 * h(q) = P(Bin(d-1, 1-q) <= k-1): the probability that an entry whose score has rank q (a fraction q of the scores lies
 * below) is among the k largest of d independent ones.
 *
 * Where the mean (d-1)(1-q) is away from k-1 by t (d-1), Hoeffding's inequality bounds the smaller side by
 * exp(-2 (d-1) t^2) <= 2^-floor(2 (d-1) t^2), with a factor 1/ln 2 in hand for the rounding of the exponent.
 * @throws RangeError unless 1 <= k <= dimension and dimension >= 2, integers, and q in [0, 1].
 */
export function rankProbability(dimension: number, k: number, q: number): Interval {
  if (!Number.isSafeInteger(dimension) || !Number.isSafeInteger(k) || dimension < 2 || k < 1 || k > dimension) {
    throw new RangeError(`rankProbability: integers 1 <= k <= dimension, dimension >= 2, got ${k}, ${dimension}`);
  }
  const others = dimension - 1;
  if (k > others) return { lo: 1, hi: 1 };
  const away = 1 - q - (k - 1) / others;
  const exponent = 2 * others * away * away;
  if (exponent >= CERTAIN) {
    const rare = 2 ** -Math.floor(exponent);
    // for away < 0 the complement is {Bin >= k}, which is further from the mean than k - 1 and hence rarer still
    return away > 0 ? { lo: 0, hi: rare } : { lo: 1 - rare, hi: 1 };
  }
  return dimension > LARGE ? { lo: 0, hi: 1 } : binomialAtMost(others, 1 - q, k - 1);
}

/** The bounds of h at all multiples of 2^-18. Sums of about sqrt(d) terms at the 1/sqrt(d) of them that are undecided. */
export function rankTable(dimension: number, k: number): RankTable {
  const [lower, upper] = [new Float64Array(RESOLUTION + 1), new Float64Array(RESOLUTION + 1)];
  for (let j = 0; j <= RESOLUTION; j += 1) {
    const { lo, hi } = rankProbability(dimension, k, j / RESOLUTION);
    lower[j] = lo;
    upper[j] = hi;
  }
  return { lower, upper, resolution: RESOLUTION };
}
