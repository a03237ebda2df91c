import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KnownStep, knownStep } from '../../src/instances/broximal/known-step.ts';
import { pythagoreanAr1 } from '../../src/instances/broximal/pythagorean-ar1.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { entryOf, type RationalVector, vectorFrom } from '../../src/kernels/exact/rational-vector.ts';
import { brox, broxOnPath } from '../../src/methods/brox/brox.ts';
import { floatFunction } from '../../src/methods/brox/float-function.ts';
import { stepBound } from '../../src/methods/brox/step-bound.ts';
import { broxOperation } from '../../src/operations/brox.ts';
import { broximalPointOperation } from '../../src/operations/broximal-point.ts';
import { Declined, type FloatFormat } from '../../src/operations/operation.ts';
import {
  type ConvexFunction,
  convertFunction,
  rationalFunction,
} from '../../src/problems/functions/convex-function.ts';
import { exactValue } from '../../src/problems/functions/exact-value.ts';
import { preciseBrox } from './precise-brox.ts';

const KINDS = ['quadratic', 'residual-norm', 'weighted-l1', 'max-norm', 'max-affine', 'huber', 'absolute'] as const;

interface FloatStep {
  readonly function: ConvexFunction<number>;
  readonly point: readonly number[];
  readonly radius: number;
}

/** The doubles nearest to a known step, each moved by `round`. */
function inDoubles(step: KnownStep, round: (x: number) => number = (x) => x): FloatStep {
  const convert = (x: number | string): number => round(Rational.from(x).toNumber());
  return {
    function: convertFunction(step.function, convert),
    point: step.point.map(convert),
    radius: convert(step.radius),
  };
}

const stepsOf = (kind: (typeof KINDS)[number]) =>
  kind === 'absolute' ? knownStep(kind, 1) : fc.integer({ min: 1, max: 3 }).chain((n) => knownStep(kind, n));

const exactly = ({ function: f, point, radius }: FloatStep) =>
  preciseBrox(rationalFunction(f), vectorFrom(point), Rational.from(radius));

const distance = (computed: readonly number[], exact: RationalVector): number =>
  Math.max(...computed.map((v, i) => entryOf(exact, i).minus(Rational.from(v)).absolute().toNumber()));

const boundOf = (input: FloatStep, format: FloatFormat): number =>
  broxOperation.errorBound(input, format) ?? Number.NaN;

describe.each(KINDS)('brox of %s in doubles', (kind) => {
  const numRuns = kind === 'max-affine' ? 8 : 25;

  it('is within its error bound of the exact step, and the bound is small on these', () => {
    const bounds: number[] = [];
    fc.assert(
      fc.property(stepsOf(kind), (known) => {
        const input = inDoubles(known);
        const output = broxOperation.reference(input);
        const exact = exactly(input);
        const bound = boundOf(input, 'float64');
        bounds.push(bound);
        expect(distance(output.point, exact.point)).toBeLessThanOrEqual(bound);
        const value = exactValue(rationalFunction(input.function), exact.point);
        if (value !== undefined) expect(distance([output.value], [value])).toBeLessThanOrEqual(bound);
        if (kind !== 'residual-norm') {
          expect(distance([output.multiplier], [exact.parameter])).toBeLessThanOrEqual(bound);
        }
      }),
      { seed: 7, numRuns },
    );
    bounds.sort((a, b) => a - b);
    expect(bounds[Math.floor(bounds.length / 2)]).toBeLessThan(1e-9);
  });

  it('has a bound for single precision that covers inputs rounded to it', () => {
    fc.assert(
      fc.property(stepsOf(kind), (known) => {
        const [input, rounded] = [inDoubles(known), inDoubles(known, Math.fround)];
        const bound = boundOf(input, 'float32');
        const [exact, perturbed] = [exactly(input), exactly(rounded)];
        const moved = perturbed.point.map((v) => v.toNumber());
        expect(distance(moved, exact.point)).toBeLessThanOrEqual(bound);
      }),
      { seed: 8, numRuns: 6 },
    );
  });

  it('makes no point of the ball better than the step', () => {
    fc.assert(
      fc.property(
        stepsOf(kind),
        fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 3, maxLength: 3 }),
        (known, raw) => {
          const input = inDoubles(known);
          const output = broxOperation.reference(input);
          const direction = input.point.map((_, i) => raw[i] ?? 0);
          const scale = input.radius / Math.max(1, Math.hypot(...direction)) / (1 + 2 ** -40);
          const other = input.point.map((v, i) => v + scale * (direction[i] ?? 0));
          const f = rationalFunction(input.function);
          const value = exactValue(f, vectorFrom(other))?.toNumber();
          if (value !== undefined) expect(output.value - boundOf(input, 'float64')).toBeLessThanOrEqual(value);
        },
      ),
      { seed: 9, numRuns },
    );
  });
});

