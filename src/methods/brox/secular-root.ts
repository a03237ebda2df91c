import { Rational } from '../../kernels/exact/rational.ts';
import {
  dot,
  multipleOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
} from '../../kernels/exact/rational-vector.ts';
import { solveSquare } from '../../kernels/exact/solve-consistent.ts';
import { commonDenominator, rationalRootOnGrid } from './rational-root.ts';

/**
 * The c > 0 with |(A + cI)^-1 g| = t for symmetric positive semidefinite A, where it is rational; else undefined.
 * Meant for inputs that have such a c: t below |A^+ g|, or g outside the range of A.
 *
 * With alpha and beta the common denominators of A and of g / t, the equation beta^2 det^2 = alpha^2 |adj g'|^2 in
 * c' = alpha c has integer coefficients and leads with beta^2, so a rational c is an integer over alpha beta^2. Newton's
 * method on 1/|.| - 1/t, which is concave and rising, climbs to the root from the left (Moré and Sorensen 1983); the last
 * grid points are decided exactly.
 */
export function secularRoot(A: RationalRows, g: RationalVector, t: Rational): Rational | undefined {
  const scaled = multipleOf(Rational.ONE.dividedBy(t), g);
  const denominator = commonDenominator(A.flat()) * commonDenominator(scaled) ** 2n;
  const grid = Rational.of(denominator);
  const first = Rational.of(1, denominator);
  const signAt = (c: Rational): -1 | 0 | 1 => Rational.ONE.compare(squaredNorm(shifted(A, c, [scaled])[0] ?? []));
  // s <= |g| / c
  let [low, high] = [Rational.ZERO, squaredNorm(scaled).squareRootBounds(8)[1]];
  let c = high;
  for (;;) {
    const { gap, step } = newtonStep(A, scaled, c);
    if (gap === 0) return c;
    if (gap > 0) low = c;
    else high = c;
    const next = step === undefined ? undefined : Rational.of(c.plus(step).times(grid).floor(), denominator);
    const inside = next !== undefined && low.lessThan(next) && next.lessThan(high);
    if (!inside && gap > 0) return nextOnGrid(signAt, Rational.max(low, first), high, denominator);
    const halved = low.plus(high).dividedBy(Rational.of(2)).times(grid).floor();
    c = inside ? next : Rational.of(halved, denominator);
    if (!low.lessThan(c)) return nextOnGrid(signAt, Rational.max(low, first), high, denominator);
  }
}

/** The root on the grid, sought from low in strides that double: where Newton's method stops, it is a few points away. */
function nextOnGrid(
  signAt: (c: Rational) => -1 | 0 | 1,
  low: Rational,
  high: Rational,
  denominator: bigint,
): Rational | undefined {
  let from = low;
  for (let stride = 1n; ; stride *= 2n) {
    const to = from.plus(Rational.of(stride, denominator));
    if (!to.lessThan(high)) return rationalRootOnGrid(signAt, from, high, denominator);
    if (signAt(to) >= 0) return rationalRootOnGrid(signAt, from, to, denominator);
    from = to;
  }
}

/** The solutions of (A + cI) z = b. */
function shifted(A: RationalRows, c: Rational, b: readonly RationalVector[]): readonly RationalVector[] {
  const system = A.map((row, i) => row.map((a, j) => (i === j ? a.plus(c) : a)));
  const solved = solveSquare(system, b);
  if ('nullVector' in solved) throw new RangeError(`secularRoot: A + cI invertible for c > 0, got c = ${c}`);
  return solved.solutions;
}

/** The sign of |z| - 1 for z = (A + cI)^-1 g, and the step |z|^2 (|z| - 1) / z^T (A + cI)^-1 z in doubles. */
function newtonStep(A: RationalRows, g: RationalVector, c: Rational) {
  const [z = []] = shifted(A, c, [g]);
  const [w = []] = shifted(A, c, [z]);
  const squared = squaredNorm(z);
  const gap = squared.compare(Rational.ONE);
  const norm = Math.sqrt(squared.toNumber());
  const step = (norm ** 2 / dot(z, w).toNumber()) * (squared.minus(Rational.ONE).toNumber() / (norm + 1));
  return { gap, step: Number.isFinite(step) ? Rational.from(step) : undefined };
}
