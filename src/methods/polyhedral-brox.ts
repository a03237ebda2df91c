import { linearProgram } from '../kernels/exact/linear-program.ts';
import { Rational } from '../kernels/exact/rational.ts';
import { applied, dot, entryOf, type RationalRows, type RationalVector } from '../kernels/exact/rational-vector.ts';

/** Balls of a norm other than the Euclidean one. */
export type PolyhedralNorm = 'l-infinity' | 'l-one';

const { ZERO, ONE } = Rational;

/**
 * A minimiser of max_i a_i^T y + b_i over the ball of radius t around x in the 1-norm or the maximum norm, exactly, with its value.
 *
 * The linear program in y = x + p - q, p, q >= 0, and the level L: a_i^T y + b_i <= L; p, q <= t for the maximum norm,
 * sum (p + q) <= t for the 1-norm. The minimiser need not be unique: a face of such a ball may be optimal, and the vertex that
 * the simplex method ends at is taken.
 * @throws TypeError where the shapes do not fit.
 */
export function polyhedralBrox(
  slopes: RationalRows,
  offsets: RationalVector,
  x: RationalVector,
  t: Rational,
  norm: PolyhedralNorm,
): { readonly point: RationalVector; readonly value: Rational } {
  const [n, pieces] = [x.length, slopes.length];
  const zeros = (count: number): Rational[] => new Array<Rational>(count).fill(ZERO);
  const unit = (count: number, at: number): Rational[] => zeros(count).map((z, i) => (i === at ? ONE : z));
  const balls = norm === 'l-infinity' ? 2 * n : 1;
  // columns: p, q, L+, L-, one slack a piece, one slack a ball constraint
  const pieceRows = slopes.map((a, i) => [
    ...a,
    ...a.map((s) => s.negated()),
    ONE.negated(),
    ONE,
    ...unit(pieces, i),
    ...zeros(balls),
  ]);
  const ballRows = Array.from({ length: balls }, (_, k) => [
    ...(norm === 'l-infinity' ? unit(2 * n, k) : new Array<Rational>(2 * n).fill(ONE)),
    ZERO,
    ZERO,
    ...zeros(pieces),
    ...unit(balls, k),
  ]);
  const right = applied(slopes, x).map((s, i) => s.plus(entryOf(offsets, i)).negated());
  const cost = [...zeros(2 * n), ONE.negated(), ONE, ...zeros(pieces + balls)];
  const program = linearProgram([...pieceRows, ...ballRows], [...right, ...new Array<Rational>(balls).fill(t)], cost);
  if (program.status !== 'optimal') throw new RangeError(`polyhedralBrox: a radius >= 0, got ${t}`);
  const { solution } = program;
  const point = x.map((v, j) => v.plus(entryOf(solution, j)).minus(entryOf(solution, n + j)));
  return { point, value: Rational.max(...levels(slopes, offsets, point)) };
}

const levels = (slopes: RationalRows, offsets: RationalVector, y: RationalVector): [Rational, ...Rational[]] => {
  const [first = ZERO, ...others] = slopes.map((a, i) => dot(a, y).plus(entryOf(offsets, i)));
  return [first, ...others];
};
