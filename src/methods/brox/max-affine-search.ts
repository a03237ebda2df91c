import { type MaxAffinePath, type ProximalPiece, squaredDistanceOn } from '../../kernels/exact/max-affine-path.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import type { RationalVector } from '../../kernels/exact/rational-vector.ts';

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
 * distance to the minimisers. Bisection over the finitely many pieces, along which the distance rises.
 */
export function pieceOfLength(path: MaxAffinePath, x: RationalVector, t: Rational): PieceOfLength {
  const squared = t.power(2);
  const end = path.last().from;
  let [low, high] = [Rational.ZERO, end];
  let gamma = end;
  let support: readonly number[] = [];
  for (;;) {
    const piece = path.pieceAt(gamma, support);
    support = piece.support;
    const [constant, linear, quadratic] = squaredDistanceOn(piece, x);
    const distanceAt = (g: Rational): Rational => constant.plus(g.times(linear.plus(g.times(quadratic))));
    const to = piece.to ?? end;
    if (squared.lessThan(distanceAt(piece.from))) high = Rational.min(high, piece.from);
    else if (distanceAt(to).lessThan(squared)) low = Rational.max(low, to);
    else return { piece, constant: constant.minus(squared), linear, quadratic };
    gamma = between(low, high);
  }
}

/** A number of few digits inside (low, high), the geometric mean where doubles can tell; high itself where they are equal. */
function between(low: Rational, high: Rational): Rational {
  const gap = high.minus(low);
  if (gap.sign() <= 0) return high;
  const [a, b] = [low.toNumber(), high.toNumber()];
  // 0 has no logarithm: 1/64 of the upper end takes its place
  const mean = Rational.from(Math.sqrt(a > 0 ? a : b / 4096) * Math.sqrt(b));
  if (low.lessThan(mean) && mean.lessThan(high)) return mean;
  const bits = gap.denominator.toString(2).length - gap.numerator.toString(2).length + 3;
  return low.plus(high).dividedBy(TWO).roundedDown(Math.max(bits, 0));
}