describe('runs of the broximal point method', () => {
  const functions: readonly ConvexFunction<number>[] = [
    {
      kind: 'quadratic',
      matrix: [
        [2, 1],
        [1, 3],
      ],
      vector: [1, 1],
    },
    {
      kind: 'quadratic',
      matrix: [
        [1, 1],
        [1, 1],
      ],
      vector: [1, 1],
    },
    { kind: 'weighted-l1', weights: [1, 0.25] },
    { kind: 'max-norm' },
    {
      kind: 'max-affine',
      slopes: [
        [1, 0.5],
        [-1, 0.25],
        [0, -1],
      ],
      offsets: [0, 0, 0],
    },
    { kind: 'huber', delta: 1.5 },
    {
      kind: 'residual-norm',
      matrix: [
        [1, 2],
        [3, 4],
      ],
      vector: [1, 2],
    },
  ];

  it.each(functions)('stay within the bound of the exact run: $kind', (f) => {
    const input = { function: f, point: [3, 4.5], radii: [1, 0.75, 1, 0.5, 1] };
    const run = broximalPointOperation.reference(input);
    const bound = broximalPointOperation.errorBound(input, 'float64') ?? Number.NaN;
    expect(bound).toBeLessThan(1e-4);
    let x: RationalVector = vectorFrom(input.point);
    for (const [k, t] of input.radii.entries()) {
      // 100 bits a step are far below the bound
      x = preciseBrox(rationalFunction(f), x, Rational.from(t)).point.map((v) => v.roundedDown(120));
      expect(distance(run.points[k + 1] ?? [], x)).toBeLessThanOrEqual(bound);
    }
  });

  it('a single-precision start stays within the bound for single precision', () => {
    for (const f of functions) {
      const input = { function: f, point: [3.1, 4.7], radii: [1, 0.75, 1] };
      const bound = broximalPointOperation.errorBound(input, 'float32') ?? Number.NaN;
      const next = (v: RationalVector, t: number): RationalVector =>
        preciseBrox(rationalFunction(f), v, Rational.from(t)).point.map((w) => w.roundedDown(120));
      let x = vectorFrom(input.point);
      let y = vectorFrom(input.point.map(Math.fround));
      for (const t of input.radii) {
        [x, y] = [next(x, t), next(y, t)];
        const rounded = y.map((v) => v.toNumber());
        expect(distance(rounded, x)).toBeLessThanOrEqual(bound);
      }
    }
  });

  it.each(functions)('a start moved by E moves the step by no more than its bound: $kind', (f) => {
    const prepared = floatFunction(f);
    const [x, t] = [[3, 4.5], 1.25];
    const path = prepared.path(x);
    const step = broxOnPath(prepared, path, t);
    for (const E of [2 ** -20, 0.01, 0.25]) {
      const { distance: most, isDecided } = stepBound(path, step, t, 'float64', E);
      expect(isDecided).toBe(true);
      // a bound of 40 E would be useless here
      expect(most).toBeLessThan(40 * E);
      let worst = 0;
      for (let k = 0; k < 24; k++) {
        const angle = (k * Math.PI) / 12;
        const moved = [3 + E * Math.cos(angle), 4.5 + E * Math.sin(angle)];
        const { point } = brox(prepared, moved, t);
        worst = Math.max(worst, Math.hypot(...point.map((v, i) => v - (step.point[i] ?? 0))));
      }
      expect(worst).toBeLessThanOrEqual(most);
      expect(worst).toBeGreaterThan(E / 8);
    }
  });
});

