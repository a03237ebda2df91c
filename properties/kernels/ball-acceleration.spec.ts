import { describe, expect, it } from 'vitest';
import { ballAcceleration } from '../../src/methods/ball-acceleration.ts';
import { ballAccelerationOperation } from '../../src/operations/ball-acceleration.ts';
import { broxOperation } from '../../src/operations/brox.ts';
import { Declined } from '../../src/operations/operation.ts';

const absolute = { kind: 'absolute' as const };
const huber = { kind: 'huber' as const, delta: 0.5 };
const options = { radius: 1, alpha: 2, maximumCalls: 100 };

describe('ball-acceleration', () => {
  it('takes the brox step first, with its error bound', () => {
    const input = { function: huber, point: [3, -2], radius: 1 };
    const { points, values, oracleCalls, optimalAfter } = ballAccelerationOperation.reference({
      ...input,
      alpha: 2,
      maximumCalls: 1,
    });
    const step = broxOperation.reference(input);
    expect(points).toEqual([input.point, step.point]);
    expect(values[1]).toBe(step.value);
    expect([oracleCalls, optimalAfter]).toEqual([1, null]);
    expect(ballAccelerationOperation.errorBound({ ...input, alpha: 2, maximumCalls: 1 }, 'float64')).toBeLessThan(
      1e-12,
    );
  });

  it('guarantees nothing for a run of two balls', () => {
    const input = { function: absolute, point: [10], ...options };
    expect(ballAccelerationOperation.errorBound({ ...input, maximumCalls: 2 }, 'float64')).toBe(Infinity);
  });

  it('ends at a minimiser, and asks nothing where it starts from one', () => {
    const far = ballAccelerationOperation.reference({ function: absolute, point: [100], ...options });
    expect(far.points.at(-1)).toEqual([0]);
    expect(far.optimalAfter).toBe(far.points.length - 1);
    expect(far.oracleCalls).toBe(far.optimalAfter);
    const there = ballAccelerationOperation.reference({ function: absolute, point: [0], ...options });
    expect(there).toEqual({ points: [[0]], values: [0], oracleCalls: 0, optimalAfter: 0 });
  });

  it('needs far fewer balls than |x| / r', () => {
    const { oracleCalls } = ballAccelerationOperation.reference({
      function: absolute,
      point: [1000],
      ...options,
      maximumCalls: 10000,
    });
    expect(oracleCalls).toBeLessThan(500);
  });

  it('follows the recursion by hand for two steps', () => {
    // f = |x| from 10: c = 1, A = 1, v = x = 9, guess 1/2; a' = 1 + sqrt 3, y = 9, c = 1, damping 1/2
    const run = ballAcceleration((y) => ({ point: [(y[0] ?? 0) - 1], multiplier: 1, isOptimal: false }), [10], {
      alpha: 2,
      maximumCalls: 2,
    });
    const weight = 1 + Math.sqrt(3);
    const A = 1 + weight / 2;
    expect(run.points[1]).toEqual([9]);
    expect(run.points[2]?.[0]).toBeCloseTo((0.5 * 9 + 0.5 * (1 + weight) * 8) / A, 12);
    expect(run.optimalAfter).toBeNull();
  });

  it('is exact while one ball is enough', () => {
    const input = { function: absolute, point: ['7/3'], radius: '1/3', alpha: 2 };
    expect(ballAccelerationOperation.exact?.({ ...input, maximumCalls: 1 })).toEqual({
      points: [['7/3'], ['2']],
      values: ['7/3', '2'],
      oracleCalls: 1,
      optimalAfter: null,
    });
    expect(ballAccelerationOperation.exact?.({ ...input, maximumCalls: 2 })).toBeInstanceOf(Declined);
    expect(ballAccelerationOperation.exact?.({ ...input, radius: 3, maximumCalls: 9 })).toEqual({
      points: [['7/3'], ['0']],
      values: ['7/3', '0'],
      oracleCalls: 1,
      optimalAfter: 1,
    });
  });

  it('refuses alpha <= 1', () => {
    expect(() =>
      ballAcceleration(() => ({ point: [0], multiplier: 1, isOptimal: true }), [1], { alpha: 1, maximumCalls: 1 }),
    ).toThrow('ballAcceleration: alpha > 1, got 1');
    expect(
      ballAccelerationOperation.input.safeParse({ function: absolute, point: [1], ...options, alpha: 1 }).success,
    ).toBe(false);
    expect(ballAccelerationOperation.input.safeParse({ function: absolute, point: [1], ...options }).success).toBe(
      true,
    );
  });
});
