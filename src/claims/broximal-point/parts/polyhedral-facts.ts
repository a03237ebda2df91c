import { linearProgram } from '../../../kernels/exact/linear-program.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  applied,
  combined,
  entryOf,
  type RationalRows,
  type RationalVector,
} from '../../../kernels/exact/rational-vector.ts';
import type { PolyhedralNorm } from '../../../methods/polyhedral-brox.ts';

/** f(y) = max_i a_i^T y + b_i. */
export interface MaxAffine {
  readonly slopes: RationalRows;
  readonly offsets: RationalVector;
}

const { ZERO, ONE } = Rational;
const MINUS = ONE.negated();
const zeros = (count: number): Rational[] => new Array<Rational>(count).fill(ZERO);
const unit = (count: number, at: number, value: Rational = ONE): Rational[] =>
  zeros(count).map((z, i) => (i === at ? value : z));

const levels = ({ slopes, offsets }: MaxAffine, y: RationalVector): RationalVector =>
  applied(slopes, y).map((s, i) => s.plus(entryOf(offsets, i)));

/** f(y). */
export function maxAffineValue(f: MaxAffine, y: RationalVector): Rational {
  const [first = ZERO, ...others] = levels(f, y);
  return Rational.max(first, ...others);
}

/** The slopes of the pieces that attain the maximum at y: the subdifferential is their convex hull. */
export function slopesAt(f: MaxAffine, y: RationalVector): RationalRows {
  const most = maxAffineValue(f, y);
  const values = levels(f, y);
  return f.slopes.filter((_, i) => entryOf(values, i).equals(most));
}

/**
 * The least ||y - x|| over f(y) <= level, by a linear program in y = x + p - q and tau: p, q <= tau (maximum norm) or
 * sum (p + q) <= tau (1-norm).
 */
export function distanceToLevel(f: MaxAffine, level: Rational, x: RationalVector, norm: PolyhedralNorm): Rational {
  const [n, pieces] = [x.length, f.slopes.length];
  const balls = norm === 'l-infinity' ? 2 * n : 1;
  const pieceRows = f.slopes.map((a, i) => [
    ...a,
    ...a.map((s) => s.negated()),
    ZERO,
    ...unit(pieces, i),
    ...zeros(balls),
  ]);
  const ballRows = Array.from({ length: balls }, (_, k) => [
    ...(norm === 'l-infinity' ? unit(2 * n, k) : new Array<Rational>(2 * n).fill(ONE)),
    MINUS,
    ...zeros(pieces),
    ...unit(balls, k),
  ]);
  const right = [...levels(f, x).map((value) => level.minus(value)), ...zeros(balls)];
  const program = linearProgram([...pieceRows, ...ballRows], right, unit(2 * n + 1 + pieces + balls, 2 * n, MINUS));
  if (program.status !== 'optimal') throw new RangeError(`distanceToLevel: a level that f takes, got ${level}`);
  return program.value.negated();
}

/**
 * The g in the convex hull of the points that maximises <g, w> - t ||g||_*, and ||g||_*: the dual of the maximum norm is the
 * 1-norm and the other way round. With w = 0 it is the element of least dual norm.
 */
export function bestInHull(
  points: RationalRows,
  w: RationalVector,
  t: Rational,
  norm: PolyhedralNorm,
): { readonly g: RationalVector; readonly dualNorm: Rational; readonly excess: Rational } {
  const [n, m] = [w.length, points.length];
  const isSum = norm === 'l-infinity';
  const caps = isSum ? 0 : n;
  const column = (j: number): Rational[] => points.map((a) => entryOf(a, j));
  // columns: lambda, p, q with p - q = g, tau, slacks of p_j + q_j <= tau
  const rows = [
    [...new Array<Rational>(m).fill(ONE), ...zeros(2 * n + 1 + caps)],
    ...w.map((_, j) => [...column(j), ...unit(n, j, MINUS), ...unit(n, j), ZERO, ...zeros(caps)]),
    ...Array.from({ length: caps }, (_, j) => [...zeros(m), ...unit(n, j), ...unit(n, j), MINUS, ...unit(caps, j)]),
  ];
  const price = t.negated();
  const cost = [
    ...applied(points, w),
    ...new Array<Rational>(2 * n).fill(isSum ? price : ZERO),
    isSum ? ZERO : price,
    ...zeros(caps),
  ];
  const program = linearProgram(rows, [ONE, ...zeros(n + caps)], cost);
  if (program.status !== 'optimal') throw new RangeError(`bestInHull: one or more points, got ${m}`);
  const g = combined(points, program.solution.slice(0, m), n);
  const sizes = g.map((x) => x.absolute());
  const dualNorm = isSum ? Rational.sum(sizes) : Rational.max(ZERO, ...sizes);
  return { g, dualNorm, excess: program.value };
}
