import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { distance, largest, outward, point } from './bracket.ts';
import { type IterationInstance, isGradient, type Observed, startingValues } from './iteration.ts';
import { alignedValues, computedSpectrum } from './observed.ts';

/** A singular value before and after the iteration. */
export interface Passage {
  readonly start: RationalInterval;
  readonly end: RationalInterval;
}

const kept = new WeakMap<Observed, readonly Passage[]>();

/**
 * The singular values of X_0 with what became of them: on known singular vectors one by one, for a gradient in descending
 * order (the i-th largest of X_T is at least the least image of the i largest of X_0).
 */
export function passages(instance: IterationInstance, observed: Observed): readonly Passage[] {
  const before = kept.get(observed);
  if (before !== undefined) return before;
  // exact values after five steps have 3125 times the digits: an irrational bound needs only the first of them
  const ends = (
    isGradient(instance.matrix) ? computedSpectrum(observed) : alignedValues(observed, instance.matrix)
  ).map(outward);
  const all = startingValues(instance).flatMap((start, i) => {
    const end = ends[i];
    return end === undefined ? [] : [{ start, end }];
  });
  kept.set(observed, all);
  return all;
}

/** Those that certainly start at or above a value. */
export const startingFrom = (all: readonly Passage[], least: Rational): readonly Passage[] =>
  all.filter(({ start }) => least.atMost(start.lo));

/** The largest |1 - sigma| of these. */
export const worstError = (all: readonly Passage[]): RationalInterval =>
  largest(all.map(({ end }) => distance(end, point(Rational.ONE))));

/** The largest sigma of these. */
export const largestEnd = (all: readonly Passage[]): RationalInterval => largest(all.map(({ end }) => end));
