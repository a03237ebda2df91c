import { Rational } from '../../../kernels/exact/rational.ts';
import {
  applied,
  combined,
  differenceOf,
  entryOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
} from '../../../kernels/exact/rational-vector.ts';
import type { ConvexFunction } from '../../../problems/functions/convex-function.ts';
import { exactValue } from '../../../problems/functions/exact-value.ts';

const { ZERO } = Rational;

/**
 * Subgradients of f at y that span the rest: the one of least norm where it has a closed form (all kinds but max-affine),
 * the slopes of the active pieces of max-affine. @throws RangeError where |Ay - b| is irrational.
 */
export function subgradients(f: ConvexFunction<Rational>, y: RationalVector): readonly RationalVector[] {
  const signs = y.map((x) => Rational.of(x.sign()));
  switch (f.kind) {
    case 'quadratic':
      return [differenceOf(applied(f.matrix, y), f.vector)];
    case 'residual-norm': {
      const length = exactValue(f, y);
      if (length === undefined) throw new RangeError('subgradients: a rational residual norm, got an irrational one');
      const direction = combined(f.matrix, differenceOf(applied(f.matrix, y), f.vector), y.length);
      return [direction.map((x) => (length.sign() === 0 ? ZERO : x.dividedBy(length)))];
    }
    case 'weighted-l1':
      return [signs.map((s, i) => s.times(entryOf(f.weights, i)))];
    case 'max-norm': {
      const most = Rational.max(ZERO, ...y.map((x) => x.absolute()));
      const ties = y.map((x) => x.absolute().equals(most));
      const share = Rational.of(1, ties.filter(Boolean).length);
      return [signs.map((s, i) => (ties[i] === true ? s.times(share) : ZERO))];
    }
    case 'max-affine':
      return activeSlopes(f.slopes, f.offsets, y);
    case 'huber':
      return [y.map((x) => Rational.min(f.delta, Rational.max(f.delta.negated(), x)))];
    case 'absolute':
      return [signs];
  }
}

/** The least squared norm among these, which every bound by all subgradients at y must respect. */
export const leastSquaredSlope = (f: ConvexFunction<Rational>, y: RationalVector): Rational => {
  const [first = ZERO, ...others] = subgradients(f, y).map(squaredNorm);
  return Rational.min(first, ...others);
};

function activeSlopes(slopes: RationalRows, offsets: RationalVector, y: RationalVector): RationalRows {
  const values = applied(slopes, y).map((x, i) => x.plus(entryOf(offsets, i)));
  const [first = ZERO, ...others] = values;
  const most = Rational.max(first, ...others);
  return slopes.filter((_, i) => entryOf(values, i).equals(most));
}
