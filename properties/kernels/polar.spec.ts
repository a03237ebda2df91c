import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOAT32, FLOAT64 } from '../../src/kernels/matrix/arithmetic.ts';
import { stableBackwardError } from '../../src/kernels/matrix/backward-error.ts';
import { frobeniusNorm } from '../../src/kernels/matrix/euclidean-norm.ts';
import {
  add,
  fromRows,
  identity,
  type Matrix,
  map,
  scale,
  subtract,
  toRows,
  transpose,
  zeros,
} from '../../src/kernels/matrix/matrix.ts';
import { gramOfColumns, multiply } from '../../src/kernels/matrix/multiply.ts';
import { numericalRank, polarFactor } from '../../src/kernels/matrix/polar.ts';
import { polarErrorBound } from '../../src/kernels/matrix/polar-error.ts';
import { svd } from '../../src/kernels/matrix/svd.ts';
import { fixedDistance, fixedMatrix, fixedPolar } from './fixed-point.ts';
import { plainMatrix, randomMatrix, rows } from './matrices.ts';

/** U diag(values) V^T with random orthonormal U, V. */
function withSpectrum(m: number, n: number, values: readonly number[], seed: number): Matrix {
  const [U, V] = [
    polarFactor(randomMatrix(m, values.length, seed)),
    polarFactor(randomMatrix(n, values.length, seed + 1)),
  ];
  return multiply({ ...U, data: U.data.map((x, k) => x * (values[k % values.length] ?? 0)) }, transpose(V));
}

describe('the polar factor', () => {
  it('is within its error bound of sixty correct digits, in both formats', () => {
    let decided = 0;
    fc.assert(
      fc.property(plainMatrix(1, 4), (A) => {
        const exact = fixedPolar(A);
        const bound = polarErrorBound(A, 'float64');
        expect(fixedDistance(fixedMatrix(polarFactor(A, FLOAT64)), exact)).toBeLessThanOrEqual(bound);
        const single = polarErrorBound(A, 'float32');
        expect(single).toBeGreaterThanOrEqual(bound);
        if (single === Number.POSITIVE_INFINITY) return;
        decided++;
        expect(fixedDistance(fixedMatrix(polarFactor(A, FLOAT32)), exact)).toBeLessThanOrEqual(single);
      }),
      { numRuns: 100 },
    );
    expect(decided).toBeGreaterThan(50);
  });

  it('is a partial isometry of the numerical rank', () => {
    fc.assert(
      fc.property(plainMatrix(1, 6), (A) => {
        const P = polarFactor(A);
        const rank = numericalRank(A.rows, A.columns, svd(A).values, FLOAT64.unitRoundoff);
        const again = multiply(P, gramOfColumns(P));
        const defect = 60 * Math.max(A.rows, A.columns) * 2 ** -53 * Math.max(1, rank);
        expect(frobeniusNorm(subtract(again, P))).toBeLessThanOrEqual(4 * defect);
        expect(Math.abs(frobeniusNorm(P) ** 2 - rank)).toBeLessThanOrEqual(4 * defect);
      }),
    );
  });

  it('of simple matrices', () => {
    expect(toRows(polarFactor(zeros(2, 3)))).toEqual(toRows(zeros(2, 3)));
    expect(polarFactor(fromRows([[], []]))).toMatchObject({ rows: 2, columns: 0 });
    expect(toRows(polarFactor(rows([-1e-310])))).toEqual([[-1]]);
    expect(toRows(polarFactor(rows([5, 0], [0, 0])))).toEqual([
      [1, 0],
      [0, 0],
    ]);
    expect(toRows(polarFactor(rows([0, -2], [7, 0])))).toEqual([
      [0, -1],
      [1, 0],
    ]);
    expect([polarErrorBound(zeros(2, 3), 'float64'), polarErrorBound(fromRows([[], []]), 'float32')]).toEqual([0, 0]);
  });
});

