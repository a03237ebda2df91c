import { SMALLEST_NORMAL } from '../../kernels/unit-roundoff.ts';
import { fallingRoot } from './falling-root.ts';
import type { ProximalPath, Slack } from './proximal-path.ts';

/** The radius t, what an admissible length may differ from it by, and how far an admissible start may be from x. */
export interface Demand {
  readonly t: number;
  readonly mismatch: number;
  readonly E: number;
}

/**
 * [C_lo, C_hi] that holds the parameter c' of every admissible answer, searched outwards from the computed one (0 or
 * subnormal: from the end of the path, and then C_lo is 0).
 */
export function confine(
  path: ProximalPath,
  slack: Slack,
  parameter: number,
  demand: Demand,
): readonly [number, number] {
  if (parameter >= SMALLEST_NORMAL.float64) {
    return [lowerEnd(path, slack, parameter, demand), upperEnd(path, slack, parameter, demand)];
  }
  const halfway = path.step(Math.min(demand.t, path.distance(0)) / 2).parameter;
  const enough = upperEnd(path, slack, halfway, demand);
  if (enough === Number.POSITIVE_INFINITY) return [0, enough];
  const longest = (c: number): number => path.distance(c) + 2 * slack.pointError(c);
  return [0, fallingRoot(longest, nextBelow(demand.t - demand.mismatch), 0, enough)];
}

/** A C above which no c' lies: the path is too short there, s(C) + 2P < t - mismatch. Infinity where none is found. */
function upperEnd(path: ProximalPath, slack: Slack, start: number, { t, mismatch }: Demand): number {
  const isTooShort = (c: number): boolean => path.distance(c) + 2 * slack.pointError(c) < t - mismatch;
  if (!(mismatch < t)) return Number.POSITIVE_INFINITY;
  for (let growth = FIRST_STEP; ; growth *= 4) {
    if (start * (1 + growth) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    if (isTooShort(start * (1 + growth))) {
      return start * (1 + leastGood(growth, (g) => isTooShort(start * (1 + g))));
    }
  }
}

/**
 * A C below which no c' lies, 0 where none is found.
 *
 * Either s(C) > t + mismatch + 2 cap. Or from the monotone subdifferential: with residual rho(C) + C E and epsilon of the
 * admissible answer, (C + c')/2 |u' - u(C)|^2 <= rho |u' - u(C)| + epsilon - (C - c')/2 (s(C)^2 - |x - u'|^2), and so
 * C - c' <= (rho^2 / C + 2 epsilon) / (s(C)^2 - (t + E + tau)^2). Distances beyond 2t are not bounded, so s is cut there.
 */
function lowerEnd(path: ProximalPath, slack: Slack, start: number, { t, mismatch, E }: Demand): number {
  let best = 0;
  const reach = t + E + slack.radiusError;
  const lengthAt = (c: number): number => Math.min(path.distance(c), 2 * t);
  const isTooLong = (c: number): boolean => lengthAt(c) - 2 * slack.cap > t + mismatch;
  for (const shrink of steps()) {
    const c = start * (1 - shrink);
    if (isTooLong(c)) {
      const least = shrink < 0.5 ? leastGood(shrink, (g) => isTooLong(start * (1 - g))) : shrink;
      return Math.max(best, start * (1 - least));
    }
    const certain = lengthAt(c) - slack.pointError(c);
    if (certain > reach) {
      const rho = slack.subgradientError(c) + c * E;
      const loss = (rho ** 2 / c + 2 * slack.epsilon) / ((certain - reach) * (certain + reach));
      best = Math.max(best, c - loss);
      // further out the gap grows faster than the loss falls
      if (loss <= start - c) return best;
    }
  }
  return best;
}

const FIRST_STEP = 2 ** -50;

/** 2^-50, 2^-48, … 2^-2, then 1 - 4^-1, 1 - 4^-2, … 1 - 4^-25. */
function* steps(): Generator<number> {
  for (let step = FIRST_STEP; step < 1; step *= 4) yield step;
  for (let k = 1; k <= 25; k++) yield 1 - 4 ** -k;
}

/** A smaller step that still does, between good / 4, which did not, and good. */
function leastGood(good: number, does: (step: number) => boolean): number {
  let [bad, best] = [good / 4, good];
  for (let k = 0; k < 3; k++) {
    const middle = Math.sqrt(bad * best);
    if (does(middle)) best = middle;
    else bad = middle;
  }
  return best;
}

const nextBelow = (target: number): number => target * (1 - 2 ** -52);
