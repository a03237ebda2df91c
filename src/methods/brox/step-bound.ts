import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { BroxStep } from './brox.ts';
import { confine } from './confine.ts';
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
 * the path, and s(c') within E + P + tau of t (prox and x - prox are nonexpansive), which confines c' to [C_lo, C_hi] and u' to
 * a stretch of path. Since prox is firmly nonexpansive, |change of u|^2 + |change of x - u|^2 <= E^2 at fixed c': if the
 * length changes by a, the point changes by at most sqrt(E^2 - a^2). The bound is the largest of sqrt(E^2 - a^2) + stretch(a) over
 * a in [0, E], on a grid rounded to the safe side; it grows like sqrt(1 + L^2) E where u moves by L times the change of the radius.
 */
export function stepBound(path: ProximalPath, step: BroxStep, t: number, format: FloatFormat, E: number): StepBound {
  const general = path.slack(format, t);
  if (step.isOptimal) {
    const farthest = path.distance(0);
    const margin = 2 * general.cap + E + general.radiusError;
    if (farthest + margin < t || (margin === 0 && farthest <= t)) {
      return { distance: E + 2 * general.cap, multiplier: 0, isDecided: true };
    }
    if (!(farthest > 0 && margin < t)) return UNKNOWN;
  }
  const confined = (slack: Slack, a: number): readonly [number, number] =>
    confine(path, slack, step.parameter, { t, mismatch: a + slack.radiusError, E });
  const coarse = confined(general, E);
  if (coarse[1] === Number.POSITIVE_INFINITY) return UNKNOWN;
  const slack = narrowed(general, coarse, E);
  const ends = (a: number): readonly [number, number] => {
    if (slack === general) return a === E ? coarse : confined(slack, a);
    const [low, high] = confined(slack, a);
    return [Math.max(low, coarse[0]), Math.min(high, coarse[1])];
  };
  const [low, high] = ends(E);
  const off = 2 * slack.pointError(low);
  const [least, most] = path.multipliers(low, high, E + off, format);
  const rounding = 16 * (step.point.length + 3) * UNIT_ROUNDOFF[format] * most;
  const multiplier = Math.max(most - step.multiplier, step.multiplier - least) + rounding;
  const isDecided = low > 0 && !step.isOptimal;
  // on the line the step is clipping towards the minimisers, which is nonexpansive
  if (step.point.length === 1 && isDecided) return { distance: E + slack.radiusError + off, multiplier, isDecided };
  const stretch = ([from, to]: readonly [number, number]): number =>
    Math.max(path.spread(from, Math.max(from, step.parameter)), path.spread(Math.min(to, step.parameter), to));
  const parts = E === 0 ? 1 : GRID;
  let distance = 0;
  for (let j = 1; j <= parts; j++) {
    const across = Math.sqrt(1 - ((j - 1) / parts) ** 2) * E;
    distance = Math.max(distance, across + stretch(j === parts ? [low, high] : ends((j / parts) * E)));
  }
  return { distance: distance + off, multiplier, isDecided };
}

/** Intervals for a; the loss against the best a is below 1/16. */
const GRID = 16;

const UNKNOWN: StepBound = {
  distance: Number.POSITIVE_INFINITY,
  multiplier: Number.POSITIVE_INFINITY,
  isDecided: false,
};

/** What is known of points whose parameter is confined already, where the path has more to say about these. */
function narrowed(slack: Slack, [low, high]: readonly [number, number], E: number): Slack {
  const error = low > 0 && high < Number.POSITIVE_INFINITY ? slack.errorBetween?.(low, high, E) : undefined;
  if (error === undefined || error >= slack.pointError(low)) return slack;
  return { ...slack, pointError: () => error, cap: error, subgradientError: () => Number.POSITIVE_INFINITY };
}
