import fc, { type Arbitrary } from 'fast-check';
import { Rational } from '../../kernels/exact/rational.ts';
import { applied, dot, entryOf, type RationalRows, type RationalVector } from '../../kernels/exact/rational-vector.ts';

const { ZERO, ONE } = Rational;

/**
 * f(y) = max(0, max_k G_k <n_k, y>) for unit vectors n_k of which only the Gram matrix is known, and a run of the broximal
 * point method on it. A point is given by its coefficients: y = sum of coefficients_k n_k.
 */
export interface GramChain {
  readonly gram: RationalRows;
  /** G_0 = 1, G_1, …: positive and not rising. */
  readonly weights: RationalVector;
  readonly radius: Rational;
  /** s_0, …, s_{K-1}: how far x_{k+1} lies from 0 along n_k. */
  readonly spacings: RationalVector;
  /** x_0, …, x_K, in coefficients. */
  readonly iterates: readonly RationalVector[];
}

/**
 * The worst case of the broximal point method for spacings s_k > 0 with s_k >= s_{k-1} - t: an autoregressive chain of
 * unit vectors, <n_j, n_k> = G_k / G_j for j <= k with G_k / G_{k-1} = s_{k-1} / (s_k + t), in exact arithmetic.
 *
 * x_K = s_{K-1} n_{K-1} and x_k = x_{k+1} + t n_k. Pieces 0, …, k attain the maximum at x_{k+1}, so t n_k is a multiple of a
 * subgradient there (`isBroximalRun` checks it without this argument). f falls by t G_k to G_k s_k at step k, |x_k|² by
 * t² + 2 t s_k, and 0 is the minimiser nearest to x_0, which is a positive combination of the n_k. Constant s_k = s -> 0
 * attains the number of steps ceil(R²/t²); s_k = min(a, b + (K-1-k)t) the largest f(x_K) for given R, t, K.
 * @throws RangeError unless t > 0, and every s_k > 0 with s_k >= s_{k-1} - t, and there is one.
 */
export function gramChain(spacings: RationalVector, radius: Rational): GramChain {
  const count = spacings.length;
  const isLegal = spacings.every(
    (s, k) =>
      s.sign() > 0 &&
      (k === 0 ||
        entryOf(spacings, k - 1)
          .minus(radius)
          .atMost(s)),
  );
  if (count === 0 || radius.sign() <= 0 || !isLegal) {
    throw new RangeError(
      `gramChain: t > 0 and s_k > 0 with s_k >= s_(k-1) - t, got t = ${radius}, s = [${spacings.join(', ')}]`,
    );
  }
  const weights: Rational[] = [ONE];
  for (let k = 1; k < count; k++) {
    const ratio = entryOf(spacings, k - 1).dividedBy(entryOf(spacings, k).plus(radius));
    weights.push(entryOf(weights, k - 1).times(ratio));
  }
  const gram = weights.map((G, j) => weights.map((H, k) => (j <= k ? H.dividedBy(G) : G.dividedBy(H))));
  const iterates: RationalVector[] = [];
  for (let k = 0; k <= count; k++) {
    const last = entryOf(spacings, count - 1);
    iterates.push(weights.map((_, i) => (i >= k ? radius : ZERO).plus(i === count - 1 ? last : ZERO)));
  }
  return { gram, weights, radius, spacings, iterates };
}

/** The family with constant spacing s: q = s / (s + t), <n_j, n_k> = q^|j-k|, G_k = q^k. */
export const constantChain = (steps: number, spacing: Rational, radius: Rational): GramChain =>
  gramChain(
    Array.from({ length: steps }, () => spacing),
    radius,
  );

/** <y, z> of two points in coefficients. */
export const gramProduct = (chain: GramChain, y: RationalVector, z: RationalVector): Rational =>
  dot(y, applied(chain.gram, z));

/** f(y) for y in coefficients. */
export const chainValue = (chain: GramChain, y: RationalVector): Rational =>
  Rational.max(ZERO, ...applied(chain.gram, y).map((v, k) => v.times(entryOf(chain.weights, k))));

/**
 * Whether every x_{k+1} is brox_t(x_k): the move has length t, and (G_k / t) (x_k - x_{k+1}) = G_k n_k is the gradient of a
 * piece that attains f(x_{k+1}) > 0, which is the optimality condition.
 */
export function isBroximalRun(chain: GramChain): boolean {
  return chain.weights.every((weight, k) => {
    const [from = [], to = []] = [chain.iterates[k], chain.iterates[k + 1]];
    const move = from.map((x, i) => x.minus(entryOf(to, i)));
    const isAlong = move.every((x, i) => x.equals(i === k ? chain.radius : ZERO));
    const value = chainValue(chain, to);
    const piece = entryOf(applied(chain.gram, to), k).times(weight);
    return (
      isAlong && gramProduct(chain, move, move).equals(chain.radius.power(2)) && value.sign() > 0 && piece.equals(value)
    );
  });
}

/** Spacings of the exact minimax, s_k = min(a, b + (K - 1 - k) t) for 0 < b <= a. */
export const minimaxSpacings = (steps: number, a: Rational, b: Rational, radius: Rational): RationalVector =>
  Array.from({ length: steps }, (_, k) => Rational.min(a, b.plus(Rational.of(steps - 1 - k).times(radius))));

/** Legal spacings for t = 1, drawn step by step: s_k between max(s_{k-1} - 1, a little) and 3 above it. */
export const arbitrarySpacings = (maximumSteps: number): Arbitrary<RationalVector> =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 12 })), {
      minLength: 1,
      maxLength: maximumSteps,
    })
    .map((draws) => {
      const spacings: Rational[] = [];
      for (const [p, q] of draws) {
        const least = Rational.max(ZERO, (spacings.at(-1) ?? ONE).minus(ONE));
        // p = 0 takes the smallest legal value where that is positive
        const extra = Rational.of(p, 4 * q);
        spacings.push(least.plus(extra).sign() > 0 ? least.plus(extra) : Rational.of(1, 4 * q));
      }
      return spacings;
    });
