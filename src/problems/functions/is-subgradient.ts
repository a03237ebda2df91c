import { linearProgram } from '../../kernels/exact/linear-program.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  combined,
  differenceOf,
  dot,
  entryOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
} from '../../kernels/exact/rational-vector.ts';
import { solveConsistent } from '../../kernels/exact/solve-consistent.ts';
import type { ConvexFunction } from './convex-function.ts';

const { ZERO, ONE } = Rational;

/**
 * Whether g is a subgradient of f at y, f(z) >= f(y) + g^T (z - y) for every z, decided exactly.
 *
 * The subdifferential is known in closed form for every kind: the gradient where there is one, a box, a scaled simplex,
 * or the convex hull of the slopes of the active pieces (membership is a linear program); for |Ay - b| at a zero of the
 * residual it is A^T applied to the unit ball. With g = 0 this decides whether y minimises f.
 * @throws TypeError where the lengths differ.
 */
export function isSubgradient(f: ConvexFunction<Rational>, y: RationalVector, g: RationalVector): boolean {
  if (y.length !== g.length) throw new TypeError(`isSubgradient: equal lengths, got ${y.length} and ${g.length}`);
  switch (f.kind) {
    case 'quadratic':
      return equal(differenceOf(applied(f.matrix, y), f.vector), g);
    case 'residual-norm':
      return isResidualSubgradient(f.matrix, differenceOf(applied(f.matrix, y), f.vector), g);
    case 'weighted-l1':
      return y.every((x, i) => isAbsoluteSubgradient(x, entryOf(g, i), entryOf(f.weights, i)));
    case 'max-norm':
      return isMaxNormSubgradient(y, g);
    case 'max-affine':
      return isHullMember(activeSlopes(f.slopes, f.offsets, y), g);
    case 'huber':
      return y.every((x, i) => entryOf(g, i).equals(Rational.min(f.delta, Rational.max(f.delta.negated(), x))));
    case 'absolute':
      return isAbsoluteSubgradient(entryOf(y, 0), entryOf(g, 0), ONE);
  }
}

const equal = (a: RationalVector, b: RationalVector): boolean => a.every((x, i) => x.equals(entryOf(b, i)));

/** g in w times the subdifferential of |.| at x. */
const isAbsoluteSubgradient = (x: Rational, g: Rational, weight: Rational): boolean =>
  x.sign() === 0 ? g.absolute().atMost(weight) : g.equals(Rational.of(x.sign()).times(weight));

function isMaxNormSubgradient(y: RationalVector, g: RationalVector): boolean {
  const total = Rational.sum(g.map((x) => x.absolute()));
  const most = Rational.max(ZERO, ...y.map((x) => x.absolute()));
  if (most.sign() === 0) return total.atMost(ONE);
  const onLargest = y.every((x, i) => {
    const slope = entryOf(g, i);
    return slope.sign() === 0 || (x.absolute().equals(most) && slope.sign() === x.sign());
  });
  return onLargest && total.equals(ONE);
}

function isResidualSubgradient(A: RationalRows, residual: RationalVector, g: RationalVector): boolean {
  const squared = squaredNorm(residual);
  if (squared.sign() === 0) {
    // the shortest w with A^T w = g lies in the range of A: w = Az with A^T A z = g
    const gram = gramOf(A, g.length);
    const z = solveConsistent(gram, g);
    return z !== undefined && squaredNorm(applied(A, z)).atMost(ONE);
  }
  // g |r| = A^T r, compared through squares and signs, since |r| may be irrational
  const direction = combined(A, residual, g.length);
  return g.every((x, i) => {
    const d = entryOf(direction, i);
    return x.sign() === d.sign() && x.power(2).times(squared).equals(d.power(2));
  });
}

const gramOf = (A: RationalRows, columns: number): RationalRows => {
  const transposed = Array.from({ length: columns }, (_, j) => A.map((row) => entryOf(row, j)));
  return transposed.map((a) => transposed.map((b) => dot(a, b)));
};

/** The slopes of the pieces that attain the maximum at y. */
function activeSlopes(slopes: RationalRows, offsets: RationalVector, y: RationalVector): RationalRows {
  const values = applied(slopes, y).map((x, i) => x.plus(entryOf(offsets, i)));
  const [first = ZERO, ...others] = values;
  const most = Rational.max(first, ...others);
  return slopes.filter((_, i) => entryOf(values, i).equals(most));
}

/** Whether g = sum of lambda_i a_i with lambda >= 0, sum lambda_i = 1. */
function isHullMember(points: RationalRows, g: RationalVector): boolean {
  const rows = [...g.map((_, j) => points.map((a) => entryOf(a, j))), points.map(() => ONE)];
  const cost = points.map(() => ZERO);
  return linearProgram(rows, [...g, ONE], cost).status === 'optimal';
}
