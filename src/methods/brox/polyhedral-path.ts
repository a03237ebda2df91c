import { type MaxAffinePath, maxAffinePath, type ProximalPiece, pointOn } from '../../kernels/exact/max-affine-path.ts';
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
import { type PieceOfLength, pieceOfLength } from './max-affine-search.ts';
import { type ProximalPath, plainProxError, type Slack } from './proximal-path.ts';
import { minus } from './vectors.ts';

/** A straight piece with its ends in doubles: the gammas, and x - prox there. */
interface RoundedPiece {
  readonly exact: ProximalPiece;
  readonly from: number;
  readonly to: number;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/**
 * The path of a max-affine function in general position. Which pieces are active is a discrete question, so each stretch is
 * found in rational arithmetic, once; between its rounded ends the point is a convex combination, which is stable.
 */
export function polyhedralPath(
  f: Kind<'max-affine', Rational>,
  start: readonly number[],
  slackOf: (path: PolyhedralGeometry, u: number, t: number) => Slack,
): ProximalPath {
  const x = vectorFrom(start);
  const exact = maxAffinePath(f, x);
  const known: RoundedPiece[] = [];
  const roundedPiece = (piece: ProximalPiece): RoundedPiece => {
    const move = (gamma: Rational): readonly number[] => toNumbers(differenceOf(x, pointOn(piece, gamma)));
    const rounded = {
      exact: piece,
      from: piece.from.toNumber(),
      to: piece.to?.toNumber() ?? Number.POSITIVE_INFINITY,
      first: move(piece.from),
      last: move(piece.to ?? piece.from),
    };
    known.push(rounded);
    return rounded;
  };
  const last = roundedPiece(exact.last());
  const pieceAt = (gamma: number): RoundedPiece =>
    known.find(({ from, to }) => from <= gamma && gamma <= to) ??
    roundedPiece(exact.pieceAt(Rational.from(gamma), known.at(-1)?.exact.support));
  const moveAt = (c: number): readonly number[] => {
    const gamma = 1 / c;
    if (gamma >= last.from) return last.first;
    const { from, to, first, last: end } = pieceAt(gamma);
    const share = to > from ? Math.min(1, Math.max(0, (gamma - from) / (to - from))) : 0;
    return first.map((v, j) => (1 - share) * v + share * (end[j] ?? 0));
  };
  const at = (c: number): readonly number[] => minus(start, moveAt(c));
  /** The moves at both ends and at the corners between them, up to a gap of 2^-50 of the way after each; undefined for too many. */
  const cornersBetween = (from: number, to: number): readonly (readonly number[])[] | undefined => {
    const corners = [moveAt(1 / from), moveAt(1 / to)];
    let gamma = from;
    for (let count = 0; count < MOST_CORNERS; count++) {
      if (gamma >= Math.min(to, last.from)) return corners;
      const piece = pieceAt(gamma);
      if (piece.to >= to) return corners;
      corners.push(piece.last);
      gamma = piece.to * (1 + 2 ** -50);
    }
    return undefined;
  };
  const distance = (c: number): number => euclideanNorm(moveAt(c));
  const u64 = UNIT_ROUNDOFF.float64;
  const path: ProximalPath = {
    at,
    distance,
    nearest: () => toNumbers(last.exact.base),
    holdsMinimiser: (t) => squaredNorm(differenceOf(last.exact.base, x)).atMost(Rational.from(t).power(2)),
    step: (t) => {
      const { gamma, point } = exactStep(exact, x, Rational.from(t));
      const c = Rational.ONE.dividedBy(gamma).toNumber();
      return { point, parameter: c, multiplier: c };
    },
    spread: (low, high) => {
      if (low === high) return 0;
      const far = distance(low);
      const corners = cornersBetween(1 / high, 1 / low);
      if (corners !== undefined) return widest(corners) + 16 * u64 * far;
      // (c + d)/2 |u - v|^2 <= (d - c)/2 (|x - u|^2 - |x - v|^2) for u, v at c <= d, from the monotone subdifferential
      const near = distance(high);
      const fall = Math.max(0, far - near) + 16 * u64 * far;
      return Math.sqrt(((high - low) / (high + low)) * fall * (far + near));
    },
    multipliers: (low, high) => [low, high],
    slack: (format, t) => slackOf({ at, spread: path.spread, rest: 1 / last.from }, UNIT_ROUNDOFF[format], t),
    prox: (gamma) => at(1 / gamma),
    proxError: (gamma, format) => plainProxError(path, gamma, format),
  };
  return path;
}

const MOST_CORNERS = 32;

/** The largest distance between two corners: that between any two points of the polygon. */
const widest = (corners: readonly (readonly number[])[]): number =>
  corners.reduce(
    (most, a, i) => corners.slice(i + 1).reduce((far, b) => Math.max(far, euclideanNorm(minus(a, b))), most),
    0,
  );

/** What the slack of a polyhedral path asks of it. */
export interface PolyhedralGeometry {
  at(c: number): readonly number[];
  spread(low: number, high: number): number;
  /** Below this c the path rests on the nearest minimiser. */
  readonly rest: number;
}

function exactStep(
  path: MaxAffinePath,
  x: RationalVector,
  t: Rational,
): { readonly gamma: Rational; readonly point: readonly number[] } {
  const found = pieceOfLength(path, x, t);
  const gamma = rootNear(found);
  return { gamma, point: toNumbers(pointOn(found.piece, gamma)) };
}

/** The root of the rising quadratic to about 2^-200 relatively; the beginning of a piece on which the path rests. */
function rootNear({ piece, constant, linear, quadratic }: PieceOfLength): Rational {
  if (quadratic.sign() === 0) return piece.from;
  const discriminant = linear.power(2).minus(Rational.of(4).times(quadratic).times(constant));
  const size = discriminant.denominator.toString(16).length - discriminant.numerator.toString(16).length;
  const [root] = discriminant.squareRootBounds(200 + Math.max(0, 2 * size));
  return root.minus(linear).dividedBy(Rational.of(2).times(quadratic));
}
