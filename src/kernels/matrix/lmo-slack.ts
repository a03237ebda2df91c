import { gamma, LARGEST_FINITE, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { compose } from './accumulation.ts';
import { FLOAT64, type FloatFormat } from './arithmetic.ts';
import { backwardError, stableRatio } from './backward-error.ts';
import { type Matrix, map } from './matrix.ts';
import { innerError } from './norm-errors.ts';
import { groupsOf, NORM_TABLE, type NormName, normScale } from './norm-table.ts';
import { dualNorm, matrixNorm } from './norms.ts';
import { rankThreshold } from './polar.ts';
import { svd } from './svd.ts';

/** What a stable algorithm may miss the two properties by that define an answer of the oracle. */
export interface OracleSlack {
  /** N(Z) <= radius + norm. */
  readonly norm: number;
  /** <M, Z> <= -radius N*(M) + objective. */
  readonly objective: number;
}

/**
 * The slack of radius · argmin <M, Z> over N(Z) <= 1 in a format, whichever minimiser is chosen, whatever the
 * conditioning.
 *
 * A stable algorithm answers with Z' = Z + D for an exact oracle Z at M + E, N(D) <= radius d. Then N(Z') <= radius (1 +
 * d) and
 *   <M, Z'> = <M + E, Z> - <E, Z> + <M, D> <= -radius N*(M + E) + radius N*(E) + radius d N*(M)
 *           <= -radius N*(M) + radius (2 N*(E) + d N*(M)).
 *
 * Norms of groups of entries: E is the rounding of M, |E| <= u |M| + s with s the smallest normal number, which may be
 * lost; N* is monotone, so N*(E) <= u N*(M) + s N*(all ones). D: radius / scale carries five roundings and the product
 * with it one, a normalised group the relative error of its norm and four more; an entry of Z below s may be lost.
 *
 * Norms of singular values (p of them): ||E||_F <= e, the backward error, so N*(E) <= e (nuclear) or sqrt(p) e / scale.
 * The computed factors have a defect of at most t each, so U V^T is off by (1 + t)² - 1 in the spectral norm (in the
 * nuclear norm too, where it has rank one); its product and the scaling round r + 8 times, in the Frobenius norm by
 * gamma_(r+8) of || |U| |V|^T ||_F <= r (1 + t)², times sqrt(p) for the nuclear norm. Singular values that count as 0
 * cost their sum.
 */
export function linearMinimiserSlack(M: Matrix, name: NormName, radius: number, format: FloatFormat): OracleSlack {
  const scale = normScale(name, M, FLOAT64.round);
  const inRange = Math.max(radius / scale, radius) * (1 + gamma(8, UNIT_ROUNDOFF[format])) < LARGEST_FINITE[format];
  if (!inRange) return { norm: Number.POSITIVE_INFINITY, objective: Number.POSITIVE_INFINITY };
  const { groups } = NORM_TABLE[name];
  const { perturbation, deviation, dropped, ofOnes } =
    groups === 'singular-values' ? ofSingularValues(M, name, format) : ofGroups(M, name, groups, format);
  const lost = SMALLEST_NORMAL[format];
  // the bounds are themselves computed in fewer than sixteen operations
  const rounding = 1 + gamma(16, UNIT_ROUNDOFF.float64);
  const objective = radius * (2 * perturbation + deviation * dualNorm(M, name) + dropped / scale);
  return {
    norm: (radius * deviation + lost * ofOnes) * rounding,
    objective: (objective + lost * M.data.reduce((sum, x) => sum + Math.abs(x), 0)) * rounding,
  };
}

interface Deviations {
  /** Bounds N*(E). */
  readonly perturbation: number;
  /** d. */
  readonly deviation: number;
  /** The sum of the singular values that may count as 0. */
  readonly dropped: number;
  /** Bounds N(R) where every |r_ij| <= 1. */
  readonly ofOnes: number;
}

function ofGroups(M: Matrix, name: NormName, groups: 'all' | 'rows' | 'columns', format: FloatFormat): Deviations {
  const u = UNIT_ROUNDOFF[format];
  const [group] = groupsOf(M, groups);
  const isNormalised = NORM_TABLE[name].inner === 'two';
  const ones = map(M, () => 1);
  const direction = isNormalised ? compose(innerError(group?.length ?? 0, 'two', format), gamma(4, u)) : 0;
  return {
    perturbation: u * dualNorm(M, name) + SMALLEST_NORMAL[format] * dualNorm(ones, name),
    deviation: compose(direction, gamma(6, u)),
    dropped: 0,
    ofOnes: matrixNorm(ones, name),
  };
}

function ofSingularValues(M: Matrix, name: NormName, format: FloatFormat): Deviations {
  const [u, scale] = [UNIT_ROUNDOFF[format], normScale(name, M, FLOAT64.round)];
  const decomposition = svd(M);
  const { values, valuesError, leftDefect, rightDefect } = decomposition;
  const isNuclear = NORM_TABLE[name].inner === 'one';
  const backward = backwardError(M, decomposition, format);
  const stable = stableRatio(M, format);
  // the reference is one more stable algorithm in double precision, with defects that are measured
  const defect = format === 'float64' ? Math.max(stable, leftDefect, rightDefect) : stable;
  const [p, rank] = [values.length, isNuclear ? 1 : values.length];
  const bases = compose(defect, defect);
  const rounding = gamma(rank + 8, u) * rank * (1 + bases) * (isNuclear ? Math.sqrt(p) : 1);
  const threshold = rankThreshold(M.rows, M.columns, (values[0] ?? 0) + backward, u) + backward + valuesError;
  const zeros = isNuclear ? [] : values.filter((s) => s <= threshold);
  return {
    perturbation: isNuclear ? backward : (Math.sqrt(p) * backward) / scale,
    deviation: bases + rounding,
    dropped: zeros.reduce((sum, s) => sum + s + valuesError, 0),
    // ||R||_F <= sqrt(rows columns)
    ofOnes: scale * Math.sqrt(M.data.length * p),
  };
}
