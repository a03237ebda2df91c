import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rank, solveLinear } from '../../src/kernels/exact/linear-solve.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import * as M from '../../src/kernels/exact/rational-matrix.ts';
import { smallMatrix, smallRational } from './rational-matrices.ts';

const vector = (n: number): fc.Arbitrary<readonly Rational[]> =>
  fc.array(smallRational, { minLength: n, maxLength: n });
const size = fc.integer({ min: 1, max: 4 });
const texts = (v: readonly Rational[]): readonly string[] => v.map(String);
const applied = (A: M.RationalMatrix, x: readonly Rational[]): readonly string[] =>
  M.productOf(
    A,
    x.map((entry) => [entry]),
  ).map(([y]) => `${y}`);

describe('solveLinear', () => {
  const consistent = fc.tuple(size, size).chain(([m, n]) => fc.tuple(smallMatrix(m, n), vector(n)));
  it('solves what has a solution, and finds all solutions', () => {
    fc.assert(
      fc.property(consistent, ([A, x]) => {
        const b = M.productOf(
          A,
          x.map((entry) => [entry]),
        ).flat();
        const result = solveLinear(A, b);
        expect(result.kind).toBe('solvable');
        if (result.kind !== 'solvable') return;
        expect(applied(A, result.solution)).toEqual(texts(b));
        for (const v of result.nullSpace) expect(applied(A, v)).toEqual(b.map(() => '0'));
        // as many as rank and nullity demand, and independent
        expect(result.nullSpace).toHaveLength(x.length - rank(A));
        expect(rank(result.nullSpace)).toBe(result.nullSpace.length);
      }),
      { numRuns: 300 },
    );
  });
  it('is inconsistent exactly if the right-hand side raises the rank', () => {
    const any = fc.tuple(size, size).chain(([m, n]) => fc.tuple(smallMatrix(m, n), vector(m)));
    fc.assert(
      fc.property(any, ([A, b]) => {
        // the rank of the transposed augmented matrix, which another elimination finds
        const augmented = M.transposed(A.map((row, i) => [...row, b[i] ?? Rational.ZERO]));
        expect(solveLinear(A, b).kind).toBe(rank(augmented) > rank(M.transposed(A)) ? 'inconsistent' : 'solvable');
      }),
      { numRuns: 300 },
    );
  });
  it('handles the small and the empty', () => {
    expect(solveLinear([], [])).toEqual({ kind: 'solvable', solution: [], nullSpace: [] });
    expect(solveLinear([[], []], [Rational.ZERO, Rational.ONE])).toEqual({ kind: 'inconsistent' });
    expect(solveLinear(M.rationalMatrix([[0]]), [Rational.ONE])).toEqual({ kind: 'inconsistent' });
    const free = solveLinear(M.rationalMatrix([[0, 2]]), [Rational.ONE]);
    expect(free.kind === 'solvable' && [free.solution, ...free.nullSpace].map(texts)).toEqual([
      ['0', '1/2'],
      ['1', '0'],
    ]);
    expect(() => solveLinear([[Rational.ONE]], [])).toThrow(TypeError);
    expect(() => rank([[Rational.ONE], []])).toThrow(TypeError);
  });
});

describe('rational matrices', () => {
  const triple = fc
    .tuple(size, size, size)
    .chain(([m, n, k]) => fc.tuple(smallMatrix(m, n), smallMatrix(n, k), smallMatrix(m, n)));
  it('obey the laws of matrices', () => {
    fc.assert(
      fc.property(triple, smallRational, ([A, B, C], t) => {
        const AB = M.productOf(A, B);
        expect(M.matricesEqual(M.transposed(AB), M.productOf(M.transposed(B), M.transposed(A)))).toBe(true);
        expect(M.matricesEqual(M.productOf(M.matrixSum(A, C), B), M.matrixSum(AB, M.productOf(C, B)))).toBe(true);
        expect(M.matricesEqual(M.matrixDifference(M.matrixSum(A, C), C), A)).toBe(true);
        expect(M.matricesEqual(M.productOf(M.scaledMatrix(t, A), B), M.scaledMatrix(t, AB))).toBe(true);
        expect(M.matricesEqual(M.productOf(M.identityOf(A.length), A), A)).toBe(true);
        const trace = M.productOf(M.transposed(A), C).reduce(
          (total, row, i) => total.plus(row[i] ?? Rational.ZERO),
          Rational.ZERO,
        );
        expect(`${M.innerProduct(A, C)}`).toBe(`${trace}`);
      }),
    );
  });
  it('have entries that are told apart, shapes that must fit, and a JSON form', () => {
    const A = M.rationalMatrix([
      [0.5, '1/3'],
      [2, '-4/6'],
    ]);
    expect(M.matrixToStrings(A)).toEqual([
      ['1/2', '1/3'],
      ['2', '-2/3'],
    ]);
    expect(M.matricesEqual(A, M.scaledMatrix(Rational.from(2), A))).toBe(false);
    expect(M.matricesEqual([], [[]])).toBe(false);
    expect(M.matrixToStrings(M.productOf(M.rationalMatrix([[1, 2]]), M.rationalMatrix([[3], [4]])))).toEqual([['11']]);
    expect(() => M.rationalMatrix([[1], [1, 2]])).toThrow(TypeError);
    expect(() => M.matrixSum(A, [])).toThrow('matrixSum: equal shapes, got 2x2 and 0x0');
    expect(() => M.matrixDifference(A, [])).toThrow(TypeError);
    expect(() => M.innerProduct(A, [])).toThrow(TypeError);
    expect(() => M.productOf(A, M.rationalMatrix([[1, 2]]))).toThrow('got 2x2 and 1x2');
  });
});
