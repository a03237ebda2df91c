import type { Interval } from '../exact/interval.ts';

/** The ranks (0 for the largest) that each score can have. */
export interface RankRange {
  readonly least: number;
  readonly greatest: number;
}

/**
 * Which ranks scores known up to intervals can take in descending order, ties by index.
 *
 * Score j certainly precedes i where lo_j > hi_i. Two intervals with the same ends count as one number: they come from
 * the same operations on the same data (up to a sign that cancels), every implementation computes them alike, and the
 * lower index decides. That two different numbers are enclosed by the same pair of doubles can be neglected only because
 * it needs equal last digits of both ends; a point interval is exact anyway.
 */
export function certainRanks(scores: readonly Interval[]): readonly RankRange[] {
  const lows = Float64Array.from(scores, ({ lo }) => lo).sort();
  const highs = Float64Array.from(scores, ({ hi }) => hi).sort();
  const twins = new Map<string, number[]>();
  for (const [i, { lo, hi }] of scores.entries()) {
    const key = `${lo} ${hi}`;
    const group = twins.get(key);
    if (group === undefined) twins.set(key, [i]);
    else group.push(i);
  }
  const ranges = new Array<RankRange>(scores.length);
  for (const group of twins.values()) {
    for (const [before, i] of group.entries()) {
      const { lo, hi } = scores[i] as Interval;
      const above = scores.length - countUpTo(lows, hi) + before;
      const below = countBelow(highs, lo) + group.length - 1 - before;
      ranges[i] = { least: above, greatest: scores.length - 1 - below };
    }
  }
  return ranges;
}

/** How many of the ascending values are <= x. */
const countUpTo = (values: Float64Array, x: number): number => firstWhere(values, (value) => value > x);

/** How many of the ascending values are < x. */
const countBelow = (values: Float64Array, x: number): number => firstWhere(values, (value) => value >= x);

function firstWhere(values: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(values[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
