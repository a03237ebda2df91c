import { guessSupport } from './guess-support.ts';
import { type Face, faceAt, type IntegerProblem, integerProblem, pull } from './max-affine-face.ts';
import { Rational } from './rational.ts';
import {
  differenceOf,
  dot,
  multipleOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
  sumOf,
  toNumbers,
} from './rational-vector.ts';

const { ONE } = Rational;

/** A stretch of gamma on which the proximal path of max_i (a_i^T y + b_i) is a straight line. */
export interface ProximalPiece {
  readonly from: Rational;
  /** undefined: for ever, on the minimiser nearest to x. */
  readonly to: Rational | undefined;
  /** The pieces that are equal and carry weight. */
  readonly support: readonly number[];
  /** prox_gamma(x) = base + gamma * slope. */
  readonly base: RationalVector;
  readonly slope: RationalVector;
}

interface MaxAffine {
  readonly slopes: RationalRows;
  readonly offsets: RationalVector;
}

/** The proximal path of one function at one point. */
export interface MaxAffinePath {
  /** The piece at gamma > 0; `start` is a guess of its support, from a neighbouring gamma. */
  pieceAt(gamma: Rational, start?: readonly number[]): ProximalPiece;
  /** The piece that lasts for ever: constant, on the minimiser nearest to x, exactly if f is bounded below. */
  last(): ProximalPiece;
}

/**
 * The path gamma -> prox_gamma(x) of f(y) = max_i (a_i^T y + b_i), exactly, piece by straight piece.
 *
 * prox_gamma(x) = x - sum of mu_i a_i, where mu >= 0 sums to gamma, is carried by pieces of equal value L, and no piece
 * is above L at that point (KKT). These are linear in (mu, L, gamma) once the support is known (`faceAt`). The search for it
 * begins at a guess in doubles, and works on integers over common denominators, since a gcd an operation would cost most of
 * the time.
 */
export function maxAffinePath(f: MaxAffine, x: RationalVector): MaxAffinePath {
  const problem = integerProblem(f.slopes, f.offsets, x);
  const known: { last?: ProximalPiece } = {};
  const floats = { slopes: f.slopes.map(toNumbers), values: toNumbers(problem.values) };
  const pieceAt = (gamma: Rational, start: readonly number[] = []): ProximalPiece => {
    if (gamma.sign() <= 0) throw new RangeError(`maxAffinePath: gamma > 0, got ${gamma}`);
    const guess = guessSupport(floats.slopes, floats.values, gamma.toNumber(), start);
    return pieceOf(problem, faceAt(problem, gamma, guess), x);
  };
  const last = (): ProximalPiece => {
    let piece = known.last ?? pieceAt(ONE);
    while (piece.to !== undefined) piece = pieceAt(Rational.of(2).times(Rational.max(ONE, piece.to)), piece.support);
    known.last = piece;
    return piece;
  };
  return { pieceAt, last };
}

/** The gammas for which the support stays right: mu >= 0 and no piece above the level, all linear in gamma. */
function pieceOf(problem: IntegerProblem, face: Face, x: RationalVector): ProximalPiece {
  const { support, base, slope, denominator } = face;
  const linear = support.map((_, k): readonly [bigint, bigint] => [base[k] ?? 0n, slope[k] ?? 0n]);
  const [level, rise] = [base[support.length] ?? 0n, slope[support.length] ?? 0n];
  const scale = denominator * problem.sigma ** 2n;
  for (const [i, height] of problem.heights.entries()) {
    // L(gamma) - (a_i^T prox_gamma(x) + b_i) >= 0
    if (!support.includes(i)) {
      linear.push([level - scale * height + pull(problem, support, i, base), rise + pull(problem, support, i, slope)]);
    }
  }
  // the roots -c / d as fractions of positive denominator: the largest of rising forms, the least of falling ones
  let from: readonly [bigint, bigint] = [0n, 1n];
  let to: readonly [bigint, bigint] | undefined;
  for (const [c, d] of linear) {
    if (d > 0n && -c * from[1] > from[0] * d) from = [-c, d];
    if (d < 0n && (to === undefined || c * to[1] < to[0] * -d)) to = [c, -d];
  }
  const moved = (weights: readonly bigint[]): RationalVector =>
    x.map((_, j) => {
      const sum = support.reduce((total, i, k) => total + (problem.rows[i]?.[j] ?? 0n) * (weights[k] ?? 0n), 0n);
      return Rational.of(sum, problem.sigma * problem.kappa * denominator);
    });
  return {
    from: Rational.of(...from),
    to: to && Rational.of(...to),
    support,
    base: differenceOf(x, moved(base)),
    slope: moved(slope).map((v) => v.negated()),
  };
}

/** prox_gamma(x) on its piece. */
export const pointOn = (piece: ProximalPiece, gamma: Rational): RationalVector =>
  sumOf(piece.base, multipleOf(gamma, piece.slope));

/** |prox_gamma(x) - x|^2 on the piece, as the coefficients of 1, gamma and gamma^2. */
export function squaredDistanceOn(piece: ProximalPiece, x: RationalVector): readonly [Rational, Rational, Rational] {
  const offset = differenceOf(piece.base, x);
  return [squaredNorm(offset), Rational.of(2).times(dot(offset, piece.slope)), squaredNorm(piece.slope)];
}
