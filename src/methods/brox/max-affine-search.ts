import {
  lastPiece,
  type ProximalPiece,
  proximalPiece,
  squaredDistanceOn,
} from '../../kernels/exact/max-affine-path.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { type RationalVector, squaredNorm } from '../../kernels/exact/rational-vector.ts';
import type { Kind } from '../../problems/functions/convex-function.ts';

const { ZERO, ONE } = Rational;
const TWO = Rational.of(2);

export interface PieceOfLength {
  readonly piece: ProximalPiece;
  /** |prox_gamma(x) - x|^2 - t^2 = constant + linear gamma + quadratic gamma^2 on the piece; quadratic 0 means that all are 0. */
  readonly constant: Rational;
  readonly linear: Rational;
  readonly quadratic: Rational;
}

/**
 * The straight piece of the path gamma -> prox_gamma(x) that holds the point at distance t from x, for 0 < t < the
 * distance to the minimisers. Bisection over the finitely many pieces, between which the distance rises.
 */
export function pieceOfLength(f: Kind<'max-affine', Rational>, x: RationalVector, t: Rational): PieceOfLength {
  const squared = t.power(2);
  const end = lastPiece(f, x).from;
  const steepest = Rational.max(ONE, ...f.slopes.map(squaredNorm));
  let [low, high] = [ZERO, end];
  // |prox_gamma(x) - x| <= gamma max |a_i|: a first guess on the near side
  let gamma = Rational.min(end, t.dividedBy(steepest));
  let support: readonly number[] = [];
  for (;;) {
    const piece = proximalPiece(f, x, gamma, support);
    support = piece.support;
    const [constant, linear, quadratic] = squaredDistanceOn(piece, x);
    const distanceAt = (g: Rational): Rational => constant.plus(g.times(linear.plus(g.times(quadratic))));
    const to = piece.to ?? end;
    if (squared.lessThan(distanceAt(piece.from))) high = Rational.min(high, piece.from);
    else if (distanceAt(to).lessThan(squared)) low = Rational.max(low, to);
    else return { piece, constant: constant.minus(squared), linear, quadratic };
    gamma = dyadicBetween(low, high);
  }
}

/** A number of few digits near the middle of (low, high); high itself where they are equal. */
function dyadicBetween(low: Rational, high: Rational): Rational {
  const gap = high.minus(low);
  if (gap.sign() <= 0) return high;
  const bits = gap.denominator.toString(2).length - gap.numerator.toString(2).length + 3;
  return low.plus(high).dividedBy(TWO).roundedDown(Math.max(bits, 0));
}
