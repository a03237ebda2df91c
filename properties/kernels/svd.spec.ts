import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { FLOAT32, FLOAT64 } from '../../src/kernels/matrix/arithmetic.ts';
import { stableBackwardError } from '../../src/kernels/matrix/backward-error.ts';
import { frobeniusNorm } from '../../src/kernels/matrix/euclidean-norm.ts';
import { jacobiSvd } from '../../src/kernels/matrix/jacobi-svd.ts';
import { add, identity, type Matrix, map, scale, transpose, zeros } from '../../src/kernels/matrix/matrix.ts';
import { multiply } from '../../src/kernels/matrix/multiply.ts';
import { orthonormalityDefect } from '../../src/kernels/matrix/orthonormality.ts';
import { timesPowerOfTwo } from '../../src/kernels/matrix/power-of-two.ts';
import { svd } from '../../src/kernels/matrix/svd.ts';
import { symmetricEigen } from '../../src/kernels/matrix/symmetric-eigen.ts';
import {
  anyMatrix,
  exactDistance,
  exactProduct,
  exactTranspose,
  plainMatrix,
  randomMatrix,
  rationalsOf,
  rows,
} from './matrices.ts';

const U = 2 ** -53;
const diagonal = (values: readonly Rational[]): Rational[][] =>
  values.map((x, i) => values.map((_, j) => (i === j ? x : Rational.ZERO)));
const exactDiagonal = (values: readonly number[]): Rational[][] => diagonal(values.map((x) => Rational.from(x)));
const exactIdentity = (n: number): Rational[][] => diagonal(Array.from({ length: n }, () => Rational.ONE));

/** The number of negative eigenvalues of a symmetric rational matrix, by Sylvester's law; undefined for a zero pivot. */
function negatives(symmetric: readonly (readonly Rational[])[]): number | undefined {
  const A = symmetric.map((row) => [...row]);
  let count = 0;
  for (let k = 0; k < A.length; k++) {
    const pivot = A[k]?.[k] ?? Rational.ZERO;
    if (pivot.sign() === 0) return undefined;
    if (pivot.sign() < 0) count++;
    for (let i = k + 1; i < A.length; i++) {
      const factor = (A[i]?.[k] ?? Rational.ZERO).dividedBy(pivot);
      A[i] = (A[i] ?? []).map((x, j) => x.minus(factor.times(A[k]?.[j] ?? Rational.ZERO)));
    }
  }
  return count;
}

const shifted = (A: readonly (readonly Rational[])[], by: Rational): Rational[][] =>
  A.map((row, i) => row.map((x, j) => (i === j ? x.minus(by) : x)));

/** Eigenvalue number i (descending) of A lies within `error` of `value`, decided exactly. */
function isEigenvalue(A: readonly (readonly Rational[])[], i: number, lower: Rational, upper: Rational): boolean {
  const below = (t: Rational): number | undefined => negatives(shifted(A, t));
  const [atLower, atUpper] = [below(lower), below(upper)];
  // eigenvalue i is >= lower iff at most n - 1 - i are below it, and < upper iff at least n - i are
  return atLower !== undefined && atUpper !== undefined && atLower <= A.length - 1 - i && atUpper >= A.length - i;
}

