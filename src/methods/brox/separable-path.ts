import { Rational } from '../../kernels/exact/rational.ts';
import { squaredNorm, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { type ProximalPath, plainProxError, type Slack } from './proximal-path.ts';
import { minus } from './vectors.ts';

/** x - prox_{1/c}(x) for a function of which each coordinate of the path is monotone in c. */
export interface Moves {
  /** x - prox_{1/c}(x); for c = 0 the way from the nearest minimiser. */
  moves(c: number): readonly number[];
  /** c with |moves(c)| = t. */
  multiplier(t: number): number;
  slack(u: number, t: number): Slack;
}

/** The path of a function of which each coordinate of the path is monotone in c. */
export function separablePath(x: readonly number[], { moves, multiplier, slack }: Moves): ProximalPath {
  const at = (c: number): readonly number[] => minus(x, moves(c));
  const path: ProximalPath = {
    at,
    distance: (c) => euclideanNorm(moves(c)),
    nearest: () => at(0),
    holdsMinimiser: (t) => isAtMost(moves(0), t),
    step: (t) => {
      const c = multiplier(t);
      return { parameter: c, multiplier: c, point: at(c) };
    },
    spread: (low, high) => euclideanNorm(minus(moves(low), moves(high))),
    multipliers: (low, high) => [low, high],
    slack: (format, t) => slack(UNIT_ROUNDOFF[format], t),
    prox: (gamma) => at(1 / gamma),
    proxError: (gamma, format) => plainProxError(path, gamma, format),
  };
  return path;
}

/** Moves towards 0 by `sizes`, none beyond it. */
export const towardsZero = (x: readonly number[], sizes: readonly number[]): readonly number[] =>
  x.map((v, i) => Math.sign(v) * (sizes[i] ?? 0));

/**
 * A coordinate is formed from |x_i| and a move of at most |x_i| by so many rounded operations, each of relative error u,
 * with a factor 2 to spare; the radius is met by a sum of n squares and a root: 8 (n + 3) u t.
 */
export function relativeSlack(x: readonly number[], u: number, t: number, operations: number): Slack {
  const cap = 2 * operations * u * euclideanNorm(x);
  return {
    pointError: () => cap,
    cap,
    subgradientError: () => Number.POSITIVE_INFINITY,
    epsilon: 0,
    radiusError: 8 * (x.length + 3) * u * t,
  };
}

/** |v| <= t for the doubles given, decided exactly where rounding could decide it wrongly. */
function isAtMost(v: readonly number[], t: number): boolean {
  const norm = euclideanNorm(v);
  const doubt = (v.length + 4) * UNIT_ROUNDOFF.float64 * norm;
  if (Math.abs(norm - t) > doubt) return norm < t;
  return squaredNorm(vectorFrom(v)).atMost(Rational.from(t).power(2));
}