describe('the error bound of the polar factor', () => {
  /** The factor by which polar moves for a perturbation E of size 2^-40 at A, both in sixty digits. */
  const growth = (A: Matrix, E: Matrix): number => {
    const moved = add(A, E);
    const size = frobeniusNorm(subtract(moved, A));
    return fixedDistance(fixedPolar(moved), fixedPolar(A)) / size;
  };
  /** What the bound makes of the backward error. */
  const conditioning = (A: Matrix): number => polarErrorBound(A, 'float64') / stableBackwardError(A, 'float64');

  it('reaches 2 / (s_n + s_(n-1)) for a square matrix: a skew turn of the two smallest directions', () => {
    for (const least of [2 ** -4, 2 ** -8]) {
      const A = rows([1, 0, 0], [0, 0.25, 0], [0, 0, least]);
      const E = scale(rows([0, 0, 0], [0, 0, 1], [0, -1, 0]), 2 ** -40);
      const expected = 2 / (least + 0.25);
      expect(growth(A, E)).toBeCloseTo(expected, 6);
      expect(conditioning(A)).toBeGreaterThanOrEqual(growth(A, E));
      // the isometry defect of the computed factor is the rest
      expect(conditioning(A)).toBeLessThan(expected + 3);
    }
  });

  it('reaches 1 / s_n for a tall matrix, where the formula for square ones is refuted', () => {
    const least = 2 ** -10;
    const A = rows([1, 0], [0, least], [0, 0]);
    const E = scale(rows([0, 0], [0, 0], [0, 1]), 2 ** -40);
    expect(growth(A, E)).toBeCloseTo(1 / least, 3);
    expect(growth(A, E)).toBeGreaterThan(100 * (2 / (1 + least)));
    expect(conditioning(A)).toBeGreaterThanOrEqual(growth(A, E) * (1 - 1e-9));
    expect(conditioning(A)).toBeLessThan(1 / least + 10);
  });

  it('is that of the remaining part for a rank-deficient matrix', () => {
    const A = rows([3, 0, 0], [0, 1, 0], [0, 0, 0]);
    expect(conditioning(A)).toBeGreaterThan(1);
    expect(conditioning(A)).toBeLessThan(5);
  });

  it('is Infinity where the rank is undecided, for each format from its own threshold on', () => {
    const threshold = 8 * 3 * 2;
    const at = (s: number): Matrix => rows([1, 0, 0], [0, 1, 0], [0, 0, s]);
    expect(polarErrorBound(at(threshold * 2 ** -53 * 1.5), 'float64')).toBe(Number.POSITIVE_INFINITY);
    expect(polarErrorBound(at(threshold * 2 ** -53 * 999), 'float64')).toBe(Number.POSITIVE_INFINITY);
    expect(polarErrorBound(at(threshold * 2 ** -53 * 1001), 'float64')).toBeLessThan(1);
    expect(polarErrorBound(at(threshold * 2 ** -24 * 0.5), 'float32')).toBe(Number.POSITIVE_INFINITY);
    expect(polarErrorBound(at(threshold * 2 ** -24 * 999), 'float32')).toBe(Number.POSITIVE_INFINITY);
    expect(polarErrorBound(at(threshold * 2 ** -24 * 1001), 'float32')).toBeLessThan(1);
    expect(polarErrorBound(at(threshold * 2 ** -53 * 0.5), 'float64')).toBeLessThan(1e-10);
    expect(polarErrorBound(identity(3), 'bfloat16')).toBe(Number.POSITIVE_INFINITY);
  });

  it('stays useful where it is finite, and grows with the condition number', () => {
    const bound = (least: number): number =>
      polarErrorBound(withSpectrum(12, 8, [1, 1, 1, 1, 1, 1, 1, least], 3), 'float64');
    expect(bound(1)).toBeLessThan(1e-11);
    expect(bound(1e-4) / bound(1)).toBeGreaterThan(100);
    expect(polarErrorBound(map(randomMatrix(32, 32, 9), Math.fround), 'float64')).toBeLessThan(1e-6);
  });
});
