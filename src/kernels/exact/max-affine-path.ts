import { Rational } from './rational.ts';
import {
  applied,
  combined,
  differenceOf,
  dot,
  entryOf,
  multipleOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
  sumOf,
} from './rational-vector.ts';
import { solveSquare } from './solve-consistent.ts';

const { ZERO, ONE } = Rational;

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

/** The weights mu = gamma lambda of the support and the level L at gamma, both as (value at 0, slope). */
interface Multipliers {
  readonly weights: readonly [RationalVector, RationalVector];
  readonly level: readonly [Rational, Rational];
}

/**
 * The straight piece at gamma > 0 of the path gamma -> prox_gamma(x) of f(y) = max_i (a_i^T y + b_i), exactly.
 *
 * prox_gamma(x) = x - sum of mu_i a_i, where mu >= 0 sums to gamma, is carried by pieces of equal value L, and no piece
 * is above L at that point (KKT). These are linear in (mu, L, gamma) once the support is known. The support comes from a
 * primal active-set method for the dual quadratic program min gamma |sum lambda_i a_i|^2 / 2 - lambda^T (Ax + b) over the
 * simplex: solve on the support, walk until a weight reaches 0 and drop it, else take in the most violated piece. Every
 * support is affinely independent, and the objective falls strictly between supports, so the method ends.
 * @param start a guess of the support, from a neighbouring gamma.
 * @throws RangeError unless gamma > 0.
 */
export function proximalPiece(
  f: MaxAffine,
  x: RationalVector,
  gamma: Rational,
  start: readonly number[] = [],
): ProximalPiece {
  if (gamma.sign() <= 0) throw new RangeError(`proximalPiece: gamma > 0, got ${gamma}`);
  const values = applied(f.slopes, x).map((v, i) => v.plus(entryOf(f.offsets, i)));
  let weights = initialWeights(f.slopes, values, start);
  for (;;) {
    const support = [...weights.keys()];
    const found = multipliersOf(f.slopes, values, support);
    if ('nullVector' in found) {
      weights = walk(weights, nullDirection(found.nullVector, support, values));
      continue;
    }
    const target = new Map(support.map((i, k) => [i, scaledWeight(found, k, gamma)]));
    if ([...target.values()].some((w) => w.sign() <= 0)) {
      weights = walk(weights, new Map(support.map((i) => [i, at(target, i).minus(at(weights, i))])));
      continue;
    }
    weights = target;
    const violated = mostViolated(f.slopes, values, support, found, gamma);
    if (violated === undefined) return pieceOf(f.slopes, values, support, found, x);
    weights.set(violated, ZERO);
  }
}

type Weights = ReadonlyMap<number, Rational>;

const at = (weights: Weights, i: number): Rational => weights.get(i) ?? ZERO;

/** lambda_k = mu_k / gamma on the support. */
const scaledWeight = ({ weights: [base, slope] }: Multipliers, k: number, gamma: Rational): Rational =>
  entryOf(base, k).dividedBy(gamma).plus(entryOf(slope, k));

function initialWeights(slopes: RationalRows, values: RationalVector, start: readonly number[]): Map<number, Rational> {
  const known = start.filter((i) => i < slopes.length);
  if (known.length > 0) return new Map(known.map((i) => [i, Rational.of(1, known.length)]));
  const [first = ZERO, ...others] = values;
  const most = Rational.max(first, ...others);
  return new Map([[values.findIndex((v) => v.equals(most)), ONE]]);
}

/** mu and L as affine functions of gamma: A_S A_S^T mu + L 1 = (Ax + b)_S, sum of mu = gamma. */
function multipliersOf(
  slopes: RationalRows,
  values: RationalVector,
  support: readonly number[],
): Multipliers | { readonly nullVector: RationalVector } {
  const active = support.map((i) => slopes[i] ?? []);
  const system = [...active.map((a) => [...active.map((b) => dot(a, b)), ONE]), [...support.map(() => ONE), ZERO]];
  const solved = solveSquare(system, [
    [...support.map((i) => entryOf(values, i)), ZERO],
    [...support.map(() => ZERO), ONE],
  ]);
  if ('nullVector' in solved) return solved;
  const [base = [], slope = []] = solved.solutions;
  const count = support.length;
  return {
    weights: [base.slice(0, count), slope.slice(0, count)],
    level: [entryOf(base, count), entryOf(slope, count)],
  };
}

