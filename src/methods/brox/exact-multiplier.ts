import { maxAffinePath } from '../../kernels/exact/max-affine-path.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  differenceOf,
  entryOf,
  type RationalVector,
  squaredNorm,
} from '../../kernels/exact/rational-vector.ts';
import type { ConvexFunction } from '../../problems/functions/convex-function.ts';
import { descending } from './exact-prox.ts';
import { type PieceOfLength, pieceOfLength } from './max-affine-search.ts';
import { commonDenominator, rationalRootOnGrid } from './rational-root.ts';
import { secularRoot } from './secular-root.ts';

const { ZERO, ONE } = Rational;
const TWO = Rational.of(2);

/**
 * The c > 0 with |x - prox_{1/c}(x)| = t, for 0 < t < the distance from x to the minimisers; undefined where it is
 * irrational, which is decided, not guessed: on the stretch of the path that holds it, c solves a polynomial equation.
 */
export function exactMultiplier(
  f: Exclude<ConvexFunction<Rational>, { readonly kind: 'residual-norm' }>,
  x: RationalVector,
  t: Rational,
): Rational | undefined {
  switch (f.kind) {
    case 'quadratic':
      return secularRoot(f.matrix, differenceOf(applied(f.matrix, x), f.vector), t);
    case 'weighted-l1':
      return weightedMultiplier(x, f.weights, t);
    case 'max-norm':
      return maxNormMultiplier(x, t);
    case 'max-affine':
      return reciprocal(rootOn(pieceOfLength(maxAffinePath(f, x), x, t)));
    case 'huber':
      return huberMultiplier(x, f.delta, t);
    case 'absolute':
      return ONE.dividedBy(t);
  }
}

const reciprocal = (gamma: Rational | undefined): Rational | undefined => gamma && ONE.dividedBy(gamma);

/** gamma with sum of min(gamma w_i, |x_i|)^2 = t^2: quadratic in gamma between the sorted ratios |x_i| / w_i. */
function weightedMultiplier(x: RationalVector, weights: RationalVector, t: Rational): Rational | undefined {
  const terms = x
    .map((v, i) => ({ magnitude: v.absolute(), weight: entryOf(weights, i) }))
    .filter(({ weight }) => weight.sign() > 0)
    .map((term) => ({ ...term, ratio: term.magnitude.dividedBy(term.weight) }))
    .sort((a, b) => a.ratio.compare(b.ratio));
  let reached = ZERO;
  let weight = squaredNorm(terms.map((term) => term.weight));
  for (const term of terms) {
    if (t.power(2).atMost(reached.plus(term.ratio.power(2).times(weight)))) {
      return reciprocal(t.power(2).minus(reached).dividedBy(weight).squareRoot());
    }
    reached = reached.plus(term.magnitude.power(2));
    weight = weight.minus(term.weight.power(2));
  }
  throw new RangeError(`exactMultiplier: t < distance to the minimisers, got ${t}`);
}

/** The level with sum of (|x_i| - level)_+^2 = t^2 by sorting; c = 1 / sum of (|x_i| - level)_+. */
function maxNormMultiplier(x: RationalVector, t: Rational): Rational | undefined {
  const magnitudes = descending(x);
  let [first, second] = [ZERO, ZERO];
  for (const [k, magnitude] of magnitudes.entries()) {
    first = first.plus(magnitude);
    second = second.plus(magnitude.power(2));
    const count = Rational.of(k + 1);
    const next = magnitudes[k + 1] ?? ZERO;
    // sum over the k + 1 largest of (|x_i| - next)^2
    const drop = second.minus(TWO.times(next).times(first)).plus(count.times(next.power(2)));
    if (drop.lessThan(t.power(2))) continue;
    const root = first
      .power(2)
      .minus(count.times(second.minus(t.power(2))))
      .squareRoot();
    // gamma = sum of |x_i| - count * level is the root itself
    return reciprocal(root);
  }
  throw new RangeError(`exactMultiplier: t < distance to the minimisers, got ${t}`);
}

/** The root of the rising quadratic; on a constant piece (x reaches a kink and rests) every gamma will do. */
function rootOn({ piece, constant, linear, quadratic }: PieceOfLength): Rational | undefined {
  if (quadratic.sign() === 0) return piece.from;
  const root = linear.power(2).minus(Rational.of(4).times(quadratic).times(constant)).squareRoot();
  return root?.minus(linear).dividedBy(TWO.times(quadratic));
}

/** gamma between the kinks |x_i| / delta - 1, where gamma^2 (S + m delta^2 (1 + gamma)^2) = t^2 (1 + gamma)^2. */
function huberMultiplier(x: RationalVector, delta: Rational, t: Rational): Rational | undefined {
  const squared = t.power(2);
  const kinks = x.map((v) => v.absolute().dividedBy(delta).minus(ONE));
  // a coordinate whose kink lies beyond gamma moves by gamma delta, the others by |x_i| gamma / (1 + gamma)
  const parts = (gamma: Rational) => {
    const beyond = kinks.filter((kink) => gamma.lessThan(kink)).length;
    const inside = squaredNorm(x.filter((_, i) => entryOf(kinks, i).atMost(gamma)));
    return { beyond: Rational.of(beyond).times(delta.power(2)), inside };
  };
  const excess = (gamma: Rational, { beyond, inside } = parts(gamma)): Rational => {
    const growth = gamma.plus(ONE).power(2);
    return gamma
      .power(2)
      .times(inside.plus(beyond.times(growth)))
      .minus(squared.times(growth));
  };
  const ends = [ZERO, ...kinks.filter((kink) => kink.sign() > 0).sort((a, b) => a.compare(b))];
  const index = ends.findLastIndex((kink) => excess(kink).sign() <= 0);
  const low = entryOf(ends, index);
  const { beyond, inside } = parts(low);
  if (beyond.sign() === 0) {
    // gamma / (1 + gamma) = t / sqrt(S), and c = 1 / gamma = sqrt(S) / t - 1
    return inside.squareRoot()?.dividedBy(t).minus(ONE);
  }
  if (inside.sign() === 0) return reciprocal(squared.dividedBy(beyond).squareRoot());
  // the leading coefficient of the quartic in gamma is beyond, once denominators are cleared: gamma is an integer over it
  const scale = Rational.of(commonDenominator([beyond, inside, squared]));
  const leading = scale.times(beyond).numerator;
  const high = entryOf(ends, index + 1);
  const onPiece = (gamma: Rational): -1 | 0 | 1 => excess(gamma, { beyond, inside }).sign();
  return reciprocal(rationalRootOnGrid(onPiece, low, high, leading));
}
