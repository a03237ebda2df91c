import { describe, expect, it } from 'vitest';
import { FLOAT64 } from '../../src/kernels/matrix/arithmetic.ts';
import { jacobiSvd } from '../../src/kernels/matrix/jacobi-svd.ts';
import type { Matrix } from '../../src/kernels/matrix/matrix.ts';
import { svd } from '../../src/kernels/matrix/svd.ts';

/** Matrices whose cancellation leaves cancellation; without generic noise the decomposition of most of these never ends. */
const PATTERNS: Readonly<Record<string, (i: number, j: number, n: number) => number>> = {
  ones: () => 1,
  checkerboard: (i, j) => (i + j) % 2,
  'rank one': (i, j) => (i % 3 === 0 ? 1 : 2) * ((j % 5) + 1),
  halves: (i, _, n) => (i < n / 2 ? 1 : -1),
  'every other row': (i) => (i + 1) % 2,
  arrow: (i, j) => (i === 0 || j === 0 ? 1 : 0),
  sums: (i, j) => i + j,
};

const patterned = (name: string, rows: number, columns: number): Matrix => ({
  rows,
  columns,
  data: Float64Array.from({ length: rows * columns }, (_, k) =>
    (PATTERNS[name] ?? (() => 0))(Math.floor(k / columns), k % columns, rows),
  ),
});

describe.each(Object.keys(PATTERNS))('the singular values of a patterned matrix: %s', (name) => {
  it.each([
    [32, 32],
    [44, 44],
    [56, 56],
    [64, 64],
    [64, 48],
  ])('%ix%i', (rows, columns) => {
    const A = patterned(name, rows, columns);
    const { values, valuesError } = svd(A);
    // both within their errors of the exact ones; that of Jacobi's method is no larger
    const other = jacobiSvd(A, FLOAT64).values;
    expect(Math.max(...values.map((s, i) => Math.abs(s - (other[i] ?? 0))))).toBeLessThanOrEqual(2 * valuesError);
  });
});
