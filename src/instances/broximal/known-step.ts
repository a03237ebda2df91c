import fc, { type Arbitrary } from 'fast-check';
import type { Numeric } from '../../kernels/exact/numeric.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  combined,
  differenceOf,
  dot,
  multipleOf,
  type RationalRows,
  type RationalVector,
  sumOf,
} from '../../kernels/exact/rational-vector.ts';
import { type ConvexFunction, convertFunction } from '../../problems/functions/convex-function.ts';
import { smallFraction } from '../dyadic.ts';
import { rationalUnitVector } from './rational-sphere.ts';

/** A ball and the one minimiser over it, known from the way it was built: u = brox_t(x), c (x - u) a subgradient at u. */
export interface KnownStep {
  readonly function: ConvexFunction<Numeric>;
  readonly point: readonly string[];
  readonly radius: string;
  readonly minimiser: readonly string[];
  readonly multiplier: string;
}

/** A function, a point u of it and a subgradient g there of rational norm; 0 is no subgradient at u. */
interface Corner {
  readonly f: ConvexFunction<Rational>;
  readonly u: RationalVector;
  readonly g: RationalVector;
  readonly norm: Rational;
}

const { ZERO, ONE } = Rational;

const positiveFraction = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
  .map(([p, q]) => Rational.of(p, q));
const fractionValue = smallFraction(5, 3).map((x) => Rational.from(x));
const vectorOf = (n: number): Arbitrary<RationalVector> => fc.array(fractionValue, { minLength: n, maxLength: n });
const signed = (x: Rational, sign: Rational): Rational => (sign.sign() < 0 ? x.negated() : x);

/**
 * Steps of the broximal point method in rationals, built backwards: choose u, choose g in the subdifferential at u with
 * |g| rational, then x = u + gamma g has brox_t(x) = u for t = gamma |g|, with multiplier 1 / gamma (the optimality
 * condition is sufficient for convex f, and 0 not in the subdifferential makes u the only minimiser). No solver takes
 * part, so nothing about the code under test is assumed.
 */
export const knownStep = (kind: ConvexFunction<unknown>['kind'], dimension: number): Arbitrary<KnownStep> =>
  fc.tuple(cornerOf(kind, dimension), positiveFraction).map(([{ f, u, g, norm }, gamma]) => ({
    function: convertFunction(f, (x) => x.toString()),
    point: sumOf(u, multipleOf(gamma, g)).map(String),
    radius: gamma.times(norm).toString(),
    minimiser: u.map(String),
    multiplier: ONE.dividedBy(gamma).toString(),
  }));

function cornerOf(kind: ConvexFunction<unknown>['kind'], n: number): Arbitrary<Corner> {
  switch (kind) {
    case 'quadratic':
      return quadraticCorner(n);
    case 'residual-norm':
      return residualCorner(n);
    case 'weighted-l1':
      return weightedCorner(n);
    case 'max-norm':
      return maxNormCorner(n);
    case 'max-affine':
      return maxAffineCorner(n);
    case 'huber':
      return huberCorner(n);
    case 'absolute':
      return fc.tuple(positiveFraction, fc.boolean()).map(([magnitude, isNegative]) => {
        const g = isNegative ? ONE.negated() : ONE;
        return { f: { kind }, u: [magnitude.times(g)], g: [g], norm: ONE };
      });
  }
}

/** A = B^T B of any rank (0 included), b = Au - g. */
const quadraticCorner = (n: number): Arbitrary<Corner> =>
  fc
    .tuple(fc.array(vectorOf(n), { minLength: 1, maxLength: n }), vectorOf(n), rationalUnitVector(n), positiveFraction)
    .map(([B, u, direction, norm]) => {
      const columns = u.map((_, j) => B.map((row) => row[j] ?? ZERO));
      const matrix = columns.map((p) => columns.map((q) => dot(p, q)));
      const g = multipleOf(norm, direction);
      return { f: { kind: 'quadratic', matrix, vector: differenceOf(applied(matrix, u), g) }, u, g, norm };
    });

/**
 * A = Q diag(h_i / k_i) for a reflection Q and unit vectors h, k of equal signs: the residual r = Qk |r| has A^T r = h |r|,
 * so value and subgradient have rational norms; b = Au - r.
 */