describe('edges', () => {
  const step = (f: ConvexFunction<number>, point: readonly number[], radius: number) =>
    broxOperation.reference({ function: f, point, radius });

  it('a minimiser stays, whatever the radius', () => {
    expect(step({ kind: 'weighted-l1', weights: [1, 0] }, [0, 4], 5)).toEqual({
      point: [0, 4],
      value: 0,
      multiplier: 0,
    });
    expect(step({ kind: 'max-norm' }, [0, 0], 1e-3).point).toEqual([0, 0]);
    expect(step({ kind: 'quadratic', matrix: [[0]], vector: [0] }, [7], 2).point).toEqual([7]);
  });

  it('a radius that just reaches the minimisers is decided exactly', () => {
    expect(step({ kind: 'weighted-l1', weights: [1, 1] }, [3, 4], 5).multiplier).toBe(0);
    expect(step({ kind: 'max-norm' }, [3, 4], 5 - 2 ** -50).multiplier).toBeGreaterThan(0);
    expect(step({ kind: 'absolute' }, [2], 2)).toEqual({ point: [0], value: 0, multiplier: 0 });
    expect(step({ kind: 'max-affine', slopes: [[1], [-1]], offsets: [0, 0] }, [2], 2).point).toEqual([0]);
  });

  it('a singular quadratic stops at its minimisers, or runs on where it has none', () => {
    const flat = [
      [1, 1],
      [1, 1],
    ];
    const there = step({ kind: 'quadratic', matrix: flat, vector: [1, 1] }, [3, 4], 8);
    expect(there.multiplier).toBe(0);
    expect(there.point[0]).toBeCloseTo(0, 12);
    const away = step({ kind: 'quadratic', matrix: flat, vector: [1, 0] }, [3, 4], 8);
    expect(away.multiplier).toBeGreaterThan(0);
    expect(Math.hypot((away.point[0] ?? 0) - 3, (away.point[1] ?? 0) - 4)).toBeCloseTo(8, 12);
    const straight = step(
      {
        kind: 'quadratic',
        matrix: [
          [0, 0],
          [0, 0],
        ],
        vector: [3, 4],
      },
      [0, 0],
      5,
    );
    expect(straight.point.map((v) => Math.round(v * 1e12) / 1e12)).toEqual([3, 4]);
  });

  it('one subtraction on the line has no error, and one rounding has one', () => {
    const bound = (point: number, radii: readonly number[]) =>
      broximalPointOperation.errorBound({ function: { kind: 'absolute' }, point: [point], radii }, 'float64');
    expect(bound(3, [1, 1, 1, 1])).toBe(0);
    expect(bound(1, [2 ** -60, 0.25])).toBeGreaterThan(0);
  });

  it('a nearly singular quadratic gets a bound as wide as its conditioning', () => {
    const input = (small: number): FloatStep => ({
      function: {
        kind: 'quadratic',
        matrix: [
          [1, 0],
          [0, small],
        ],
        vector: [1, small],
      },
      point: [3, 1000],
      radius: 50,
    });
    expect(boundOf(input(1), 'float64')).toBeLessThan(1e-6);
    expect(boundOf(input(1e-12), 'float64')).toBeGreaterThan(1e-4);
    expect(distance(broxOperation.reference(input(1e-12)).point, exactly(input(1e-12)).point)).toBeLessThanOrEqual(
      boundOf(input(1e-12), 'float64'),
    );
  });

  it('a bound for a lower precision covers data that it cannot hold', () => {
    const tenths: readonly FloatStep[] = [
      {
        function: {
          kind: 'quadratic',
          matrix: [
            [0.1, 0],
            [0, 0.3],
          ],
          vector: [0.7, 0.9],
        },
        point: [2, -3],
        radius: 1,
      },
      {
        function: {
          kind: 'residual-norm',
          matrix: [
            [0.1, 0.2],
            [0.7, 0.3],
          ],
          vector: [0.7, 0.9],
        },
        point: [2, -3],
        radius: 1,
      },
      { function: { kind: 'weighted-l1', weights: [0.1, 0.3] }, point: [2, -3], radius: 1 },
      { function: { kind: 'huber', delta: 0.7 }, point: [2, -0.5], radius: 1 },
      {
        function: {
          kind: 'max-affine',
          slopes: [
            [0.1, 0.3],
            [-0.7, 0.1],
            [0.3, -0.9],
          ],
          offsets: [0, 0, 0],
        },
        point: [2, -3],
        radius: 1,
      },
    ];
    for (const input of tenths) {
      const rounded = { ...input, function: convertFunction(input.function, Math.fround) };
      const moved = exactly(rounded).point.map((v) => v.toNumber());
      const error = distance(moved, exactly(input).point);
      const prepared = floatFunction(input.function);
      const path = prepared.path(input.point);
      const taken = broxOnPath(prepared, path, input.radius);
      // of the point alone, without the share of value and multiplier
      const within = (format: FloatFormat): number => 2 * stepBound(path, taken, input.radius, format, 0).distance;
      expect(error).toBeGreaterThan(within('float64'));
      expect(error).toBeLessThanOrEqual(within('float32'));
      expect(boundOf(input, 'bfloat16')).toBeGreaterThan(boundOf(input, 'float32'));
    }
  });

  it('a bound covers the half unit in the last place of a datum, where the answer feels it a thousandfold', () => {
    // two nearly equal pieces meet at y_2 = 0.7, and the path runs along the ridge
    const offsets = [731.3, 731.3014, 0];
    const slopes = [
      [1, 0.001],
      [1, -0.001],
      [-1, 0],
    ];
    const input: FloatStep = { function: { kind: 'max-affine', slopes, offsets }, point: [-359.65, 0.7], radius: 1 };
    const nudged = rationalFunction(input.function);
    if (nudged.kind !== 'max-affine') throw new Error('a max-affine function, got another');
    const half = Rational.from(1 + 2 ** -52)
      .plus(Rational.ONE)
      .dividedBy(Rational.of(2));
    const f = { ...nudged, offsets: nudged.offsets.map((b, i) => (i === 0 ? b.times(half) : b)) };
    const moved = preciseBrox(f, vectorFrom(input.point), Rational.ONE).point.map((v) => v.toNumber());
    const error = distance(moved, exactly(input).point);
    const prepared = floatFunction(input.function);
    const path = prepared.path(input.point);
    const most = 2 * stepBound(path, broxOnPath(prepared, path, 1), 1, 'float64', 0).distance;
    expect(error).toBeGreaterThan(100 * 2 ** -53 * 731);
    expect(error).toBeLessThanOrEqual(most);
    // 2 sqrt(e / c) would be near 1e-5
    expect(most).toBeLessThan(1e-7);
  });

  it('a step whose decision rounding could turn has no bound on the multiplier near 0', () => {
    const input: FloatStep = { function: { kind: 'weighted-l1', weights: [1, 1] }, point: [3, 4], radius: 5 };
    // from t = 5 - epsilon the multiplier is 1 / 4
    expect(boundOf(input, 'float64')).toBeGreaterThan(0.25);
    expect(boundOf({ ...input, radius: 5.5 }, 'float64')).toBeLessThan(1e-12);
  });
});

