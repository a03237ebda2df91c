import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';

/**
 * What a stable algorithm in some format may be wrong by, for one function, point and radius.
 *
 * Its answer (u', c') is compared with the exact path c -> prox_{1/c}(x): u' lies near prox_{1/c'}(x), and c'(x - u')
 * lies near the epsilon-subdifferential of f at u'.
 */
export interface Slack {
  /** Bounds |u' - prox_{1/c'}(x)| for every c' >= c; does not rise with c. */
  pointError(c: number): number;
  /** The same for every c' > 0; Infinity where nothing holds near c' = 0. */
  readonly cap: number;
  /** Bounds the distance of c'(x - u') from the epsilon-subdifferential for every c' <= c. */
  subgradientError(c: number): number;
  readonly epsilon: number;
  /** Bounds | |x - u'| - t |. */
  readonly radiusError: number;
  /**
   * Bounds |u' - prox_{1/c'}(x')| for c' in [low, high] and x' within E of x where the path is regular there; undefined
   * elsewhere. For paths whose general bound is of another order.
   */
  errorBetween?(low: number, high: number, E: number): number | undefined;
}

/** Nothing is guaranteed. */
export const NOTHING: Slack = {
  pointError: () => Number.POSITIVE_INFINITY,
  cap: Number.POSITIVE_INFINITY,
  subgradientError: () => Number.POSITIVE_INFINITY,
  epsilon: 0,
  radiusError: Number.POSITIVE_INFINITY,
};

export interface Step {
  readonly point: readonly number[];
  /** Where on the path: the c of prox_{1/c}. */
  readonly parameter: number;
  /** c with c(x - u) a subgradient at u: the parameter itself but for residual-norm. */
  readonly multiplier: number;
}

/**
 * The curve c -> prox_{1/c}(x), c > 0, of one function at one point, in double precision. For residual-norm it is the
 * curve of |Ay - b|^2 / 2, which passes through the same points.
 */
export interface ProximalPath {
  at(c: number): readonly number[];
  /** |x - prox_{1/c}(x)|, falling in c; for c = 0 the distance to the minimisers, Infinity where there are none. */
  distance(c: number): number;
  /** The minimiser nearest to x. Meant for a finite distance(0). */
  nearest(): readonly number[];
  /** Whether B(x, t) holds a minimiser. */
  holdsMinimiser(t: number): boolean;
  /** brox_t(x), for a ball without minimisers. */
  step(t: number): Step;
  /** Bounds |prox_{1/c}(x) - prox_{1/d}(x)| for c, d in [low, high]; 0 stands for the nearest minimiser. */
  spread(low: number, high: number): number;
  /** The multipliers that belong to parameters in [low, high] and points within `radius` of the path, in the format. */
  multipliers(low: number, high: number, radius: number, format: FloatFormat): readonly [number, number];
  slack(format: FloatFormat, t: number): Slack;
  prox(gamma: number): readonly number[];
  /** Bounds the distance between prox_gamma(x) and what a stable algorithm makes of it. */
  proxError(gamma: number, format: FloatFormat): number;
}

/** One function in double precision, with the rounding of its values. */
export interface FloatFunction {
  value(y: readonly number[]): number;
  /** Bounds |computed - exact| for the value at y of a stable evaluation with unit roundoff u, its data rounded first. */
  valueRounding(y: readonly number[], u: number): number;
  /** Bounds the norm of every subgradient within `radius` of y. */
  slopeBound(y: readonly number[], radius: number): number;
  path(x: readonly number[]): ProximalPath;
}

/** For a path whose parameter is 1 / gamma: gamma rounded, and both points off by the slack there. */
export function plainProxError(
  path: Pick<ProximalPath, 'spread' | 'slack' | 'distance'>,
  gamma: number,
  format: FloatFormat,
): number {
  const u = UNIT_ROUNDOFF[format];
  const [low, high] = [(1 - 4 * u) / gamma, (1 + 4 * u) / gamma];
  const slack = path.slack(format, path.distance(1 / gamma));
  const error = Math.min(slack.pointError(low), slack.errorBetween?.(low, high, 0) ?? Number.POSITIVE_INFINITY);
  return path.spread(low, high) + 2 * error;
}
