import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { FLOAT32, FLOAT64 } from '../../src/kernels/matrix/arithmetic.ts';
import {
  type Coefficients,
  CUBIC,
  coefficientsAt,
  QUINTIC,
  QUINTIC_JORDAN,
  QUINTIC_STABLE,
  QUINTIC_YOU,
  type Schedule,
} from '../../src/kernels/matrix/coefficient-sets.ts';
import { frobeniusNorm } from '../../src/kernels/matrix/euclidean-norm.ts';
import { exactNewtonSchulzStep } from '../../src/kernels/matrix/exact-newton-schulz.ts';
import { type Matrix, map, scale, subtract, toRows, transpose, zeros } from '../../src/kernels/matrix/matrix.ts';
import { frobeniusNormalised, newtonSchulz } from '../../src/kernels/matrix/newton-schulz.ts';
import {
  newtonSchulzErrorBound,
  normalisationError,
  roundingError,
} from '../../src/kernels/matrix/newton-schulz-error.ts';
import { isRepresentable } from '../../src/kernels/matrix/representable.ts';
import { svd } from '../../src/kernels/matrix/svd.ts';
import { type Fixed, fixedDistance, fixedMatrix, fixedNormalised, fixedStep } from './fixed-point.ts';
import { exactDistance, plainMatrix, randomMatrix, rationalsOf, rows } from './matrices.ts';

const SETS: readonly (readonly [string, Schedule])[] = [
  ['cubic', CUBIC],
  ['quintic', QUINTIC],
  ['Jordan', QUINTIC_JORDAN],
  ['stable', QUINTIC_STABLE],
  ['You', QUINTIC_YOU],
];

const iterated = (X: Fixed, schedule: Schedule, steps: number): Fixed =>
  Array.from({ length: steps }, (_, k) => coefficientsAt(schedule, k)).reduce(fixedStep, X);