const residualCorner = (n: number): Arbitrary<Corner> =>
  fc
    .tuple(rationalUnitVector(n), rationalUnitVector(n), rationalUnitVector(n), vectorOf(n), positiveFraction)
    .map(([normal, first, second, u, size]) => {
      const h = first.map((x, i) => (second[i]?.sign() === 0 ? ZERO : x));
      const isUsable = h.every((x, i) => x.equals(first[i] ?? ZERO)) && h.some((x) => x.sign() !== 0);
      const k = isUsable ? second.map((x, i) => (h[i]?.sign() === 0 ? x : signed(x.absolute(), h[i] ?? ONE))) : first;
      const reflection = u.map((_, i) =>
        u.map((__, j) =>
          (i === j ? ONE : ZERO).minus(
            Rational.of(2)
              .times(normal[i] ?? ZERO)
              .times(normal[j] ?? ZERO),
          ),
        ),
      );
      const ratios = k.map((x, i) => (x.sign() === 0 ? ONE : (first[i] ?? ZERO).dividedBy(x)));
      const matrix = reflection.map((row) => row.map((q, j) => q.times(ratios[j] ?? ONE)));
      const residual = multipleOf(size, applied(reflection, k));
      const vector = differenceOf(applied(matrix, u), residual);
      return {
        f: { kind: 'residual-norm', matrix, vector },
        u,
        g: combined(matrix, applied(reflection, k), n),
        norm: ONE,
      };
    });

/** w_i = |g_i| where u_i != 0, w_i >= |g_i| where u_i = 0: zero weights, kinks and several coordinates at once. */
const weightedCorner = (n: number): Arbitrary<Corner> =>
  fc
    .tuple(
      rationalUnitVector(n),
      positiveFraction,
      fc.array(fc.tuple(fc.boolean(), positiveFraction), { minLength: n, maxLength: n }),
    )
    .map(([direction, norm, choices]) => {
      const g = multipleOf(norm, direction);
      const firstUsed = g.findIndex((x) => x.sign() !== 0);
      const parts = g.map((x, i) => {
        const [isKink, extra] = choices[i] ?? [false, ONE];
        return isKink && i !== firstUsed
          ? { weight: x.absolute().plus(extra), at: ZERO }
          : { weight: x.absolute(), at: signed(extra, x) };
      });
      return { f: { kind: 'weighted-l1', weights: parts.map((p) => p.weight) }, u: parts.map((p) => p.at), g, norm };
    });

/** sum |g_i| = 1 on coordinates where |u_i| is largest. */
const maxNormCorner = (n: number): Arbitrary<Corner> =>
  fc.tuple(rationalUnitVector(n), positiveFraction, vectorOf(n)).map(([direction, largest, others]) => {
    const norm = ONE.dividedBy(Rational.sum(direction.map((x) => x.absolute())));
    const g = multipleOf(norm, direction);
    const limited = (x: Rational): Rational => Rational.max(largest.negated(), Rational.min(largest, x));
    const u = g.map((x, i) => (x.sign() === 0 ? limited(others[i] ?? ZERO) : signed(largest, x)));
    return { f: { kind: 'max-norm' }, u, g, norm };
  });

/** delta >= max |g_i|; where it is equal, u_i may lie beyond the knee. */
const huberCorner = (n: number): Arbitrary<Corner> =>
  fc
    .tuple(rationalUnitVector(n), positiveFraction, fc.option(positiveFraction), positiveFraction)
    .map(([direction, norm, slack, beyond]) => {
      const g = multipleOf(norm, direction);
      const largest = Rational.max(ZERO, ...g.map((x) => x.absolute()));
      const delta = slack === null ? largest : largest.plus(slack);
      const u = g.map((x) => (x.absolute().equals(delta) ? signed(delta.plus(beyond), x) : x));
      return { f: { kind: 'huber', delta }, u, g, norm };
    });

/**
 * Active slopes g + d_i with d_i orthogonal to g and of weighted mean 0 (so 0 is not in their hull), a descending piece
 * -g far below that bounds f from below, and inactive ones beneath.
 */
const maxAffineCorner = (n: number): Arbitrary<Corner> =>
  fc
    .tuple(
      rationalUnitVector(n),
      positiveFraction,
      vectorOf(n),
      fc.array(vectorOf(n), { maxLength: 2 }),
      positiveFraction,
      fractionValue,
    )
    .map(([direction, norm, u, spread, drop, level]) => {
      const g = multipleOf(norm, direction);
      const across = spread.map((v) => differenceOf(v, multipleOf(dot(v, direction), direction)));
      const active: RationalRows = across.length === 0 ? [g] : across.flatMap((d) => [sumOf(g, d), differenceOf(g, d)]);
      const inactive: RationalRows = [multipleOf(ONE.negated(), g), multipleOf(Rational.of(2), g)];
      const offsetAt = (a: RationalVector, value: Rational): Rational => value.minus(dot(a, u));
      const offsets = [
        ...active.map((a) => offsetAt(a, level)),
        ...inactive.map((a) => offsetAt(a, level.minus(drop))),
      ];
      return { f: { kind: 'max-affine', slopes: [...active, ...inactive], offsets }, u, g, norm };
    });
