import type { ProximalPiece } from '../../kernels/exact/max-affine-path.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  combined,
  dot,
  entryOf,
  type RationalVector,
  toNumbers,
} from '../../kernels/exact/rational-vector.ts';
import { solveSquare } from '../../kernels/exact/solve-consistent.ts';
import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import type { Kind } from '../../problems/functions/convex-function.ts';

const { ZERO, ONE } = Rational;

/**
 * How far prox_gamma may move, for gamma in [from, to] inside one straight piece of the path of max_i a_i^T y + b_i, when every
 * datum is off by a relative error of at most e and x by at most E besides; undefined where the support might change.
 *
 * On the support S, K (mu, L) = (A_S x + b_S, gamma) with K = [A_S A_S^T, 1; 1^T, 0]. With kappa = |K^-1|_inf and the data off by d
 * in the maximum norm, (mu, L) is off by at most 2 kappa d as long as kappa |dK| <= 1/2. If no weight can vanish and no other
 * piece can rise above the level, the perturbed system still solves the perturbed problem, whose solution is unique. The error
 * that x is off by is not counted in the result (prox is nonexpansive), only in the margins.
 */
export function regularError(
  f: Kind<'max-affine', Rational>,
  x: RationalVector,
  piece: ProximalPiece,
  [from, to]: readonly [Rational, Rational],
  e: number,
  E: number,
): number | undefined {
  const active = piece.support.map((i) => f.slopes[i] ?? []);
  const values = applied(f.slopes, x).map((v, i) => v.plus(entryOf(f.offsets, i)));
  const system = [...active.map((a) => [...active.map((b) => dot(a, b)), ONE]), [...active.map(() => ONE), ZERO]];
  const unit = system.map((_, j) => system.map((__, i) => (i === j ? ONE : ZERO)));
  const ends = [from, to].map((gamma) => [...piece.support.map((i) => entryOf(values, i)), gamma]);
  const solved = solveSquare(system, [...unit, ...ends]);
  if ('nullVector' in solved) return undefined;
  const columns = solved.solutions.slice(0, unit.length).map(toNumbers);
  const kappa = Math.max(...system.map((_, i) => columns.reduce((sum, c) => sum + Math.abs(c[i] ?? 0), 0)));
  const norms = f.slopes.map((a) => euclideanNorm(toNumbers(a)));
  const steepest = Math.max(...norms);
  const size = euclideanNorm(toNumbers(x));
  const term = Math.max(...norms.map((n, i) => n * size + Math.abs(entryOf(f.offsets, i).toNumber())));
  const gamma = to.toNumber();
  const matrixError = 2 * e * steepest ** 2 * active.length;
  if (!(kappa * matrixError <= 0.5)) return undefined;
  const offsetError = 2 * e * term + 2 * e * gamma * (1 + steepest ** 2);
  const weightError = (extra: number): number => 2 * kappa * (offsetError + extra);
  const pointError = (extra: number): number => steepest * (active.length * weightError(extra) + 2 * e * gamma);
  const withStart = steepest * E;
  const margins = solved.solutions.slice(unit.length).flatMap((z) => {
    const mu = z.slice(0, active.length);
    const level = entryOf(z, active.length);
    const step = combined(active, mu, x.length);
    const below = f.slopes.flatMap((a, i) =>
      piece.support.includes(i) ? [] : [level.minus(entryOf(values, i)).plus(dot(a, step)).toNumber()],
    );
    const needed = weightError(withStart) + steepest * (pointError(withStart) + E) + offsetError;
    return [...mu.map((m) => m.toNumber() - weightError(withStart)), ...below.map((slack) => slack - needed)];
  });
  return margins.every((margin) => margin > 0) ? pointError(0) : undefined;
}
