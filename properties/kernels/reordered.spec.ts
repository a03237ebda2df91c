import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { enclosedNumbers } from '../../src/kernels/numbers/enclosed-numbers.ts';
import type { Grid } from '../../src/kernels/numbers/numbers.ts';
import { averaged } from '../../src/methods/averaged.ts';
import { inverseRootOperation } from '../../src/operations/inverse-root.ts';
import { lionOperation } from '../../src/operations/lion.ts';
import { sgdMomentumOperation } from '../../src/operations/sgd-momentum.ts';
import { stepJudge } from '../../src/operations/verdict/step-judge.ts';

const f = Math.fround;
const one = <T>(x: T): Grid<T> => ({ rows: 1, columns: 1, data: [x] });
/** Few digits, so that much is exact, at very different scales, so that other orders round. */
const single = fc
  .tuple(fc.integer({ min: -255, max: 255 }), fc.integer({ min: -20, max: 20 }))
  .map(([mantissa, exponent]) => f(mantissa * 2 ** exponent));
const weight = fc.constantFrom(0, 0.5, 0.75, 0.9, 0.99);

/** The average of M and X as a format admits it. */
function admitted(beta: number, m: number, x: number) {
  const numbers = enclosedNumbers('float32');
  const [interval] = averaged(numbers, beta, one(numbers.of(m)), one(numbers.of(x))).data;
  return interval ?? { lo: Number.NaN, hi: Number.NaN };
}

describe('averages', () => {
  test('the increment is admitted, as torch.lerp and Keras write it', () => {
    fc.assert(
      fc.property(single, single, weight, (m, x, beta) => {
        const w = f(1 - beta);
        const { lo, hi } = admitted(beta, m, x);
        const keras = f(m + f(f(x - m) * w));
        // torch takes the nearer end as its base
        const lerp = w < 0.5 ? keras : f(x - f(f(x - m) * f(1 - w)));
        for (const value of [keras, lerp]) {
          expect(lo).toBeLessThanOrEqual(value);
          expect(hi).toBeGreaterThanOrEqual(value);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('stay points where no order rounds', () => {
    expect(admitted(0.5, 3, 5)).toEqual({ lo: 4, hi: 4 });
    expect(admitted(0.5, 3, -3)).toEqual({ lo: 0, hi: 0 });
    expect(admitted(0.9, 0, 0)).toEqual({ lo: 0, hi: 0 });
    // 2^30 + 1 has too many digits for x - m
    const { lo, hi } = admitted(0.5, 2 ** 30, -2);
    expect(lo).toBeLessThan(hi);
  });
});

type Step = (w: number, g: number) => number;

/** How far a step from w with gradient g is from what is admitted at float32. */
function distance(
  start: typeof lionOperation.start,
  hyperparameters: object,
  step: Step,
  w: number,
  g: number,
): number {
  const judge = stepJudge(start, { parameters: [[[w]]], hyperparameters }, 'float32');
  return judge.step([[[g]]]).furthest([[[step(w, g)]]]).distance;
}

describe('steps', () => {
  // 1 - eta lambda is 0, so our own order has nothing to round
  const decayed = { learningRate: 1, weightDecay: 1, beta1: 0.5, beta2: 0.5 };

  test('decay may be added to the direction, as optax does', () => {
    fc.assert(
      fc.property(single, single, (w, g) => {
        const together: Step = (x, y) => f(x - f(Math.sign(y) + x));
        const summed: Step = (x, y) => f(f(x - x) - Math.sign(y));
        expect(distance(lionOperation.start, decayed, together, w, g)).toBeLessThanOrEqual(1);
        expect(distance(lionOperation.start, decayed, summed, w, g)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
    // but not left out
    expect(distance(lionOperation.start, decayed, (w, g) => f(w - Math.sign(g)), 3, 1)).toBeGreaterThan(1e3);
  });

  test('the momentum may be subtracted before the gradient', () => {
    const nesterov = { learningRate: 1, momentum: 0.5, nesterov: true };
    // B = g at the first step
    const oneByOne: Step = (x, y) => f(f(x - f(0.5 * y)) - y);
    // here w - 1.5 g is a single, and w - 0.5 g is none
    const [w, g] = [-91 * 2 ** -16, f(-0.00032049103174358606)];
    expect(f(w - 1.5 * g)).toBe(w - 1.5 * g);
    expect(distance(sgdMomentumOperation.start, nesterov, oneByOne, w, g)).toBeLessThanOrEqual(1);
    fc.assert(
      fc.property(single, single, (w, g) => {
        expect(distance(sgdMomentumOperation.start, nesterov, oneByOne, w, g)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('inverse roots', () => {
  it('guarantee nothing where the damping is lost in the rounding of V + damping I', () => {
    const singular = {
      matrix: [
        [1, 1],
        [1, 1],
      ],
      root: 4,
      damping: 1e-3,
    } as const;
    expect(inverseRootOperation.errorBound(singular, 'bfloat16')).toBe(Number.POSITIVE_INFINITY);
    expect(inverseRootOperation.errorBound(singular, 'float32')).toBeLessThan(1);
    expect(inverseRootOperation.errorBound({ ...singular, damping: 1e-13 }, 'float32')).toBe(Number.POSITIVE_INFINITY);
  });
});
