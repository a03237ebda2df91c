import { add, around, type Interval, interval, multiply, subtract } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';
import { cautiousDrift } from './cautious-drift.ts';
import { lawResolution } from './law-resolution.ts';
import { type MomentumLaw, momentumLaw } from './momentum-law.ts';
import { positiveMomentum } from './positive-momentum.ts';
import { rankProbability } from './rank-probability.ts';
import { topKAlignment } from './top-k-alignment.ts';

/** The law on the grid that its components and momentum deserve. @throws RangeError unless 0 < momentum < 1. */
export const resolvedLaw = (components: number, momentum: number): MomentumLaw =>
  momentumLaw(components, momentum, lawResolution(components, momentum));

/** P(m > 0); for b = 0, m = g and it is 1/n. @throws RangeError unless components >= 2 and 0 <= momentum < 1. */
export const positiveMomentumEnclosure = (components: number, momentum: number): Interval =>
  momentum === 0 ? share(components) : positiveMomentum(resolvedLaw(components, momentum));

/** The drifts that are known: one takes up to a second, and a claim with its controls asks for the same ones many times. */
const drifts = new Map<string, Interval>();

/** D_C = E[m 1{m g > 0}]; for b = 0, m g = g^2 > 0 and it is E g = 1/n. @throws RangeError like positiveMomentumEnclosure. */
export function cautiousDriftEnclosure(components: number, momentum: number): Interval {
  if (momentum === 0) return share(components);
  const key = `${components} ${momentum}`;
  const drift = drifts.get(key) ?? cautiousDrift(resolvedLaw(components, momentum));
  drifts.set(key, drift);
  return drift;
}

/**
 * A(n, b, k, d) = E[m_1 1{coordinate 1 is in the top k of d}].
 *
 * Only for b = 0 do scores tie (s = n^2 after a pulse, else 1); then, as everywhere, the lower index comes first, so coordinate
 * 1 wins its ties: a pulse is always in, a quiet one if at most k-1 of the others have a pulse,
 * A = p n - (1-p) P(Bin(d-1, p) <= k-1), and this rank probability is monotone in p.
 * @throws RangeError unless components >= 2, 0 <= momentum < 1 and 1 <= k <= dimension.
 */
export function topKAlignmentEnclosure(components: number, momentum: number, dimension: number, k: number): Interval {
  if (momentum !== 0) return topKAlignment(resolvedLaw(components, momentum), dimension, k);
  if (k === dimension) return share(components);
  const quiet = around(Rational.of(components - 1, components));
  const rank = interval(rankProbability(dimension, k, quiet.lo).lo, rankProbability(dimension, k, quiet.hi).hi);
  return subtract(interval(1), multiply(quiet, rank));
}

/** drift = damp/n + (amplify - damp) A. */
export const topKDrift = (alignment: Interval, components: number, amplify: number, damp: number): Interval =>
  add(multiply(interval(damp), share(components)), multiply(subtract(interval(amplify), interval(damp)), alignment));

function share(components: number): Interval {
  if (!Number.isSafeInteger(components) || components < 2) {
    throw new RangeError(`momentum law: an integer components >= 2, got ${components}`);
  }
  return around(Rational.of(1, components));
}