describe('the worst case in rational coordinates', () => {
  const steps = 4;
  // q = 3/5: the chain of unit vectors has rational coordinates
  const worst = pythagoreanAr1(steps, Rational.of(2, 3));

  it('is run exactly, and in doubles within the bound', () => {
    const radii = Array.from({ length: steps + 2 }, () => worst.radius);
    const exact = broximalPointOperation.exact?.({ function: worst.function, point: worst.point, radii });
    if (exact === undefined || exact instanceof Declined) throw new Error('an exact run, got none');
    expect(exact.optimalAfter).toBe(steps + 1);
    const toDouble = (v: number | string): number => Rational.from(v).toNumber();
    const input = {
      function: convertFunction(worst.function, toDouble),
      point: worst.point.map(toDouble),
      radii: radii.map(toDouble),
    };
    const run = broximalPointOperation.reference(input);
    const bound = broximalPointOperation.errorBound(input, 'float64') ?? Number.NaN;
    expect(run.optimalAfter).toBe(steps + 1);
    expect(bound).toBeLessThan(1e-6);
    // the doubles are another function, a rounding away
    for (const [k, x] of exact.points.entries()) {
      expect(distance(run.points[k] ?? [], vectorFrom(x))).toBeLessThanOrEqual(2 * bound);
    }
  });
});
