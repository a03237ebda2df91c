import { gcd } from './integer.ts';
import type { Rational } from './rational.ts';
import { applied, entryOf, type RationalRows, type RationalVector } from './rational-vector.ts';
import { solveIntegers } from './solve-consistent.ts';

/** Integers A = sigma a, q = kappa (a x + b), with the products of rows on demand. */
export interface IntegerProblem {
  readonly values: RationalVector;
  readonly rows: readonly (readonly bigint[])[];
  readonly heights: readonly bigint[];
  readonly sigma: bigint;
  readonly kappa: bigint;
  product(i: number, k: number): bigint;
}

export function integerProblem(slopes: RationalRows, offsets: RationalVector, x: RationalVector): IntegerProblem {
  const values = applied(slopes, x).map((v, i) => v.plus(entryOf(offsets, i)));
  const [sigma, kappa] = [commonMultiple(slopes.flat()), commonMultiple(values)];
  const scaled = (v: RationalVector, factor: bigint): readonly bigint[] =>
    v.map(({ numerator, denominator }) => numerator * (factor / denominator));
  const rows = slopes.map((a) => scaled(a, sigma));
  const products = new Map<number, bigint>();
  const product = (i: number, k: number): bigint => {
    const key = Math.min(i, k) * rows.length + Math.max(i, k);
    const known = products.get(key);
    if (known !== undefined) return known;
    const [a, b] = [rows[i] ?? [], rows[k] ?? []];
    const found = a.reduce((sum, v, j) => sum + v * (b[j] ?? 0n), 0n);
    products.set(key, found);
    return found;
  };
  return { values, rows, heights: scaled(values, kappa), sigma, kappa, product };
}

function commonMultiple(values: RationalVector): bigint {
  return values.reduce((multiple, { denominator }) => (multiple / gcd(multiple, denominator)) * denominator, 1n);
}

/** On a support: kappa mu_k = (base_k + gamma slope_k) / denominator, and the level kappa sigma² L likewise, last in both lists. */
export interface Face {
  readonly support: readonly number[];
  readonly base: readonly bigint[];
  readonly slope: readonly bigint[];
  readonly denominator: bigint;
}

/** Weights on the simplex over one denominator; `denominator` > 0. */
interface Weights {
  readonly numerators: ReadonlyMap<number, bigint>;
  readonly denominator: bigint;
}

/**
 * The support of prox_gamma and its multipliers, from a guess of the support.
 *
 * A primal active-set method for min gamma |sum lambda_i a_i|^2 / 2 - lambda^T (Ax + b) over the simplex: solve on the support,
 * walk until a weight reaches 0 and drop it, else take in the most violated piece. Every support that is solved is affinely
 * independent, and the objective falls strictly from one to the next, so the method ends.
 */
export function faceAt(problem: IntegerProblem, gamma: Rational, guess: readonly number[]): Face {
  const { numerator, denominator } = gamma;
  let weights: Weights = { numerators: new Map(guess.map((i) => [i, 1n])), denominator: BigInt(guess.length) };
  for (;;) {
    const support = [...weights.numerators.keys()];
    const face = faceOn(problem, support);
    if ('nullVector' in face) {
      weights = slide(weights, nullDirection(problem, support, face.nullVector));
      continue;
    }
    const at = face.base.map((b, k) => b * denominator + numerator * (face.slope[k] ?? 0n));
    const target: Weights = {
      numerators: new Map(support.map((i, k) => [i, at[k] ?? 0n])),
      denominator: problem.kappa * face.denominator * numerator,
    };
    if (at.slice(0, -1).some((w) => w <= 0n)) {
      weights = walk(weights, target);
      continue;
    }
    const violated = mostViolated(problem, face, at, denominator);
    if (violated === undefined) return face;
    weights = { numerators: new Map([...target.numerators, [violated, 0n]]), denominator: target.denominator };
  }
}