describe('singular values', () => {
  it('come with residuals that are certainly large enough, decided in rationals', () => {
    fc.assert(
      fc.property(plainMatrix(1, 5), (A) => {
        const { left, values, right, residual, leftDefect, rightDefect } = svd(A);
        const [L, R] = [rationalsOf(left), rationalsOf(right)];
        const product = exactProduct(exactProduct(L, exactDiagonal(values)), exactTranspose(R));
        expect(exactDistance(rationalsOf(A), product)).toBeLessThanOrEqual(residual);
        expect(exactDistance(exactProduct(exactTranspose(L), L), exactIdentity(values.length))).toBeLessThanOrEqual(
          leftDefect,
        );
        expect(exactDistance(exactProduct(exactTranspose(R), R), exactIdentity(values.length))).toBeLessThanOrEqual(
          rightDefect,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('lie where the certificate says, decided by the inertia of A^T A - t I', () => {
    fc.assert(
      fc.property(plainMatrix(1, 4), (A) => {
        const { values, valuesError } = svd(A);
        const wide = A.rows < A.columns;
        const exact = rationalsOf(wide ? transpose(A) : A);
        const gram = exactProduct(exactTranspose(exact), exact);
        for (const [i, s] of values.entries()) {
          // a hair more on the outside, so that no pivot vanishes where the value is exact
          const reach = Rational.from(valuesError)
            .times(Rational.of(1001, 1000))
            .plus(Rational.of(1, 2n ** 90n));
          const [lo, hi] = [Rational.from(s).minus(reach), Rational.from(s).plus(reach)];
          const lower = lo.sign() > 0 ? lo.times(lo) : Rational.of(-1, 2n ** 90n);
          expect(isEigenvalue(gram, i, lower, hi.times(hi))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('meet the LAPACK bar: residual and defects below 30 n eps', () => {
    const kinds: readonly [string, Matrix][] = [
      ['dense', randomMatrix(24, 24, 1)],
      ['wide', randomMatrix(7, 40, 2)],
      ['tall', randomMatrix(40, 7, 3)],
      ['graded', randomMatrix(20, 20, 4, (i) => 10 ** -((i * 37) % 300))],
      ['rank one', multiply(randomMatrix(20, 1, 5), randomMatrix(1, 20, 6))],
      [
        'Hilbert',
        {
          rows: 12,
          columns: 12,
          data: Float64Array.from({ length: 144 }, (_, k) => 1 / (Math.floor(k / 12) + (k % 12) + 1)),
        },
      ],
      ['ones', map(zeros(16, 16), () => 1)],
      ['identity', identity(9)],
    ];
    for (const [name, A] of kinds) {
      const bar = 30 * Math.max(A.rows, A.columns) * 2 * U;
      const { residual, leftDefect, rightDefect, values } = svd(A);
      expect(residual / frobeniusNorm(A), name).toBeLessThan(bar);
      expect(Math.max(leftDefect, rightDefect), name).toBeLessThan(bar);
      expect(values, name).toEqual([...values].sort((a, b) => b - a));
    }
  });

  it('agree with one-sided Jacobi rotations, and those of single precision to its bar', () => {
    fc.assert(
      fc.property(plainMatrix(1, 7), (A) => {
        const door = svd(A);
        const jacobi = jacobiSvd(A, FLOAT64);
        const single = jacobiSvd(map(A, Math.fround), FLOAT32);
        for (const [i, s] of door.values.entries()) {
          expect(Math.abs(s - (jacobi.values[i] ?? Number.NaN))).toBeLessThanOrEqual(
            door.valuesError + stableBackwardError(A, 'float64'),
          );
          const inSingle = single.values[i] ?? Number.NaN;
          expect(Math.fround(inSingle)).toBe(inSingle);
          expect(Math.abs(s - inSingle)).toBeLessThanOrEqual(stableBackwardError(A, 'float32'));
        }
      }),
    );
  });

  it('end on every double: subnormal, graded, huge, empty', () => {
    const hang = randomMatrix(20, 20, 7, () => 1e-310);
    const beside = { ...hang, data: hang.data.map((x, k) => (k === 0 ? 1 : k < 20 || k % 20 === 0 ? 0 : x)) };
    expect(svd(hang).values[0]).toBeGreaterThan(1e-310);
    expect(svd(beside).values[0]).toBeCloseTo(1, 12);
    fc.assert(
      fc.property(anyMatrix(), (A) => {
        const { values, left, right } = svd(A);
        expect(values.length).toBe(Math.min(A.rows, A.columns));
        expect([left.rows, left.columns, right.rows, right.columns]).toEqual([
          A.rows,
          values.length,
          A.columns,
          values.length,
        ]);
        expect(values.every((s) => s >= 0 && Number.isFinite(s))).toBe(true);
      }),
    );
  });

  it('scale exactly with powers of two', () => {
    const A = randomMatrix(5, 4, 8);
    const { values } = svd(A);
    for (const e of [-1000, -300, 300, 1000]) {
      expect(svd(map(A, (x) => timesPowerOfTwo(x, e))).values).toEqual(values.map((s) => timesPowerOfTwo(s, e)));
    }
  });

  it('of zero and of nothing', () => {
    expect(svd(zeros(3, 2))).toMatchObject({ values: [0, 0], residual: 0 });
    expect(svd(zeros(0, 4)).values).toEqual([]);
    expect(svd(zeros(4, 0))).toMatchObject({ values: [], residual: 0, valuesError: 0 });
    expect(() => svd({ rows: 1, columns: 1, data: Float64Array.of(Number.NaN) })).toThrow(RangeError);
    expect(() => svd(map(zeros(2, 2), () => Number.MAX_VALUE))).toThrow(/overflow/);
  });
});

describe('a basis that is not orthonormal', () => {
  it('is measured, not trusted', () => {
    expect(orthonormalityDefect(scale(identity(3), 1.5))).toBeGreaterThan(1.25 * Math.sqrt(3) - 1e-9);
    expect(orthonormalityDefect(identity(3))).toBeLessThan(1e-14);
  });
});

describe('symmetric eigenvalues', () => {
  const symmetric = fc.oneof(plainMatrix(1, 4), anyMatrix(5)).map((A) => {
    const n = Math.min(A.rows, A.columns);
    const square = {
      rows: n,
      columns: n,
      data: Float64Array.from({ length: n * n }, (_, k) => A.data[Math.floor(k / n) * A.columns + (k % n)] ?? 0),
    };
    return add(scale(square, 0.25), scale(transpose(square), 0.25));
  });

  it('lie where the certificate says, decided by inertia', () => {
    fc.assert(
      fc.property(symmetric, (A) => {
        const { values, valuesError } = symmetricEigen(A);
        if (frobeniusNorm(A) < 1e-200 || frobeniusNorm(A) > 1e200) return;
        const exact = rationalsOf(A);
        for (const [i, x] of values.entries()) {
          const reach = Rational.from(valuesError)
            .times(Rational.of(1001, 1000))
            .plus(Rational.of(1, 2n ** 1100n));
          expect(isEigenvalue(exact, i, Rational.from(x).minus(reach), Rational.from(x).plus(reach))).toBe(true);
        }
      }),
    );
  });

  it('come with a residual and a defect that are certainly large enough', () => {
    fc.assert(
      fc.property(symmetric, (A) => {
        const { vectors, values, residual, defect } = symmetricEigen(A);
        const Q = rationalsOf(vectors);
        const product = exactProduct(exactProduct(Q, exactDiagonal(values)), exactTranspose(Q));
        expect(exactDistance(rationalsOf(A), product)).toBeLessThanOrEqual(residual);
        expect(exactDistance(exactProduct(exactTranspose(Q), Q), exactIdentity(values.length))).toBeLessThanOrEqual(
          defect,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('refuse what is not symmetric or not square', () => {
    expect(() => symmetricEigen(rows([1, 2], [3, 4]))).toThrow(/a symmetric matrix, got 3 at \(1, 0\) and 2/);
    expect(() => symmetricEigen(zeros(2, 3))).toThrow(TypeError);
    expect(() => symmetricEigen({ rows: 1, columns: 1, data: Float64Array.of(Number.NaN) })).toThrow(/finite/);
    expect(symmetricEigen(zeros(0, 0)).values).toEqual([]);
    expect(symmetricEigen(rows([2, 0], [0, -3])).values).toEqual([2, -3]);
  });
});
