import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOAT32, FLOAT64 } from '../../src/kernels/matrix/arithmetic.ts';
import { type Coefficients, CUBIC, POLAR_EXPRESS, QUINTIC } from '../../src/kernels/matrix/coefficient-sets.ts';
import { coupledNewtonSchulz } from '../../src/kernels/matrix/coupled-newton-schulz.ts';
import { frobeniusNorm } from '../../src/kernels/matrix/euclidean-norm.ts';
import { add, identity, type Matrix, scale, subtract, transpose, zeros } from '../../src/kernels/matrix/matrix.ts';
import { multiply } from '../../src/kernels/matrix/multiply.ts';
import { svd } from '../../src/kernels/matrix/svd.ts';
import { randomMatrix } from './matrices.ts';

/** Q diag(values) Q^T with a random orthogonal Q. */
function symmetric(values: readonly number[], seed: number): (f: (x: number) => number) => Matrix {
  const Q = svd(randomMatrix(values.length, values.length, seed)).left;
  return (f) => {
    const scaled = { ...Q, data: Q.data.map((x, k) => x * f(values[k % values.length] ?? 0)) };
    return multiply(scaled, transpose(Q));
  };
}

const relative = (A: Matrix, B: Matrix) => frobeniusNorm(subtract(A, B)) / frobeniusNorm(B);

/** [[0, A], [B, 0]] and one step on it. */
function dilated(A: Matrix, B: Matrix): Matrix {
  const n = A.rows;
  const X = zeros(2 * n, 2 * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      X.data[i * 2 * n + n + j] = A.data[i * n + j] ?? 0;
      X.data[(n + i) * 2 * n + j] = B.data[i * n + j] ?? 0;
    }
  }
  return X;
}

function signStep(X: Matrix, [a, b, c]: Coefficients): Matrix {
  const square = multiply(X, X);
  const cube = multiply(X, square);
  return add(scale(X, a), add(scale(cube, b), scale(multiply(cube, square), c)));
}

describe('the coupled Newton–Schulz iteration', () => {
  it('finds the root and its inverse to what the condition number leaves', () => {
    for (const [schedule, steps] of [
      [CUBIC, 24],
      [QUINTIC, 14],
      [POLAR_EXPRESS, 12],
    ] as const) {
      const of = symmetric([1, 0.3, 0.02, 1e-3], 3);
      const { upper, lower } = coupledNewtonSchulz(
        of((x) => x),
        identity(4),
        schedule,
        steps,
      );
      // a root is sensitive by half the square root of the condition number
      const tolerance = 64 * Math.sqrt(1e3) * FLOAT64.unitRoundoff * 4;
      expect(relative(upper, of(Math.sqrt))).toBeLessThan(tolerance);
      expect(
        relative(
          lower,
          of((x) => 1 / Math.sqrt(x)),
        ),
      ).toBeLessThan(tolerance);
    }
  });

  it('works in single precision', () => {
    const of = symmetric([1, 0.5, 0.1], 5);
    const { lower } = coupledNewtonSchulz(
      of((x) => x),
      identity(3),
      QUINTIC,
      10,
      FLOAT32,
    );
    const error = relative(
      lower,
      of((x) => 1 / Math.sqrt(x)),
    );
    expect(error).toBeLessThan(64 * Math.sqrt(10) * FLOAT32.unitRoundoff * 3);
    expect(error).toBeGreaterThan(FLOAT64.unitRoundoff * 1000);
  });

  it('is the sign iteration on the doubled matrix', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(CUBIC, QUINTIC), (seed, schedule) => {
        const [A, B] = [scale(randomMatrix(3, 3, seed), 0.2), scale(randomMatrix(3, 3, seed + 1000), 0.2)];
        const { upper, lower } = coupledNewtonSchulz(A, B, schedule, 1);
        const doubled = signStep(dilated(A, B), schedule[0] ?? [0, 0, 0]);
        expect(relative(dilated(upper, lower), doubled)).toBeLessThan(1000 * FLOAT64.unitRoundoff);
      }),
      { numRuns: 30 },
    );
  });

  it('overflows on a singular matrix when it goes on for long', () => {
    const V = { ...zeros(2, 2), data: Float64Array.of(1, 0, 0, 0) };
    const grown = coupledNewtonSchulz(V, identity(2), QUINTIC, 10).lower.data[3];
    expect(grown).toBeCloseTo((15 / 8) ** 10, 9);
    expect(() => coupledNewtonSchulz(V, identity(2), QUINTIC, 2000)).toThrow(/finite iterates, got overflow/);
  });

  it('needs H on the side where ZY has it: on the other one rounding grows', () => {
    const of = symmetric([1, 0.3, 0.02, 1e-3], 3);
    const V = of((x) => x);
    const steps = 24;
    let [Y, Z] = [V, identity(4)];
    for (let k = 0; k < steps; k++) {
      const H = subtract(scale(identity(4), 3 / 2), scale(multiply(Z, Y), 1 / 2));
      [Y, Z] = [multiply(Y, H), multiply(Z, H)];
    }
    const root = of(Math.sqrt);
    const ours = relative(coupledNewtonSchulz(V, identity(4), CUBIC, steps).upper, root);
    expect(relative(Y, root)).toBeGreaterThan(1e6 * ours);
  });

  it('names what it refuses', () => {
    expect(() => coupledNewtonSchulz(zeros(2, 3), identity(2), CUBIC, 1)).toThrow(TypeError);
    expect(() => coupledNewtonSchulz(identity(2), identity(3), CUBIC, 1)).toThrow(/2x2 and 3x3/);
    expect(() => coupledNewtonSchulz(identity(2), identity(2), CUBIC, -1)).toThrow(RangeError);
    expect(coupledNewtonSchulz(identity(2), identity(2), CUBIC, 0).upper).toEqual(identity(2));
  });
});
