import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, contains } from '../../src/kernels/exact/interval.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { type Arithmetic, FLOAT32, FLOAT64 } from '../../src/kernels/matrix/arithmetic.ts';
import {
  exactDualNorm,
  exactLinearMinimiser,
  exactNorm,
  isRationalNorm,
} from '../../src/kernels/matrix/exact-norms.ts';
import { linearMinimiser } from '../../src/kernels/matrix/lmo.ts';
import { lmoErrorBound } from '../../src/kernels/matrix/lmo-error.ts';
import {
  fromRows,
  innerProduct,
  type Matrix,
  map,
  maxAbsolute,
  scale,
  subtract,
  toRows,
  zeros,
} from '../../src/kernels/matrix/matrix.ts';
import {
  dualNormEnclosure,
  NORM_NAMES,
  type NormName,
  normEnclosure,
  toInterval,
} from '../../src/kernels/matrix/norm-enclosure.ts';
import { dualNormErrorBound, normErrorBound } from '../../src/kernels/matrix/norm-errors.ts';
import { dualNorm, matrixNorm } from '../../src/kernels/matrix/norms.ts';
import { anyMatrix, exactProduct, exactTranspose, plainMatrix, rationalsOf, rows } from './matrices.ts';

const FORMATS: readonly Arithmetic[] = [FLOAT64, FLOAT32];
const RATIONAL = NORM_NAMES.filter(isRationalNorm);

const exactInner = (A: readonly (readonly Rational[])[], B: readonly (readonly Rational[])[]): Rational =>
  Rational.sum(exactProduct(exactTranspose(A), B).map((row, i) => row[i] ?? Rational.ZERO));