/** A_S A_S^T mu + L 1 = (Ax + b)_S, sum of mu = gamma, in integers. */
function faceOn(
  problem: IntegerProblem,
  support: readonly number[],
): Face | { readonly nullVector: readonly bigint[] } {
  const square = problem.sigma ** 2n;
  const rows = support.map((i) => [
    ...support.map((k) => problem.product(i, k)),
    1n,
    square * (problem.heights[i] ?? 0n),
    0n,
  ]);
  rows.push([...support.map(() => 1n), 0n, 0n, problem.kappa]);
  const solved = solveIntegers(rows, support.length + 1);
  if ('nullVector' in solved) return solved;
  const [base = [], slope = []] = solved.numerators;
  return { support, base, slope, denominator: solved.denominator };
}

/** A direction that keeps sum of lambda and sum of lambda_i a_i, along which the objective does not rise. */
function nullDirection(
  { heights }: IntegerProblem,
  support: readonly number[],
  nullVector: readonly bigint[],
): ReadonlyMap<number, bigint> {
  const gain = support.reduce((sum, i, k) => sum + (heights[i] ?? 0n) * (nullVector[k] ?? 0n), 0n);
  return new Map(support.map((i, k) => [i, gain < 0n ? -(nullVector[k] ?? 0n) : (nullVector[k] ?? 0n)]));
}

/** From weights along a direction until the first weight reaches 0. */
function slide({ numerators, denominator }: Weights, direction: ReadonlyMap<number, bigint>): Weights {
  // the least w / -d over falling weights
  let [up, down] = [0n, 0n];
  for (const [i, d] of direction) {
    const w = numerators.get(i) ?? 0n;
    if (d < 0n && (down === 0n || w * down < up * -d)) [up, down] = [w, -d];
  }
  return reduced(
    [...numerators].map(([i, w]) => [i, w * down + up * (direction.get(i) ?? 0n)]),
    denominator * down,
  );
}

/** From weights to the target, as far as no weight falls below 0; weights that reach 0 are dropped. */
function walk(weights: Weights, target: Weights): Weights {
  // the least w / (w - t) over negative targets t, on the common denominator
  let [up, down] = [1n, 1n];
  for (const [i, raw] of target.numerators) {
    if (raw >= 0n) continue;
    const w = (weights.numerators.get(i) ?? 0n) * target.denominator;
    const fall = w - raw * weights.denominator;
    if (w * down < up * fall) [up, down] = [w, fall];
  }
  const mixed = [...weights.numerators].map(([i, w]): readonly [number, bigint] => [
    i,
    w * target.denominator * (down - up) + (target.numerators.get(i) ?? 0n) * weights.denominator * up,
  ]);
  return reduced(mixed, weights.denominator * target.denominator * down);
}

/** The positive weights, in lowest terms together. */
function reduced(numerators: readonly (readonly [number, bigint])[], denominator: bigint): Weights {
  const kept = numerators.filter(([, w]) => w > 0n);
  const common = kept.reduce((divisor, [, w]) => gcd(divisor, w), denominator);
  return { numerators: new Map(kept.map(([i, w]) => [i, w / common])), denominator: denominator / common };
}

/** sum over the support of (a_i^T a_k) mu_k, in the scale of `weights`. */
export const pull = (
  problem: IntegerProblem,
  support: readonly number[],
  i: number,
  weights: readonly bigint[],
): bigint => support.reduce((sum, k, index) => sum + problem.product(i, k) * (weights[index] ?? 0n), 0n);

/** The piece that lies highest above the level at prox_gamma(x), or undefined where none does. */
function mostViolated(
  problem: IntegerProblem,
  { support, denominator }: Face,
  at: readonly bigint[],
  gammaDenominator: bigint,
): number | undefined {
  const scale = gammaDenominator * denominator * problem.sigma ** 2n;
  let most = at[support.length] ?? 0n;
  let worst: number | undefined;
  for (const [i, height] of problem.heights.entries()) {
    if (support.includes(i)) continue;
    const value = scale * height - pull(problem, support, i, at);
    if (value > most) [most, worst] = [value, i];
  }
  return worst;
}
