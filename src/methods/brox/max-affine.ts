import { lastPiece, type ProximalPiece, pointOn, proximalPiece } from '../../kernels/exact/max-affine-path.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  differenceOf,
  type RationalVector,
  squaredNorm,
  toNumbers,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { Kind } from '../../problems/functions/convex-function.ts';
import { regularError } from './max-affine-regularity.ts';
import { type PieceOfLength, pieceOfLength } from './max-affine-search.ts';
import { type FloatFunction, type ProximalPath, plainProxError, type Slack } from './proximal-path.ts';
import { dotProduct } from './vectors.ts';
import { isSeparable, waterFillingPath } from './water-filling.ts';

/**
 * max_i a_i^T y + b_i, bounded below. Where every slope has at most one entry the path is water-filling; in general its
 * straight pieces are found in rational arithmetic, since which pieces are active is a discrete question, and rounded at the end.
 */
export function maxAffine(slopes: readonly (readonly number[])[], offsets: readonly number[]): FloatFunction {
  const steepest = slopes.reduce((most, a) => Math.max(most, euclideanNorm(a)), 0);
  const valueError = (y: readonly number[], u: number): number => {
    const length = euclideanNorm(y);
    return slopes.reduce(
      (most, a, i) => Math.max(most, 2 * (y.length + 3) * u * (euclideanNorm(a) * length + Math.abs(offsets[i] ?? 0))),
      0,
    );
  };
  const exact: Kind<'max-affine', Rational> = {
    kind: 'max-affine',
    slopes: slopes.map(vectorFrom),
    offsets: vectorFrom(offsets),
  };
  return {
    value: (y) => slopes.reduce((most, a, i) => Math.max(most, dotProduct(a, y) + (offsets[i] ?? 0)), -Infinity),
    valueRounding: valueError,
    slopeBound: () => steepest,
    path: (x) =>
      isSeparable(slopes)
        ? waterFillingPath(slopes, offsets, x)
        : polyhedralPath(exact, x, (u, reach) => valueError([euclideanNorm(x) + reach], u)),
  };
}

function polyhedralPath(
  f: Kind<'max-affine', Rational>,
  start: readonly number[],
  valueErrorWithin: (u: number, reach: number) => number,
): ProximalPath {
  const x = vectorFrom(start);
  const last = lastPiece(f, x);
  const known: ProximalPiece[] = [last];
  const pieceAt = (gamma: Rational): ProximalPiece => {
    const holding = known.find(({ from, to }) => from.atMost(gamma) && (to === undefined || gamma.atMost(to)));
    const piece = holding ?? proximalPiece(f, x, gamma);
    if (holding === undefined) known.push(piece);
    return piece;
  };
  const pointAt = (gamma: Rational | undefined): RationalVector =>
    gamma === undefined ? last.base : pointOn(pieceAt(gamma), gamma);
  const inverse = (c: number): Rational | undefined => (c === 0 ? undefined : Rational.ONE.dividedBy(Rational.from(c)));
  const distance = (c: number): number => euclideanNorm(toNumbers(differenceOf(pointAt(inverse(c)), x)));
  const u64 = UNIT_ROUNDOFF.float64;
  const path: ProximalPath = {
    at: (c) => toNumbers(pointAt(inverse(c))),
    distance,
    nearest: () => toNumbers(last.base),
    holdsMinimiser: (t) => squaredNorm(differenceOf(last.base, x)).atMost(Rational.from(t).power(2)),
    step: (t) => {
      const found = pieceOfLength(f, x, Rational.from(t));
      known.push(found.piece);
      const gamma = rootNear(found);
      const c = Rational.ONE.dividedBy(gamma).toNumber();
      return { point: toNumbers(pointOn(found.piece, gamma)), parameter: c, multiplier: c };
    },
    // (c + d)/2 |u - v|^2 <= (d - c)/2 (|x - u|^2 - |x - v|^2) for u, v at c <= d, from the monotone subdifferential
    spread: (low, high) => {
      const [far, near] = [distance(low), distance(high)];
      const fall = Math.max(0, far - near) + 8 * u64 * far;
      return Math.sqrt(((high - low) / (high + low)) * fall * (far + near));
    },
    multipliers: (low, high) => [low, high],
    slack: (format, t) => ({
      ...polyhedralSlack(start, last, valueErrorWithin, UNIT_ROUNDOFF[format], t),
      errorBetween: (low, high, E) => {
        const [from, to] = [Rational.ONE.dividedBy(Rational.from(high)), Rational.ONE.dividedBy(Rational.from(low))];
        const piece = pieceAt(from);
        const holds =
          from.lessThan(to) && (piece.to === undefined || to.lessThan(piece.to)) && piece.from.lessThan(from);
        const relative = 8 * (x.length + 3) * UNIT_ROUNDOFF[format];
        const error = holds ? regularError(f, x, piece, [from, to], relative, E) : undefined;
        return error === undefined ? undefined : error + relative * (euclideanNorm(start) + 2 * t);
      },
    }),
    prox: (gamma) => toNumbers(pointAt(Rational.from(gamma))),
    proxError: (gamma, format) => plainProxError(path, gamma, format),
  };
  return path;
}

/**
 * A stable algorithm minimises an f' with |f' - f| <= e on the ball that it visits: f + c |. - x|^2 / 2 is c-strongly convex, so
 * its point is within 2 sqrt(e / c) of prox_{1/c}(x), and its subgradients are 2e-subgradients of f. The path rests on the
 * nearest minimiser from the beginning of its last piece on, where such an algorithm ends.
 */
function polyhedralSlack(
  x: readonly number[],
  last: ProximalPiece,
  valueErrorWithin: (u: number, reach: number) => number,
  u: number,
  t: number,
): Slack {
  const reach = 2 * t;
  const error = 4 * valueErrorWithin(u, reach);
  const rate = 8 * (x.length + 3) * u * (euclideanNorm(x) + reach);
  const rest = last.from.sign() === 0 ? Number.POSITIVE_INFINITY : Rational.ONE.dividedBy(last.from).lowerDouble();
  const pointError = (c: number): number => 2 * Math.sqrt(error / Math.max(c, rest)) + rate;
  return {
    pointError,
    cap: pointError(0),
    subgradientError: (c) => rate * c,
    epsilon: 2 * error,
    radiusError: 8 * (x.length + 3) * u * t,
  };
}

/** The root of the rising quadratic to about 2^-200 relatively; the beginning of a piece on which the path rests. */
function rootNear({ piece, constant, linear, quadratic }: PieceOfLength): Rational {
  if (quadratic.sign() === 0) return piece.from;
  const discriminant = linear.power(2).minus(Rational.of(4).times(quadratic).times(constant));
  const size = discriminant.denominator.toString(2).length - discriminant.numerator.toString(2).length;
  const [root] = discriminant.squareRootBounds(200 + Math.max(0, Math.ceil(size / 2)));
  return root.minus(linear).dividedBy(Rational.of(2).times(quadratic));
}