/** A direction that keeps sum of lambda and sum of lambda_i a_i, along which the objective does not rise. */
function nullDirection(nullVector: RationalVector, support: readonly number[], values: RationalVector): Weights {
  const gain = Rational.sum(support.map((i, k) => entryOf(values, i).times(entryOf(nullVector, k))));
  const sign = gain.sign() < 0 ? ONE.negated() : ONE;
  return new Map(support.map((i, k) => [i, sign.times(entryOf(nullVector, k))]));
}

/** From weights along direction until the first weight reaches 0 (at most the whole way); zero weights are dropped. */
function walk(weights: Weights, direction: Weights): Map<number, Rational> {
  let step: Rational | undefined;
  for (const [i, d] of direction) {
    if (d.sign() >= 0) continue;
    const ratio = at(weights, i).dividedBy(d.negated());
    if (step === undefined || ratio.lessThan(step)) step = ratio;
  }
  const length = step ?? ONE;
  const moved = [...weights].map(([i, w]) => [i, w.plus(length.times(at(direction, i)))] as const);
  return new Map(moved.filter(([, w]) => w.sign() > 0));
}

/** The piece that lies highest above the level at prox_gamma(x), or undefined where none does. */
function mostViolated(
  slopes: RationalRows,
  values: RationalVector,
  support: readonly number[],
  { weights, level }: Multipliers,
  gamma: Rational,
): number | undefined {
  const mu = support.map((_, k) => entryOf(weights[0], k).plus(gamma.times(entryOf(weights[1], k))));
  const step = combined(
    support.map((i) => slopes[i] ?? []),
    mu,
    slopes[0]?.length ?? 0,
  );
  let most = level[0].plus(gamma.times(level[1]));
  let worst: number | undefined;
  for (const [i, a] of slopes.entries()) {
    const value = entryOf(values, i).minus(dot(a, step));
    if (most.lessThan(value) && !support.includes(i)) [most, worst] = [value, i];
  }
  return worst;
}

/** The gammas for which the support stays right: mu >= 0 and no piece above the level, all linear in gamma. */
function pieceOf(
  slopes: RationalRows,
  values: RationalVector,
  support: readonly number[],
  { weights, level }: Multipliers,
  x: RationalVector,
): ProximalPiece {
  const active = support.map((i) => slopes[i] ?? []);
  const [stepBase, stepSlope] = weights.map((w) => combined(active, w, x.length)) as [RationalVector, RationalVector];
  const linear: (readonly [Rational, Rational])[] = support.map((_, k) => [
    entryOf(weights[0], k),
    entryOf(weights[1], k),
  ]);
  for (const [i, a] of slopes.entries()) {
    // L(gamma) - (a_i^T prox_gamma(x) + b_i) >= 0
    if (!support.includes(i)) {
      linear.push([level[0].minus(entryOf(values, i)).plus(dot(a, stepBase)), level[1].plus(dot(a, stepSlope))]);
    }
  }
  let [from, to]: [Rational, Rational | undefined] = [ZERO, undefined];
  for (const [constant, slope] of linear) {
    if (slope.sign() === 0) continue;
    const root = constant.dividedBy(slope).negated();
    if (slope.sign() > 0) from = Rational.max(from, root);
    else if (to === undefined || root.lessThan(to)) to = root;
  }
  return { from, to, support, base: differenceOf(x, stepBase), slope: multipleOf(ONE.negated(), stepSlope) };
}

/** prox_gamma(x) on its piece. */
export const pointOn = (piece: ProximalPiece, gamma: Rational): RationalVector =>
  sumOf(piece.base, multipleOf(gamma, piece.slope));

/** |prox_gamma(x) - x|^2 on the piece, as the coefficients of 1, gamma and gamma^2. */
export function squaredDistanceOn(piece: ProximalPiece, x: RationalVector): readonly [Rational, Rational, Rational] {
  const offset = differenceOf(piece.base, x);
  return [squaredNorm(offset), Rational.of(2).times(dot(offset, piece.slope)), squaredNorm(piece.slope)];
}

/** The piece that lasts for ever: constant, on the minimiser nearest to x, exactly if f is bounded below. */
export function lastPiece(f: MaxAffine, x: RationalVector): ProximalPiece {
  let piece = proximalPiece(f, x, ONE);
  while (piece.to !== undefined) {
    piece = proximalPiece(f, x, Rational.of(2).times(Rational.max(ONE, piece.to)), piece.support);
  }
  return piece;
}
