import { Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  differenceOf,
  dot,
  entryOf,
  type RationalVector,
  squaredNorm,
} from '../../kernels/exact/rational-vector.ts';
import type { ConvexFunction } from './convex-function.ts';

const { ZERO } = Rational;
const HALF = Rational.of(1, 2);

/** f(y), or undefined where it is irrational (residual-norm alone: the square |Ay - b|^2 is always rational). */
export function exactValue(f: ConvexFunction<Rational>, y: RationalVector): Rational | undefined {
  switch (f.kind) {
    case 'quadratic':
      return HALF.times(dot(y, applied(f.matrix, y))).minus(dot(f.vector, y));
    case 'residual-norm':
      return squaredNorm(differenceOf(applied(f.matrix, y), f.vector)).squareRoot();
    case 'weighted-l1':
      return Rational.sum(y.map((x, i) => entryOf(f.weights, i).times(x.absolute())));
    case 'max-norm':
      return Rational.max(ZERO, ...y.map((x) => x.absolute()));
    case 'max-affine':
      return greatest(applied(f.slopes, y).map((x, i) => x.plus(entryOf(f.offsets, i))));
    case 'huber':
      return Rational.sum(y.map((x) => huber(x.absolute(), f.delta)));
    case 'absolute':
      return entryOf(y, 0).absolute();
  }
}

const greatest = ([first, ...others]: RationalVector): Rational => Rational.max(first ?? ZERO, ...others);

const huber = (magnitude: Rational, delta: Rational): Rational =>
  magnitude.atMost(delta) ? HALF.times(magnitude.power(2)) : delta.times(magnitude).minus(HALF.times(delta.power(2)));