/** The nearest bfloat16, ties to even. */
function toBfloat16(x: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, x);
  const bits = view.getUint32(0);
  view.setUint32(0, (bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
  return view.getFloat32(0);
}

/** bfloat16 with products accumulated in single precision, as matrix units have it. */
const BFLOAT16 = {
  ...FLOAT32,
  round: toBfloat16,
  multiply: (A: Matrix, B: Matrix) => map(FLOAT32.multiply(A, B), toBfloat16),
  gram: (X: Matrix) => map(FLOAT32.gram(X), toBfloat16),
};

describe.each(SETS)('Newton–Schulz, %s coefficients', (_, schedule) => {
  it('from a normalised matrix is within its error bound of the exact iterate, in both formats', () => {
    fc.assert(
      fc.property(plainMatrix(1, 5), fc.integer({ min: 0, max: 5 }), fc.constantFrom(0, 1e-7), (G, steps, epsilon) => {
        const exact = iterated(fixedNormalised(G, epsilon), schedule, steps);
        const X = frobeniusNormalised(G, epsilon);
        for (const arithmetic of [FLOAT64, FLOAT32]) {
          const computed = newtonSchulz(frobeniusNormalised(G, epsilon, arithmetic), schedule, steps, arithmetic);
          const start = normalisationError(G, X, epsilon, arithmetic.format);
          const bound = newtonSchulzErrorBound(X, schedule, steps, arithmetic.format, start);
          expect(fixedDistance(fixedMatrix(computed), exact)).toBeLessThanOrEqual(bound);
          if (frobeniusNorm(G) > 0) expect(bound).toBeLessThan(1e7 * arithmetic.unitRoundoff);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('from the matrix itself agrees with the rational iterate', () => {
    fc.assert(
      fc.property(plainMatrix(1, 3), fc.integer({ min: 1, max: 2 }), (G, steps) => {
        const A = scale(G, 1 / 8);
        let exact = rationalsOf(A);
        for (let k = 0; k < steps; k++) {
          const [a, b, c] = coefficientsAt(schedule, k);
          exact = exactNewtonSchulzStep(exact, [Rational.from(a), Rational.from(b), Rational.from(c)]);
        }
        for (const arithmetic of [FLOAT64, FLOAT32]) {
          const bound = newtonSchulzErrorBound(
            A,
            schedule,
            steps,
            arithmetic.format,
            roundingError(A, arithmetic.format),
          );
          const computed = newtonSchulz(A, schedule, steps, arithmetic);
          expect(exactDistance(rationalsOf(computed), exact)).toBeLessThanOrEqual(bound);
          expect(computed.data.every((x) => isRepresentable(x, arithmetic.format))).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('commutes with transposition and maps the singular values', () => {
    fc.assert(
      fc.property(plainMatrix(1, 6), (G) => {
        const X = frobeniusNormalised(G, 1e-7);
        const computed = newtonSchulz(X, schedule, 3);
        if (X.rows !== X.columns)
          expect(toRows(newtonSchulz(transpose(X), schedule, 3))).toEqual(toRows(transpose(computed)));
        const bound = newtonSchulzErrorBound(X, schedule, 3, 'float64', 2 ** -50);
        const mapped = svd(X).values.map((s) => [0, 1, 2].reduce((x, k) => value(coefficientsAt(schedule, k), x), s));
        const expected = mapped.map(Math.abs).sort((x, y) => y - x);
        for (const [i, s] of svd(computed).values.entries())
          expect(Math.abs(s - (expected[i] ?? 0))).toBeLessThan(2 * bound);
      }),
      { numRuns: 30 },
    );
  });
});

const value = ([a, b, c]: Coefficients, x: number): number => a * x + b * x ** 3 + c * x ** 5;

describe('the error bound of Newton–Schulz', () => {
  it('holds in bfloat16 and says something there', () => {
    let useful = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const G = randomMatrix(6, 9, seed);
      const X = frobeniusNormalised(G, 0);
      const start = normalisationError(G, X, 0, 'bfloat16');
      const bound = newtonSchulzErrorBound(X, CUBIC, 3, 'bfloat16', start);
      const computed = newtonSchulz(map(X, toBfloat16), CUBIC, 3, BFLOAT16);
      const distance = fixedDistance(fixedMatrix(computed), iterated(fixedNormalised(G, 0), CUBIC, 3));
      expect(distance).toBeLessThanOrEqual(bound);
      if (bound < 1 && distance > 2 ** -10) useful++;
    }
    expect(useful).toBe(20);
  });

  it('is not vacuous: without the sums the bound would be broken', () => {
    const [G, u] = [randomMatrix(24, 24, 5), FLOAT32.unitRoundoff];
    const X = frobeniusNormalised(G, 0);
    const computed = newtonSchulz(frobeniusNormalised(G, 0, FLOAT32), QUINTIC_JORDAN, 5, FLOAT32);
    const distance = fixedDistance(fixedMatrix(computed), iterated(fixedNormalised(G, 0), QUINTIC_JORDAN, 5));
    expect(distance).toBeGreaterThan(5 * u);
    const bound = newtonSchulzErrorBound(X, QUINTIC_JORDAN, 5, 'float32', normalisationError(G, X, 0, 'float32'));
    expect(bound).toBeLessThan(1);
    expect(distance).toBeLessThanOrEqual(bound);
  });

  it('rests on a lemma: an odd polynomial is as Lipschitz on matrices as on numbers', () => {
    fc.assert(
      fc.property(
        plainMatrix(2, 5),
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom(...SETS),
        (G, seed, [, schedule]) => {
          const X = frobeniusNormalised(G, 1);
          const Y = frobeniusNormalised(randomMatrix(X.rows, X.columns, seed), 0);
          const triple = coefficientsAt(schedule, 0);
          const [a, b, c] = triple;
          let steepest = 0;
          for (let x = 0; x <= 1; x += 2 ** -9)
            steepest = Math.max(steepest, Math.abs(a + 3 * b * x * x + 5 * c * x ** 4));
          const difference = subtract(newtonSchulz(X, [triple], 1), newtonSchulz(Y, [triple], 1));
          // the grid misses at most |p''| 2^-10
          const reach = steepest + (6 * Math.abs(b) + 20 * Math.abs(c)) * 2 ** -10;
          expect(frobeniusNorm(difference)).toBeLessThanOrEqual(reach * frobeniusNorm(subtract(X, Y)) + 2 ** -40);
        },
      ),
    );
  });

  it('is Infinity where the iterates leave the format', () => {
    expect(newtonSchulzErrorBound(rows([1e30]), CUBIC, 1, 'float32', 0)).toBe(Number.POSITIVE_INFINITY);
    expect(newtonSchulzErrorBound(rows([1e30]), CUBIC, 1, 'float64', 0)).toBeLessThan(1e90);
    expect(newtonSchulzErrorBound(rows([1]), [[1e300, 0, 0]], 1, 'float32', 0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('normalisation', () => {
  it('is safe at both ends of the range, and 0/0 is 0', () => {
    for (const size of [1e-320, 1e-200, 1, 1e200, 1.5e308]) {
      const X = frobeniusNormalised(scale(rows([1, 0], [0, 1]), size), 0);
      expect(Math.abs((X.data[0] ?? 0) - Math.SQRT1_2)).toBeLessThan(2 ** -50);
    }
    expect(toRows(frobeniusNormalised(zeros(2, 2), 0))).toEqual(toRows(zeros(2, 2)));
    expect(toRows(frobeniusNormalised(zeros(2, 2), 1e-7))).toEqual(toRows(zeros(2, 2)));
    expect(toRows(frobeniusNormalised(rows([1e-310]), 1))).toEqual([[1e-310]]);
    expect(() => frobeniusNormalised(zeros(1, 1), -1)).toThrow(RangeError);
  });
});

describe('Newton–Schulz refuses', () => {
  it('impossible numbers of steps, an empty schedule, overflow', () => {
    expect(() => newtonSchulz(zeros(1, 1), CUBIC, -1)).toThrow(/steps an integer >= 0, got -1/);
    expect(() => newtonSchulz(zeros(1, 1), CUBIC, 0.5)).toThrow(RangeError);
    expect(() => newtonSchulz(zeros(1, 1), [], 1)).toThrow(/at least one triple/);
    expect(() => newtonSchulz(rows([10]), CUBIC, 9)).toThrow(/overflow in step/);
    expect(() => newtonSchulz(rows([1e300]), CUBIC, 0, FLOAT32)).toThrow(/overflow in the input/);
    expect(toRows(newtonSchulz(zeros(2, 0), CUBIC, 3))).toEqual([[], []]);
    expect(toRows(newtonSchulz(zeros(2, 3), QUINTIC, 3))).toEqual(toRows(zeros(2, 3)));
  });
});

describe('coefficient sets', () => {
  it('fix 1 to their order, exactly', () => {
    const sum = ([a, b, c]: Coefficients, weights: readonly [number, number, number]): Rational =>
      Rational.sum([a, b, c].map((x, i) => Rational.from(x).times(Rational.of(weights[i] ?? 0))));
    for (const [[triple], order] of [
      [CUBIC, 2],
      [QUINTIC, 3],
      [QUINTIC_STABLE, 2],
    ] as const) {
      if (triple === undefined) throw new Error('an empty set');
      // p(1) = 1, p'(1) = 0 and for order three p''(1) = 0
      const derivatives = [sum(triple, [1, 1, 1]), sum(triple, [1, 3, 5]), sum(triple, [0, 6, 20])].map(String);
      expect(derivatives.slice(0, 2)).toEqual(['1', '0']);
      expect(derivatives[2] === '0').toBe(order === 3);
    }
  });

  it('repeat the last triple', () => {
    expect(coefficientsAt(QUINTIC_YOU, 99)).toBe(QUINTIC_YOU.at(-1));
    expect(() => coefficientsAt([], 0)).toThrow(RangeError);
  });
});
