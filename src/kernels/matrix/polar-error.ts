import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { FloatFormat } from './arithmetic.ts';
import { backwardError, stableRatio } from './backward-error.ts';
import type { Matrix } from './matrix.ts';
import { numericalRank, rankThreshold } from './polar.ts';
import { type SingularValues, svd } from './svd.ts';

/** A singular value above the threshold and up to this many times it leaves the rank, and so the factor, undecided. */
const UNDECIDED = 1000;

/**
 * A bound on ||computed - polar(A)||_F, hence on every entry, for a stable algorithm in that format.
 *
 * Let s_i be the singular values, r the rank, E the backward error and e = ||E||_F. With the symmetric dilation
 * H = [[0, A], [A^T, 0]], of eigenvalues ±s_i and |rows - columns| zeros, and f(x) = sign(x) for |x| >= s_r, 0 for
 * |x| <= s_(r+1), f(H) = [[0, P], [P^T, 0]] for P = U_r V_r^T. In eigenbases X, Y of H and of H' = H(A + E) the entries of
 * X^T (f(H) - f(H')) Y are (f(l_i) - f(m_j)) (X^T Y)_ij and those of X^T (H - H') Y are (l_i - m_j) (X^T Y)_ij, so
 *   ||P - P'||_F <= e max |f(l_i) - f(m_j)| / |l_i - m_j| <= e / (s_r - s_(r+1) - e),
 * since |s'_i - s_i| <= e: no pair of opposite signs is nearer than s_r + s'_r >= 2 (s_r - e), no pair with a zero nearer
 * than s_r - s_(r+1) - e. (W. Li and W. Sun, SIAM J. Matrix Anal. Appl. 23, 2002, have the like for r' = r.)
 *
 * Square of full rank n, real: the Fréchet derivative has norm 2 / (s_n + s_(n-1)) (Higham, Functions of Matrices, Theorem
 * 8.9), which along A + tE is at most 2 / (s_n + s_(n-1) - 2te); integrated over t (Mathias, SIAM J. Matrix Anal. Appl. 14,
 * 1993): ||P - P'||_F <= -ln(1 - 2e / (s_n + s_(n-1))) while e < s_n, and 0 for 1×1, whose factor is a sign.
 *
 * To this comes what the computed U_r V_r^T lacks of being a partial isometry: c max(rows, columns) u sqrt(r) with the c of
 * the backward error (LAPACK holds ||U^T U - I|| to the same bar), or the measured defects.
 *
 * The result is 0 for 0 and Infinity where a singular value lies between the threshold and 1000 times it, or between
 * the thresholds of double precision and of the format, or where the backward error reaches s_r. With a radius it bounds
 * ||computed(A + E) - polar(A)||_F for every ||E||_F <= radius, which adds to the backward error.
 */
export function polarErrorBound(
  A: Matrix,
  format: FloatFormat,
  decomposition: SingularValues = svd(A),
  radius = 0,
): number {
  const { values } = decomposition;
  const [largest = 0] = values;
  if (largest === 0) return radius === 0 ? 0 : Number.POSITIVE_INFINITY;
  const shape = [A.rows, A.columns] as const;
  const lowest = rankThreshold(...shape, largest, UNIT_ROUNDOFF.float64);
  const highest = UNDECIDED * rankThreshold(...shape, largest, UNIT_ROUNDOFF[format]);
  if (values.some((s) => s + radius > lowest && s - radius < highest)) return Number.POSITIVE_INFINITY;
  const rank = numericalRank(...shape, values, UNIT_ROUNDOFF.float64);
  return subspaceError(A, decomposition, rank, format, radius);
}

/** The bound above for the leading `rank` singular triples, whatever the threshold says. */
export function subspaceError(
  A: Matrix,
  decomposition: SingularValues,
  rank: number,
  format: FloatFormat,
  radius = 0,
): number {
  const { values, valuesError, leftDefect, rightDefect } = decomposition;
  const backward = backwardError(A, decomposition, format) * (1 + radius / (values[0] ?? 1)) + radius;
  const least = (values[rank - 1] ?? 0) - valuesError;
  const dropped = rank < values.length ? (values[rank] ?? 0) + valuesError : 0;
  const gap = least - dropped - backward;
  if (!(gap > 0)) return Number.POSITIVE_INFINITY;
  const square = A.rows === A.columns && rank === A.rows;
  const moved = square ? squareError(values, valuesError, backward) : backward / gap;
  const stable = stableRatio(A, format);
  const lacking = format === 'float64' ? Math.max(stable, leftDefect + rightDefect + leftDefect * rightDefect) : stable;
  const product = gamma(rank + 1, UNIT_ROUNDOFF[format]) * rank;
  return (moved + Math.sqrt(rank) * lacking + product) * (1 + gamma(16, UNIT_ROUNDOFF.float64));
}

function squareError(values: readonly number[], valuesError: number, backward: number): number {
  if (values.length === 1) return 0;
  const [s, t] = values.slice(-2);
  const ratio = ((2 * backward) / ((s ?? 0) + (t ?? 0) - 2 * valuesError)) * (1 + gamma(8, UNIT_ROUNDOFF.float64));
  return ratio < 1 ? -Math.log1p(-ratio) : Number.POSITIVE_INFINITY;
}
