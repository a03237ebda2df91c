import fc from 'fast-check';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { fromRows, type Matrix, toRows } from '../../src/kernels/matrix/matrix.ts';

/** An independent generator (mulberry32) of numbers in [-1, 1), for matrices too large for fast-check. */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

export const randomMatrix = (
  rows: number,
  columns: number,
  seed: number,
  size: (i: number) => number = () => 1,
): Matrix => {
  const next = uniforms(seed);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, (_, i) => next() * size(i)) };
};

const dyadic = fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((k) => k / 2 ** 18);
const small = fc.integer({ min: -2, max: 2 });
const graded = fc.tuple(dyadic, fc.integer({ min: -320, max: 0 })).map(([x, e]) => x * 10 ** e);
const subnormal = dyadic.map((x) => x * 1e-310);
const huge = dyadic.map((x) => x * 1e306);

const filled = (rows: number, columns: number, entry: fc.Arbitrary<number>): fc.Arbitrary<Matrix> =>
  fc
    .array(entry, { minLength: rows * columns, maxLength: rows * columns })
    .map((data) => ({ rows, columns, data: Float64Array.from(data) }));

const shaped = (entry: fc.Arbitrary<number>, least: number, most: number): fc.Arbitrary<Matrix> =>
  fc
    .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
    .chain(([rows, columns]) => filled(rows, columns, entry));

/** Matrices of moderate numbers: dense, and small integers with their zeros, ties and rank deficiencies. */
export const plainMatrix = (least = 1, most = 6): fc.Arbitrary<Matrix> =>
  fc.oneof(shaped(dyadic, least, most), shaped(small, least, most));

/** With the whole range of doubles, empty shapes included. */
export const anyMatrix = (most = 7): fc.Arbitrary<Matrix> =>
  fc.oneof(...[dyadic, small, graded, subnormal, huge].map((entry) => shaped(entry, 0, most)));

export const rationalsOf = (A: Matrix): Rational[][] => toRows(A).map((row) => row.map((x) => Rational.from(x)));

export const exactProduct = (A: readonly (readonly Rational[])[], B: readonly (readonly Rational[])[]): Rational[][] =>
  A.map((row) => (B[0] ?? []).map((_, j) => Rational.sum(row.map((x, k) => x.times(B[k]?.[j] ?? Rational.ZERO)))));

export const exactTranspose = (A: readonly (readonly Rational[])[]): Rational[][] =>
  (A[0] ?? []).map((_, j) => A.map((row) => row[j] ?? Rational.ZERO));

/** ||A - B||_F, rounded up, from exact differences. */
export function exactDistance(A: readonly (readonly Rational[])[], B: readonly (readonly Rational[])[]): number {
  const differences = A.flatMap((row, i) => row.map((x, j) => x.minus(B[i]?.[j] ?? Rational.ZERO)));
  const square = Rational.sum(differences.map((x) => x.times(x)));
  if (square.sign() === 0) return 0;
  // as many digits as make the root accurate to some sixty of its own
  const bits = Math.max(0, square.denominator.toString(2).length - square.numerator.toString(2).length) + 64;
  return square.squareRootBounds(bits)[1].upperDouble();
}

export const rows = (...lines: readonly (readonly number[])[]): Matrix => fromRows(lines);
