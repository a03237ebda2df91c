import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Definiteness, ldlt } from '../../src/kernels/exact/ldlt.ts';
import { rank } from '../../src/kernels/exact/linear-solve.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import {
  identityOf,
  matricesEqual,
  matrixDifference,
  matrixSum,
  productOf,
  type RationalMatrix,
  rationalMatrix,
  scaledMatrix,
  transposed,
} from '../../src/kernels/exact/rational-matrix.ts';
import { smallMatrix, smallRational } from './rational-matrices.ts';

const gram = (B: RationalMatrix): RationalMatrix => productOf(transposed(B), B);
const diagonal = (d: readonly Rational[]): RationalMatrix =>
  d.map((x, i) => d.map((_, j) => (i === j ? x : Rational.ZERO)));

const symmetric = fc
  .nat({ max: 5 })
  .chain((n) => smallMatrix(n, n))
  .map((B) => matrixSum(B, transposed(B)));

/** Whatever the answer, it is checked against the matrix. */
function expectConfirmed(A: RationalMatrix, result: Definiteness): void {
  expect(result.rank).toBe(rank(A));
  if (result.kind === 'indefinite') {
    const v = [result.direction];
    const [[value = Rational.ZERO] = []] = productOf(productOf(v, A), transposed(v));
    expect([`${value}`, value.sign()]).toEqual([`${result.value}`, -1]);
    return;
  }
  const { order, lower, diagonal: d } = result;
  expect([...order].sort((i, j) => i - j)).toEqual(A.map((_, i) => i));
  const permuted = order.map((i) => order.map((j) => A[i]?.[j] ?? Rational.ZERO));
  // without a pivot the product has no shape, and A is 0
  if (d.length > 0) {
    expect(matricesEqual(productOf(productOf(lower, diagonal(d)), transposed(lower)), permuted)).toBe(true);
  } else expect(A.flat().every((x) => x.sign() === 0)).toBe(true);
  expect(d.every((x) => x.sign() > 0)).toBe(true);
  for (const [i, row] of lower.entries()) {
    expect(row.map((x, j) => (i === j ? x.equals(Rational.ONE) : i < j ? x.sign() === 0 : true))).not.toContain(false);
  }
  expect(result.kind === 'positive-definite').toBe(d.length === A.length);
}

describe('ldlt', () => {
  it('confirms every answer with the matrix', () => {
    fc.assert(
      fc.property(symmetric, (A) => expectConfirmed(A, ldlt(A))),
      { numRuns: 300 },
    );
  });
  it('finds Gram matrices semidefinite, with their rank', () => {
    const factor = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }))
      .chain(([m, n]) => smallMatrix(m, n));
    fc.assert(
      fc.property(factor, (B) => {
        const result = ldlt(gram(B));
        expect(result.kind).not.toBe('indefinite');
        expect(result.rank).toBe(rank(B));
        expectConfirmed(gram(B), result);
      }),
    );
  });
  it('decides hair-breadths: a singular matrix moved up or down by 10^-60', () => {
    const factor = fc.integer({ min: 2, max: 4 }).chain((n) => smallMatrix(n - 1, n));
    const hair = Rational.of(1n, 10n ** 60n);
    fc.assert(
      fc.property(factor, (B) => {
        const A = gram(B);
        const I = scaledMatrix(hair, identityOf(A.length));
        expect(ldlt(A).kind).toBe('positive-semidefinite');
        expect(ldlt(matrixSum(A, I)).kind).toBe('positive-definite');
        expect(ldlt(matrixDifference(A, I)).kind).toBe('indefinite');
      }),
    );
  });
  it('has the signs of a congruent diagonal matrix (Sylvester)', () => {
    const congruent = fc.integer({ min: 1, max: 4 }).chain((n) =>
      fc.tuple(
        fc.array(smallRational, { minLength: n, maxLength: n }),
        smallMatrix(n, n).filter((B) => rank(B) === n),
      ),
    );
    fc.assert(
      fc.property(congruent, ([d, B]) => {
        const A = productOf(productOf(transposed(B), diagonal(d)), B);
        const signs = d.map((x) => x.sign());
        const expected = signs.includes(-1)
          ? 'indefinite'
          : signs.includes(0)
            ? 'positive-semidefinite'
            : 'positive-definite';
        expect(ldlt(A).kind).toBe(expected);
        expectConfirmed(A, ldlt(A));
      }),
    );
  });
  it.each([
    ['0x0', [], 'positive-definite', 0],
    [
      'zero',
      [
        [0, 0],
        [0, 0],
      ],
      'positive-semidefinite',
      0,
    ],
    ['one positive number', [[3]], 'positive-definite', 1],
    ['one negative number', [['-1/3']], 'indefinite', 1],
    [
      'no pivot on the diagonal',
      [
        [0, 1],
        [1, 0],
      ],
      'indefinite',
      2,
    ],
    [
      'a zero pivot first',
      [
        [0, 0],
        [0, 2],
      ],
      'positive-semidefinite',
      1,
    ],
    [
      'a zero on the diagonal of a nonzero row',
      [
        [1, 1, 0],
        [1, 1, 1],
        [0, 1, 5],
      ],
      'indefinite',
      3,
    ],
    [
      'the Hilbert matrix',
      [
        [1, '1/2', '1/3'],
        ['1/2', '1/3', '1/4'],
        ['1/3', '1/4', '1/5'],
      ],
      'positive-definite',
      3,
    ],
  ] as const)('%s', (_, rows, kind, expectedRank) => {
    const A = rationalMatrix(rows);
    const result = ldlt(A);
    expect([result.kind, result.rank]).toEqual([kind, expectedRank]);
    expectConfirmed(A, result);
  });
  it('refuses what is not square or not symmetric', () => {
    expect(() => ldlt(rationalMatrix([[1, 2]]))).toThrow(TypeError);
    expect(() =>
      ldlt(
        rationalMatrix([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toThrow('ldlt: a symmetric matrix, got 2 at (0, 1)');
  });
});
