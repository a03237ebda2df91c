import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOAT32 } from '../../src/kernels/matrix/arithmetic.ts';
import { euclideanNorm } from '../../src/kernels/matrix/euclidean-norm.ts';
import {
  add,
  entry,
  fromRows,
  identity,
  innerProduct,
  leadingColumns,
  type Matrix,
  maxAbsolute,
  row,
  scale,
  subtract,
  toRows,
  transpose,
  zeros,
} from '../../src/kernels/matrix/matrix.ts';
import { gram, gramOfColumns, multiply } from '../../src/kernels/matrix/multiply.ts';
import { binaryExponent, timesPowerOfTwo } from '../../src/kernels/matrix/power-of-two.ts';
import { hardDouble } from './hard-doubles.ts';
import { plainMatrix, randomMatrix, rows } from './matrices.ts';

/** c_ij as the formula says, added in the order of k. */
function naive(A: Matrix, B: Matrix, round: (x: number) => number): number[][] {
  return Array.from({ length: A.rows }, (_, i) =>
    Array.from({ length: B.columns }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < A.columns; k++) {
        sum = round(sum + round(round(A.data[i * A.columns + k] ?? 0) * round(B.data[k * B.columns + j] ?? 0)));
      }
      return sum;
    }),
  );
}

const SHAPES = [
  [0, 3, 2],
  [2, 0, 3],
  [3, 2, 0],
  [1, 1, 1],
  [4, 4, 4],
  [5, 3, 7],
  [8, 9, 6],
  [13, 17, 11],
  [37, 5, 9],
] as const;

describe('matrices', () => {
  it('read and write rows, empty ones too', () => {
    expect(toRows(rows([1, -2], [3, 4], [0, 5]))).toEqual([
      [1, -2],
      [3, 4],
      [0, 5],
    ]);
    expect(fromRows([])).toMatchObject({ rows: 0, columns: 0 });
    expect(fromRows([[], []])).toMatchObject({ rows: 2, columns: 0 });
    expect(toRows(fromRows([[], []]))).toEqual([[], []]);
    expect(Object.is(toRows(rows([-0]))[0]?.[0], 0)).toBe(true);
  });

  it('refuse what is no matrix', () => {
    expect(() => fromRows([[1, 2], [3]])).toThrow(TypeError);
    expect(() => fromRows([[1, Number.NaN]])).toThrow(/finite entries, got NaN at \(0, 1\)/);
    expect(() => fromRows([[Number.POSITIVE_INFINITY]])).toThrow(RangeError);
    expect(() => zeros(-1, 2)).toThrow(RangeError);
    expect(() => entry(identity(2), 2, 0)).toThrow(RangeError);
    expect(() => entry(identity(2), 0, 2)).toThrow(RangeError);
    expect(() => add(identity(2), zeros(2, 3))).toThrow(/add: equal shapes, got 2x2 and 2x3/);
    expect(() => multiply(identity(2), zeros(3, 2))).toThrow(TypeError);
    expect(() => FLOAT32.multiply(identity(2), zeros(3, 2))).toThrow(TypeError);
    expect(() => leadingColumns(identity(2), 3)).toThrow(RangeError);
  });

  it('add, scale, transpose', () => {
    const A = rows([1, 2, 3], [4, 5, 6]);
    expect(toRows(transpose(A))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(toRows(subtract(scale(A, 2), A))).toEqual(toRows(A));
    expect(toRows(add(A, scale(A, -1)))).toEqual(toRows(zeros(2, 3)));
    expect(toRows(leadingColumns(A, 2))).toEqual([
      [1, 2],
      [4, 5],
    ]);
    expect([entry(A, 1, 2), maxAbsolute(scale(A, -1)), innerProduct(A, A)]).toEqual([6, 6, 91]);
    expect([...row(A, 1)]).toEqual([4, 5, 6]);
  });
});

describe('products', () => {
  it.each(SHAPES)('%ix%i times x%i are the sums of the definition, bit for bit', (m, k, n) => {
    const [A, B] = [randomMatrix(m, k, 1), randomMatrix(k, n, 2)];
    expect(toRows(multiply(A, B))).toEqual(naive(A, B, (x) => x));
    expect(toRows(FLOAT32.multiply(A, B))).toEqual(naive(A, B, Math.fround));
  });

  it.each(SHAPES)('Gram matrices of %ix%i are the products, bit for bit (x%i)', (m, k) => {
    const X = randomMatrix(m, k, 3);
    expect(toRows(gram(X))).toEqual(toRows(multiply(X, transpose(X))));
    expect(toRows(gramOfColumns(X))).toEqual(toRows(multiply(transpose(X), X)));
    expect(toRows(FLOAT32.gram(X))).toEqual(toRows(FLOAT32.multiply(X, transpose(X))));
  });

  it('are exact on small integers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 12 }), (x) => {
        const [A, B] = [
          { rows: 3, columns: 4, data: Float64Array.from(x) },
          { rows: 4, columns: 3, data: Float64Array.from(x) },
        ];
        expect(toRows(transpose(multiply(A, B)))).toEqual(toRows(multiply(transpose(B), transpose(A))));
      }),
    );
  });
});

describe('scaling', () => {
  it('finds the binary exponent of every double', () => {
    fc.assert(
      fc.property(hardDouble, (x) => {
        fc.pre(x !== 0);
        const mantissa = Math.abs(timesPowerOfTwo(x, -binaryExponent(x)));
        return mantissa >= 1 && mantissa < 2;
      }),
    );
    expect(() => binaryExponent(0)).toThrow(RangeError);
    expect(binaryExponent(Number.MIN_VALUE)).toBe(-1074);
  });

  it('norms neither over- nor underflow on the way', () => {
    for (const e of [-1074 + 4, -600, 0, 600, 1020]) {
      expect(euclideanNorm([timesPowerOfTwo(3, e), timesPowerOfTwo(-4, e)])).toBe(timesPowerOfTwo(5, e));
    }
    expect(euclideanNorm([])).toBe(0);
    expect(euclideanNorm([0, 0])).toBe(0);
    expect(euclideanNorm([3e-30, 4e-30], Math.fround)).toBeGreaterThan(0);
  });

  it('the norm is symmetric under permutation up to rounding only', () => {
    fc.assert(
      fc.property(plainMatrix(), (A) => {
        const [forward, backward] = [euclideanNorm(A.data), euclideanNorm([...A.data].reverse())];
        return Math.abs(forward - backward) <= 2 * (A.data.length + 2) * 2 ** -53 * forward;
      }),
    );
  });
});
