import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { BroxStep } from './brox.ts';
import type { ProximalPath, Slack } from './proximal-path.ts';

export interface StepBound {
  /** Bounds |u' - u| for every admissible u', where u is the computed point. */
  readonly distance: number;
  /** Bounds |c' - c| likewise. */
  readonly multiplier: number;
  /** Whether every admissible answer agrees that the ball holds a minimiser, or that it holds none. */
  readonly isDecided: boolean;
}

/**
 * How far any admissible answer may be from the computed step u = brox_t(x).
 *
 * Admissible are brox_t(x') and what a stable algorithm of the given format makes of it, for every x' within E of x.
 * Write u(c) = prox_{1/c}(x) and s(c) = |x - u(c)|, which falls in c. An admissible (u', c') has |u' - u(c')| <= E + P, P the slack of
 * the path, and s(c') within E + P + tau of t (prox and x - prox are nonexpansive). So the c' are confined between a C_hi with
 * s(C_hi) < t - E - P - tau and a C_lo, see `lowerEnd`, and u' to the stretch of path between them. Since prox is firmly
 * nonexpansive, |change of u|^2 + |change of x - u|^2 <= E^2 at fixed c': if the length changes by a, the point changes by at most
 * sqrt(E^2 - a^2). The bound is the largest of sqrt(E^2 - a^2) + stretch(a) over a in [0, E], on a grid rounded to the safe side;
 * it grows like sqrt(1 + L^2) E where u moves by L times the change of the radius.
 */
export function stepBound(path: ProximalPath, step: BroxStep, t: number, format: FloatFormat, E: number): StepBound {
  const slack = path.slack(format, t);
  const farthest = path.distance(0);
  const margin = 2 * slack.cap + E + slack.radiusError;
  if (step.isOptimal) {
    if (farthest + margin < t || (margin === 0 && farthest <= t)) {
      return { distance: E + 2 * slack.cap, multiplier: 0, isDecided: true };
    }
    if (!(farthest > 0 && margin < t)) return UNKNOWN;
  }
  const ends = (a: number): readonly [number, number] =>
    confine(path, slack, step.parameter, t, a + slack.radiusError, E);
  const [low, high] = ends(E);
  const [least, most] = path.multipliers(low, high, E + 2 * slack.pointError(low), format);
  const rounding = 16 * (step.point.length + 3) * UNIT_ROUNDOFF[format] * most;
  const multiplier = Math.max(most - step.multiplier, step.multiplier - least) + rounding;
  const isDecided = low > 0 && !step.isOptimal;
  // on the line the step is clipping towards the minimisers, which is nonexpansive
  if (step.point.length === 1 && isDecided) {
    return { distance: E + slack.radiusError + 2 * slack.pointError(low), multiplier, isDecided };
  }
  const stretch = ([from, to]: readonly [number, number]): number =>
    Math.max(path.spread(from, Math.max(from, step.parameter)), path.spread(Math.min(to, step.parameter), to));
  const parts = E === 0 ? 1 : GRID;
  let distance = 0;
  for (let j = 1; j <= parts; j++) {
    const across = Math.sqrt(1 - ((j - 1) / parts) ** 2) * E;
    distance = Math.max(distance, across + stretch(j === parts ? [low, high] : ends((j / parts) * E)));
  }
  return { distance: distance + 2 * slack.pointError(low), multiplier, isDecided };
}

/** Intervals for a; the loss against the best a is below 1/16. */
const GRID = 16;

/** C_lo and C_hi, searched in growing steps from the computed parameter. */
function confine(
  path: ProximalPath,
  slack: Slack,
  parameter: number,
  t: number,
  mismatch: number,
  E: number,
): readonly [number, number] {
  if (parameter > 0) {
    return [lowerEnd(path, slack, parameter, t, mismatch, E), upperEnd(path, slack, parameter, t, mismatch)];
  }
  const nearEnd = Math.min(t, path.distance(0)) / 2;
  return [0, upperEnd(path, slack, path.step(nearEnd).parameter, t, mismatch)];
}

const UNKNOWN: StepBound = {
  distance: Number.POSITIVE_INFINITY,
  multiplier: Number.POSITIVE_INFINITY,
  isDecided: false,
};

function upperEnd(path: ProximalPath, slack: Slack, start: number, t: number, mismatch: number): number {
  if (!(mismatch < t)) return Number.POSITIVE_INFINITY;
  for (let growth = FIRST_STEP; ; growth *= 4) {
    const c = start * (1 + growth);
    if (c === Number.POSITIVE_INFINITY) return c;
    if (path.distance(c) + 2 * slack.pointError(c) < t - mismatch) return c;
  }
}

/**
 * A C below which no c' lies, 0 where none is found.
 *
 * Either s(C) > t + mismatch + 2 cap. Or from the monotone subdifferential: with residual rho(C) + C E and epsilon of the
 * admissible answer, (C + c')/2 |u' - u(C)|^2 <= rho |u' - u(C)| + epsilon - (C - c')/2 (s(C)^2 - |x - u'|^2), and so
 * C - c' <= (rho^2 / C + 2 epsilon) / (s(C)^2 - (t + E + tau)^2). Errors of distances beyond 2t need no bound, so s is cut there.
 */
function lowerEnd(path: ProximalPath, slack: Slack, start: number, t: number, mismatch: number, E: number): number {
  let best = 0;
  const reach = t + E + slack.radiusError;
  for (const factor of shrinking()) {
    const c = start * factor;
    const s = Math.min(path.distance(c), 2 * t);
    if (s - 2 * slack.cap > t + mismatch) return Math.max(c, best);
    const certain = s - slack.pointError(c);
    if (certain > reach) {
      const rho = slack.subgradientError(c) + c * E;
      const loss = (rho ** 2 / c + 2 * slack.epsilon) / ((certain - reach) * (certain + reach));
      best = Math.max(best, c - loss);
      if (best > c / 2) return best;
    }
  }
  return best;
}

const FIRST_STEP = 2 ** -48;

/** 1 - 2^-48, 1 - 2^-46, … 1 - 2^-2, then 4^-1, 4^-2, … 4^-60. */
function* shrinking(): Generator<number> {
  for (let step = FIRST_STEP; step < 1; step *= 4) yield 1 - step;
  for (let k = 1; k <= 60; k++) yield 4 ** -k;
}
