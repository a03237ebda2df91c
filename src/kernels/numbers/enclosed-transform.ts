import { add, type Interval } from '../exact/interval.ts';
import { FLOAT64, type FloatFormat } from '../matrix/arithmetic.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Grid, MatrixFunction } from './numbers.ts';

/**
 * f of every matrix in the intervals: f at the midpoints, computed in double precision, widened by the error of that and by
 * f's own bound for the radii. Their Frobenius norm is rounded up: N squares and their sum lose (N + 8) u relatively, and
 * 2^-28 covers that up to N = 2^24 entries. An infinite end leaves nothing guaranteed.
 */
export function enclosedTransform(A: Grid<Interval>, f: MatrixFunction, format: FloatFormat): Grid<Interval> {
  const finite = A.data.every(({ lo, hi }) => Number.isFinite(lo) && Number.isFinite(hi));
  const middle: Matrix = {
    rows: A.rows,
    columns: A.columns,
    data: Float64Array.from(A.data, ({ lo, hi }) => (!finite ? 0 : lo === hi ? lo : lo + (hi - lo) / 2)),
  };
  let squares = 0;
  for (const [i, { lo, hi }] of A.data.entries()) {
    const centre = middle.data[i] as number;
    squares += Math.max(hi - centre, centre - lo) ** 2;
  }
  const radius = Math.sqrt(squares) * (1 + 2 ** -28);
  const value = f.compute(middle, FLOAT64);
  const own = f.errorBound(middle, 0, 'float64');
  const spread = finite ? f.errorBound(middle, radius, format) : Number.POSITIVE_INFINITY;
  const widening = { lo: -own - spread, hi: own + spread };
  return {
    rows: value.rows,
    columns: value.columns,
    data: Array.from(value.data, (x) => add({ lo: x, hi: x }, widening)),
  };
}