describe.each(NORM_NAMES)('the norm %s', (name: NormName) => {
  it('and its dual are within their error bounds of the enclosures of the definitions', () => {
    fc.assert(
      fc.property(plainMatrix(1, 6), (A) => {
        const exact = rationalsOf(A);
        const [norm, dual] = [toInterval(normEnclosure(name, exact)), toInterval(dualNormEnclosure(name, exact))];
        for (const arithmetic of FORMATS) {
          const bounds = [normErrorBound(A, name, arithmetic.format), dualNormErrorBound(A, name, arithmetic.format)];
          const [value, dualValue] = [matrixNorm(A, name, arithmetic), dualNorm(A, name, arithmetic)];
          expect(norm.lo - (bounds[0] ?? 0)).toBeLessThanOrEqual(value);
          expect(norm.hi + (bounds[0] ?? 0)).toBeGreaterThanOrEqual(value);
          expect(dual.lo - (bounds[1] ?? 0)).toBeLessThanOrEqual(dualValue);
          expect(dual.hi + (bounds[1] ?? 0)).toBeGreaterThanOrEqual(dualValue);
          expect(Math.max(...bounds)).toBeLessThanOrEqual(5000 * arithmetic.unitRoundoff * (norm.hi + dual.hi));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has an oracle that is feasible and attains minus the dual norm', () => {
    fc.assert(
      fc.property(plainMatrix(1, 6), (M) => {
        for (const arithmetic of FORMATS) {
          const Z = linearMinimiser(M, name, 1, arithmetic);
          if (maxAbsolute(M) === 0) {
            expect(maxAbsolute(Z)).toBe(0);
            continue;
          }
          const [size, u] = [Math.max(M.rows, M.columns), arithmetic.unitRoundoff];
          // a stable algorithm: 30 n eps of each factor, and as much again for the spectral defect
          const relative = 200 * size * u;
          expect(Math.abs(matrixNorm(Z, name) - 1)).toBeLessThan(relative);
          const attained = -innerProduct(M, Z) / dualNorm(M, name);
          expect(Math.abs(attained - 1)).toBeLessThan(relative);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is safe at both ends of the range', () => {
    const A = rows([3, -1, 0], [0, 2, 1]);
    const [value, dual] = [matrixNorm(A, name), dualNorm(A, name)];
    for (const e of [2 ** -1040, 2 ** -600, 2 ** 600, 2 ** 1015]) {
      expect(matrixNorm(scale(A, e), name) / e).toBeCloseTo(value, e < 2 ** -1022 ? 6 : 14);
      expect(dualNorm(scale(A, e), name) / e).toBeCloseTo(dual, e < 2 ** -1022 ? 6 : 14);
      const difference = subtract(linearMinimiser(scale(A, e), name, 1), linearMinimiser(A, name, 1));
      expect(maxAbsolute(difference)).toBeLessThan(1e-14);
    }
    expect(normErrorBound(scale(A, 1e30), name, 'float32')).toBeLessThan(1e30);
    expect(normErrorBound(scale(A, 1e39), name, 'float32')).toBe(Number.POSITIVE_INFINITY);
    expect(() => matrixNorm(scale(A, 1e39), name, FLOAT32)).toThrow(/float32/);
  });

  it('of zero and of nothing', () => {
    for (const A of [zeros(2, 3), fromRows([]), fromRows([[], []])]) {
      expect([matrixNorm(A, name), dualNorm(A, name)]).toEqual([0, 0]);
      expect(toRows(linearMinimiser(A, name, 2))).toEqual(toRows(A));
      expect([
        normErrorBound(A, name, 'float32'),
        dualNormErrorBound(A, name, 'float32'),
        lmoErrorBound(A, name, 2, 'float32'),
      ]).toEqual([0, 0, 0]);
    }
    expect(maxAbsolute(linearMinimiser(rows([1, 2]), name, 0))).toBe(0);
    expect(() => linearMinimiser(rows([1]), name, -1)).toThrow(/radius >= 0 and finite, got -1/);
  });

  it('answers every double without a NaN', () => {
    fc.assert(
      fc.property(anyMatrix(5), (A) => {
        const Z = linearMinimiser(A, name, 3);
        expect(Z.data.every((x) => Number.isFinite(x) && !Object.is(x, -0))).toBe(true);
        for (const format of ['float64', 'float32', 'bfloat16'] as const) {
          for (const bound of [
            normErrorBound(scale(A, 2 ** -8), name, format),
            dualNormErrorBound(scale(A, 2 ** -8), name, format),
            lmoErrorBound(A, name, 3, format),
          ])
            expect(bound).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the oracles', () => {
  it('of the entrywise norms are within their error bounds in both formats', () => {
    fc.assert(
      fc.property(plainMatrix(1, 5), fc.constantFrom(...NORM_NAMES), fc.constantFrom(0.5, 1, 3), (M, name, radius) => {
        const reference = linearMinimiser(M, name, radius);
        const bound = lmoErrorBound(M, name, radius, 'float32');
        if (bound === Number.POSITIVE_INFINITY) return;
        const single = linearMinimiser(M, name, radius, FLOAT32);
        expect(maxAbsolute(subtract(single, reference))).toBeLessThanOrEqual(
          bound + lmoErrorBound(M, name, radius, 'float64'),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('break ties as they say', () => {
    const M = rows([2, -2, 0], [0, 0, 0], [-1, 2, 2]);
    expect(toRows(linearMinimiser(M, 'max-entry', 1))).toEqual([
      [-1, 1, 0],
      [0, 0, 0],
      [1, -1, -1],
    ]);
    expect(toRows(linearMinimiser(M, 'entrywise-one', 3))).toEqual([
      [-3, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(toRows(linearMinimiser(M, 'infinity-infinity', 1))).toEqual([
      [-1, 0, 0],
      [0, 0, 0],
      [0, -1, 0],
    ]);
    expect(toRows(linearMinimiser(rows([0, 3], [0, -4]), 'column', 5))).toEqual([
      [0, -3],
      [0, 4],
    ]);
    expect(toRows(linearMinimiser(rows([0, 0], [3, -4]), 'row', 5))).toEqual([
      [0, 0],
      [-3, 4],
    ]);
    expect(toRows(linearMinimiser(rows([5, 0], [0, 0]), 'rms-rms', 1))).toEqual([
      [-1, 0],
      [0, 0],
    ]);
  });

  it('have an error bound that knows which decisions rounding can turn', () => {
    const close = 1 + 2 ** -30;
    expect(lmoErrorBound(rows([1, close]), 'entrywise-one', 1, 'float64')).toBeLessThan(1e-12);
    expect(lmoErrorBound(rows([1, close]), 'entrywise-one', 1, 'float32')).toBeGreaterThanOrEqual(1);
    expect(lmoErrorBound(rows([1, 1 + 2 ** -23]), 'entrywise-one', 1, 'float32')).toBeLessThan(1e-5);
    expect(lmoErrorBound(rows([close, close]), 'entrywise-one', 1, 'float32')).toBeLessThan(1e-5);
    expect(lmoErrorBound(rows([1, 1 + 2 ** -9]), 'entrywise-one', 1, 'bfloat16')).toBeGreaterThanOrEqual(1);
    expect(lmoErrorBound(rows([1, 1 + 2 ** -7]), 'entrywise-one', 1, 'bfloat16')).toBeLessThan(0.1);
    expect(lmoErrorBound(rows([1, 1e-40]), 'max-entry', 1, 'float32')).toBeGreaterThanOrEqual(1);
    expect(lmoErrorBound(rows([1, 1e-30]), 'max-entry', 1, 'float32')).toBeLessThan(1e-5);
    expect(lmoErrorBound(rows([2, 0], [0, 2]), 'nuclear', 1, 'float64')).toBe(Number.POSITIVE_INFINITY);
    expect(lmoErrorBound(rows([3, 0], [0, 2]), 'nuclear', 1, 'float64')).toBeLessThan(1e-12);
  });
});

describe.each(RATIONAL)('the exact form of %s', (name) => {
  const shape = (A: Matrix): string => `${A.rows}x${A.columns}`;

  it('is the definition, and the computed values are within their bounds of it', () => {
    fc.assert(
      fc.property(plainMatrix(1, 5), (A) => {
        const exact = rationalsOf(A);
        expect(exactNorm(exact, name).toString(), shape(A)).toBe(normEnclosure(name, exact).toString());
        expect(exactDualNorm(exact, name).toString(), shape(A)).toBe(dualNormEnclosure(name, exact).toString());
        const norm = around(exactNorm(exact, name), normErrorBound(A, name, 'float64'));
        expect(contains(norm, matrixNorm(A, name))).toBe(true);
      }),
    );
  });

  it('attains the dual norm exactly, at a feasible point', () => {
    fc.assert(
      fc.property(plainMatrix(1, 5), fc.integer({ min: 0, max: 9 }), (A, third) => {
        const [exact, radius] = [rationalsOf(A), Rational.of(third, 3)];
        const Z = exactLinearMinimiser(exact, name, radius);
        expect(exactNorm(Z, name).atMost(radius)).toBe(true);
        expect(exactInner(exact, Z).toString()).toBe(exactDualNorm(exact, name).times(radius).negated().toString());
        const computed = linearMinimiser(A, name, third);
        const whole = exactLinearMinimiser(exact, name, Rational.of(third));
        const distance = whole.flatMap((row, i) =>
          row.map((x, j) => Math.abs(x.minus(Rational.from(computed.data[i * A.columns + j] ?? 0)).toNumber())),
        );
        expect(Math.max(0, ...distance)).toBeLessThanOrEqual(lmoErrorBound(A, name, third, 'float64'));
      }),
    );
  });

  it('of nothing', () => {
    expect([exactNorm([], name), exactDualNorm([[], []], name)].map(String)).toEqual(['0', '0']);
    expect(exactLinearMinimiser([[], []], name, Rational.ONE)).toEqual([[], []]);
    expect(() => exactLinearMinimiser([[Rational.ONE]], name, Rational.of(-1))).toThrow(RangeError);
  });
});

it('a matrix with distinct entries tells all twelve norms apart', () => {
  const A = map(rows([1, -2, 4], [8, 16, -3]), (x) => x);
  const values = NORM_NAMES.map((name) => [matrixNorm(A, name), dualNorm(A, name)].map((x) => x.toPrecision(9)).join());
  expect(new Set(values).size).toBe(12);
});
