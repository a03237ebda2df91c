import fc from 'fast-check';
import { all, create, type FactoryFunctionMap } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { enclosedNumbers } from '../src/kernels/numbers/enclosed-numbers.ts';
import { DOUBLES } from '../src/kernels/numbers/rounded-numbers.ts';
import { adamOperation } from '../src/operations/adam.ts';
import { adamwOperation } from '../src/operations/adamw.ts';
import { cautiousAdamwOperation } from '../src/operations/cautious-adamw.ts';
import { mgupAdamwOperation } from '../src/operations/mgup-adamw.ts';
import { mgupSignAdamwOperation } from '../src/operations/mgup-sign-adamw.ts';
import type { OptimiserOperation } from '../src/operations/optimiser.ts';

type Rows = readonly (readonly number[])[];
type Hyper = Record<string, number | string>;
interface Input {
  parameters: Rows[];
  hyperparameters: Hyper;
  gradients: Rows[][];
}

const math = create(all as FactoryFunctionMap, { number: 'BigNumber', precision: 80 });
const big = (x: number) => math.bignumber(x);
type Big = ReturnType<typeof big>;

/** The definitions once more, in 80 decimal digits and without any of the code under test. */
function straightforward(id: string, { parameters, hyperparameters: h, gradients }: Input): Big[][][] {
  const value = (name: string, otherwise: number): Big => big((h[name] as number | undefined) ?? otherwise);
  const [eta, b1, b2] = [value('learningRate', 0), value('beta1', 0.9), value('beta2', 0.999)];
  const [eps, lambda, tau] = [value('epsilon', 1e-8), value('weightDecay', 0), value('tau', 0.5)];
  const w = parameters.map((rows) => rows.flat().map(big));
  const m = w.map((entries) => entries.map(() => big(0)));
  const v = w.map((entries) => entries.map(() => big(0)));
  return gradients.map((step, index) => {
    const t = index + 1;
    return step.map((rows, layer) => {
      const g = rows.flat().map(big);
      const d = g.length;
      const [W, M, V] = [w[layer] as Big[], m[layer] as Big[], v[layer] as Big[]];
      const u = g.map((x, i) => {
        M[i] = (M[i] as Big).mul(b1).add(x.mul(big(1).sub(b1)));
        V[i] = (V[i] as Big).mul(b2).add(x.mul(x).mul(big(1).sub(b2)));
        const below = (V[i] as Big)
          .div(big(1).sub(b2.pow(t)))
          .sqrt()
          .add(eps);
        return below.isZero() ? big(0) : (M[i] as Big).div(big(1).sub(b1.pow(t))).div(below);
      });
      let phi = g.map(() => big(1));
      const amplify = h.amplify === undefined ? big(1).div(tau) : value('amplify', 0);
      const damp = h.damp === undefined ? tau : value('damp', 0);
      if (id === 'cautious-adamw') {
        const mask = u.map((x, i) => (x.mul(g[i] as Big).gt(0) ? 1 : 0));
        const kept = mask.reduce<number>((a, x) => a + x, 0);
        const mean = big(kept).div(d);
        const scale =
          h.rescale === 'none'
            ? big(1)
            : h.rescale === 'count'
              ? big(d).div(kept + 1)
              : big(1).div(mean.lt(big(1e-3)) ? big(1e-3) : mean);
        phi = mask.map((x) => scale.mul(x));
      }
      if (id === 'mgup-sign-adamw') phi = g.map((x, i) => ((M[i] as Big).mul(x).gt(0) ? amplify : damp));
      if (id === 'mgup-adamw') {
        const score = u.map((x, i) => x.mul(g[i] as Big));
        const order = score.map((_, i) => i).sort((i, j) => (score[j] as Big).cmp(score[i] as Big) || i - j);
        const chosen = new Set(order.slice(0, tau.mul(d).floor().toNumber()));
        phi = g.map((_, i) => (chosen.has(i) ? amplify : damp));
      }
      const decay = id === 'adam' ? big(1) : big(1).sub(eta.mul(lambda));
      for (const [i, x] of u.entries()) W[i] = (W[i] as Big).mul(decay).sub(eta.mul(phi[i] as Big).mul(x));
      return [...W];
    });
  });
}

const all5: readonly OptimiserOperation[] = [
  adamOperation,
  adamwOperation,
  cautiousAdamwOperation,
  mgupAdamwOperation,
  mgupSignAdamwOperation,
];

const flat = (layers: unknown): number[] => (layers as number[]).flat(4);
const furthest = (got: unknown, exact: Big[][][]): number =>
  Math.max(
    ...exact.flat(2).map((x, i) =>
      x
        .sub(big(flat(got)[i] as number))
        .abs()
        .toNumber(),
    ),
  );

const dyadic = (most: number) => fc.integer({ min: -most * 64, max: most * 64 }).map((k) => k / 64);
const shape = fc.record({ rows: fc.integer({ min: 1, max: 3 }), columns: fc.integer({ min: 1, max: 3 }) });
const matrixOf = ({ rows, columns }: { rows: number; columns: number }) =>
  fc.array(fc.array(dyadic(4), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });

const inputs = (id: string): fc.Arbitrary<Input> =>
  fc.tuple(fc.array(shape, { minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 6 })).chain(([shapes, steps]) =>
    fc.record({
      parameters: fc.tuple(...shapes.map(matrixOf)) as fc.Arbitrary<Rows[]>,
      hyperparameters: fc
        .record({
          learningRate: fc.constantFrom(0, 0.01, 0.125, 1),
          beta1: fc.constantFrom(0, 0.5, 0.9),
          beta2: fc.constantFrom(0, 0.99, 0.999),
          epsilon: fc.constantFrom(0, 1e-8, 0.1),
          weightDecay: fc.constantFrom(0, 0.1),
          tau: fc.constantFrom(0.25, 0.5, 0.7),
          rescale: fc.constantFrom('mean', 'count', 'none'),
        })
        .map(({ weightDecay, tau, rescale, ...rest }): Hyper => {
          if (id === 'adam') return rest;
          if (id === 'adamw') return { ...rest, weightDecay };
          return id === 'cautious-adamw' ? { ...rest, weightDecay, rescale } : { ...rest, weightDecay, tau };
        }),
      gradients: fc.array(fc.tuple(...shapes.map(matrixOf)) as fc.Arbitrary<Rows[]>, {
        minLength: steps,
        maxLength: steps,
      }),
    }),
  );

/** A long ordinary sequence: nothing is decided within rounding, so the bounds must be small. */
const ordinary = (steps: number): Input => ({
  parameters: [
    [
      [0.3, -1.1, 0.7],
      [2.5, -0.4, 0.9],
    ],
    [[1.5]],
  ],
  hyperparameters: { learningRate: 0.01 },
  gradients: Array.from({ length: steps }, (_, t) => [
    [0, 1].map((i) => [0, 1, 2].map((j) => Math.round(1000 * Math.sin(1 + 2.3 * t + 0.7 * i + 1.9 * j)) / 1000)),
    [[Math.round(1000 * Math.cos(t)) / 1000]],
  ]),
});

describe.each(all5.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  test('doubles and singles stay within their bounds of 80 digits', () => {
    fc.assert(
      fc.property(inputs(id), (input) => {
        expect(operation.input.safeParse(input).error).toBeUndefined();
        const exact = straightforward(id, input);
        expect(furthest(operation.reference(input).trajectory, exact)).toBeLessThanOrEqual(
          operation.errorBound(input, 'float64') as number,
        );
        expect(furthest(operation.float32?.(input).trajectory, exact)).toBeLessThanOrEqual(
          operation.errorBound(input, 'float32') as number,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('30 ordinary steps: right, and bounded without blowing up', () => {
    const input = ordinary(30);
    const exact = straightforward(id, input);
    const [double, single] = [operation.errorBound(input, 'float64'), operation.errorBound(input, 'float32')];
    expect(furthest(operation.reference(input).trajectory, exact)).toBeLessThanOrEqual(double as number);
    expect(furthest(operation.float32?.(input).trajectory, exact)).toBeLessThanOrEqual(single as number);
    expect(double).toBeLessThan(1e-12);
    expect(single).toBeLessThan(1e-3);
    expect(furthest(operation.float32?.(input).trajectory, exact)).toBeGreaterThan(double as number);
  });

  test('updates are parameters before minus after', () => {
    const input = ordinary(4);
    const { trajectory, updates } = operation.reference(input);
    const before = [input.parameters, ...trajectory.slice(0, -1)];
    const wanted = flat(before).map((x, i) => x - (flat(trajectory)[i] as number));
    expect(flat(updates)).toEqual(wanted);
  });

  test('zero gradients move nothing but the decay, even with epsilon 0', () => {
    const hyperparameters: Hyper = { learningRate: 0.5, epsilon: 0 };
    if (id !== 'adam') hyperparameters.weightDecay = 0.5;
    const input = { parameters: [[[4]]], hyperparameters, gradients: [[[[0]]], [[[0]]]] };
    const kept = id === 'adam' ? 1 : 0.75;
    expect(flat(operation.reference(input).trajectory)).toEqual([4 * kept, 4 * kept ** 2]);
    expect(operation.errorBound(input, 'float64')).toBe(0);
    expect(operation.errorBound(input, 'bfloat16')).toBe(0);
  });

  test('with epsilon 0 a scale of all gradients is not seen', () => {
    const input = ordinary(6);
    const scaled = (factor: number): Input => ({
      ...input,
      hyperparameters: { learningRate: 0.01, epsilon: 0 },
      gradients: input.gradients.map((step) => step.map((rows) => rows.map((row) => row.map((x) => factor * x)))),
    });
    expect(operation.reference(scaled(1024))).toEqual(operation.reference(scaled(1)));
  });

  test('a run can be taken step by step and set to other parameters', () => {
    const input = ordinary(3);
    const all3 = operation.reference(input);
    let run = operation.start(DOUBLES, input.parameters, input.hyperparameters);
    for (const [t, gradient] of input.gradients.entries()) {
      const elsewhere = run.at(input.parameters).step(gradient);
      run = run.step(gradient).run;
      expect(run.parameters.flatMap(({ data }) => data)).toEqual(flat(all3.trajectory[t]));
      // the memory does not depend on the parameters (no decay here), so neither does the move
      const moves = elsewhere.updates.flatMap(({ data }) => data);
      for (const [i, move] of flat(all3.updates[t]).entries()) expect(moves[i]).toBeCloseTo(move, 14);
    }
    expect(() => run.step([[[1]]])).toThrow(TypeError);
    expect(() => run.at([[[1, 2]], [[1]]])).toThrow(TypeError);
  });

  test('says what it does not know', () => {
    expect(() => operation.complete({})).toThrow(/learningRate/);
    expect(() => operation.complete({ learningRate: 1, warmup: 3 })).toThrow(/warmup/);
    expect(() => operation.complete({ learningRate: 1, beta2: 1 })).toThrow(/beta2/);
    expect(operation.hyperparameters.learningRate).toBeNull();
    expect(operation.hyperparameters.beta2).toBe(0.999);
    const wrong = { parameters: [[[1]]], hyperparameters: { learningRate: 1 }, gradients: [[[[1, 2]]]] };
    expect(operation.input.safeParse(wrong).error?.issues[0]?.path).toEqual(['gradients', 0, 0]);
    expect(operation.input.safeParse({ ...wrong, parameters: [[]] }).success).toBe(false);
  });
});

/** Adam in singles as a common framework computes it: lerp, scalars in doubles, corrections folded into step and root. */
function otherwise({ parameters, hyperparameters: h, gradients }: Input, wrong?: 'epsilon inside' | 'no correction') {
  const [f, [eta, b1, b2]] = [
    Math.fround,
    [h.learningRate, h.beta1 ?? 0.9, h.beta2 ?? 0.999] as [number, number, number],
  ];
  const eps = (h.epsilon ?? 1e-8) as number;
  const w = parameters.map((rows) => rows.flat().map(f));
  const [m, v] = [w.map((x) => x.map(() => 0)), w.map((x) => x.map(() => 0))];
  return gradients.map((step, t) =>
    step.map((rows, layer) => {
      const [W, M, V] = [w[layer], m[layer], v[layer]] as [number[], number[], number[]];
      const [c1, c2] = wrong === 'no correction' ? [1, 1] : [1 - b1 ** (t + 1), 1 - b2 ** (t + 1)];
      for (const [i, x] of rows.flat().entries()) {
        const g = f(x);
        M[i] = f((M[i] as number) + f(f(1 - b1) * f(g - (M[i] as number))));
        V[i] = f(f((V[i] as number) * f(b2)) + f(f(1 - b2) * f(g * g)));
        const root = f(f(Math.sqrt(V[i] as number)) / f(Math.sqrt(c2)));
        const below =
          wrong === 'epsilon inside' ? f(Math.sqrt(f(f((V[i] as number) / f(c2)) + f(eps)))) : f(root + f(eps));
        if (below !== 0) W[i] = f((W[i] as number) - f(f(eta / c1) * f((M[i] as number) / below)));
      }
      return [...W];
    }),
  );
}

describe('another implementation of adam in singles', () => {
  test('is admitted, with its own order of operations and 1 - beta2 from doubles', () => {
    fc.assert(
      fc.property(inputs('adam'), (input) => {
        const exact = straightforward('adam', input);
        const bound = adamOperation.errorBound(input, 'float32') as number;
        expect(furthest(otherwise(input), exact)).toBeLessThanOrEqual(bound);
      }),
      { numRuns: 60 },
    );
    const input = ordinary(30);
    const exact = straightforward('adam', input);
    expect(furthest(otherwise(input), exact)).toBeLessThanOrEqual(adamOperation.errorBound(input, 'float32') as number);
  });

  test.each(['epsilon inside', 'no correction'] as const)('is not admitted with %s', (wrong) => {
    const input = { ...ordinary(3), hyperparameters: { learningRate: 0.01, epsilon: 0.001 } };
    const bound = adamOperation.errorBound(input, 'float32') as number;
    expect(furthest(otherwise(input, wrong), straightforward('adam', input))).toBeGreaterThan(3 * bound);
  });

  test('the enclosure of a rounded input holds both the double and the single', () => {
    const { lo, hi } = enclosedNumbers('float32').of(0.999);
    expect([lo, hi]).toEqual([0.999, Math.fround(0.999)].sort((a, b) => a - b));
    const half = enclosedNumbers('bfloat16').of(0.999);
    expect([half.lo, half.hi]).toEqual([0.999, 1]);
  });
});

describe('decisions and defaults', () => {
  const one = (hyperparameters: Hyper, gradients: number[][]): Input => ({
    parameters: [[(gradients[0] as number[]).map(() => 0)]],
    hyperparameters,
    gradients: gradients.map((g) => [[g]]),
  });

  test('d = 1 makes MGUP Adam with the learning rate tau eta', () => {
    const gradients = [[0.3], [-0.7], [0.2]];
    expect(mgupAdamwOperation.reference(one({ learningRate: 0.25 }, gradients)).trajectory).toEqual(
      adamOperation.reference(one({ learningRate: 0.125 }, gradients)).trajectory,
    );
  });

  test('amplify = damp = 1 is AdamW, and all-aligned Cautious is too', () => {
    const gradients = [
      [0.3, -2, 0.5],
      [0.7, -1, 0.1],
    ];
    const wanted = adamwOperation.reference(one({ learningRate: 0.25 }, gradients));
    for (const operation of [mgupAdamwOperation, mgupSignAdamwOperation]) {
      expect(operation.reference(one({ learningRate: 0.25, amplify: 1, damp: 1 }, gradients))).toEqual(wanted);
    }
    expect(cautiousAdamwOperation.reference(one({ learningRate: 0.25 }, gradients))).toEqual(wanted);
  });

  test('equal scores: the lower index first, in every precision without doubt', () => {
    const input = one({ learningRate: 0.25 }, [
      [0.3, -0.3, 0.3, 0.3],
      [0.1, -0.1, 0.1, 0.1],
    ]);
    const [last] = mgupAdamwOperation.reference(input).trajectory.slice(-1);
    const [a, b, c, d] = flat(last) as [number, number, number, number];
    expect(a).toBeCloseTo(-b, 14);
    expect(c).toBe(d);
    expect(a / c).toBeCloseTo(4, 12);
    expect(mgupAdamwOperation.errorBound(input, 'float64')).toBeLessThan(1e-12);
    expect(mgupAdamwOperation.errorBound(input, 'float32')).toBeLessThan(1e-3);
  });

  test.each([1, 2, 0.7, 3e-5, 100])('a score does not see the sign of the gradient: %d and its negative tie', (g) => {
    const input = one({ learningRate: 0.25 }, [
      [-g, g],
      [g, -g],
      [g / 2, -g / 2],
    ]);
    for (const [format, most] of [
      ['float64', 1e-11],
      ['float32', 1e-3],
    ] as const) {
      expect(mgupAdamwOperation.errorBound(input, format)).toBeLessThan(most);
    }
  });

  test('scores within rounding of each other leave both orders open', () => {
    // with epsilon 0 the first scores are |g|: 1 and 1 + 2^-50 differ by less than singles can tell
    const close = one({ learningRate: 0.25, epsilon: 0 }, [[1, 1 + 2 ** -50]]);
    expect(mgupAdamwOperation.errorBound(close, 'float32')).toBeGreaterThan(0.25 * 1.4);
    expect(mgupAdamwOperation.errorBound(one({ learningRate: 0.25 }, [[1, 1.5]]), 'float32')).toBeLessThan(1e-3);
  });

  test('a momentum that cancels within rounding leaves the mask open, a zero gradient does not', () => {
    // m = 0.9·0.1·9 - 0.1·8.1 is 0 but for the rounding of 0.9: whether this entry counts rescales the other one by 1 or 2
    const open = one({ learningRate: 0.25 }, [
      [9, 1],
      [-8.1, 1],
    ]);
    expect(cautiousAdamwOperation.errorBound(open, 'float64')).toBeGreaterThan(0.2);
    const zero = one({ learningRate: 0.25 }, [
      [1, 1],
      [0, 1],
    ]);
    expect(cautiousAdamwOperation.errorBound(zero, 'float64')).toBeLessThan(1e-12);
    expect(flat(cautiousAdamwOperation.reference(zero).updates[1])[0]).toBe(0);
  });

  test('floor(tau d) is open where tau d is an integer but for rounding', () => {
    const gradients = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]];
    // 0.7 in doubles is less than 7/10: exactly, K = 6, in floating point it is 7
    expect(mgupAdamwOperation.errorBound(one({ learningRate: 0.25, tau: 0.7 }, gradients), 'float64')).toBeGreaterThan(
      0.1,
    );
    expect(mgupAdamwOperation.errorBound(one({ learningRate: 0.25, tau: 0.5 }, gradients), 'float64')).toBeLessThan(
      1e-13,
    );
  });

  test('amplify and damp come from tau', () => {
    expect(mgupAdamwOperation.complete({ learningRate: 1, tau: 0.25 })).toMatchObject({ amplify: 4, damp: 0.25 });
    expect(mgupAdamwOperation.hyperparameters).toMatchObject({ tau: 0.5, amplify: '1/tau', damp: 'tau' });
    expect(() => mgupAdamwOperation.complete({ learningRate: 1, amplify: 0.1 })).toThrow(/amplify >= damp/);
  });

  test('bfloat16 cannot hold beta2 = 0.999: nothing is guaranteed', () => {
    expect(adamOperation.errorBound(ordinary(2), 'bfloat16')).toBeGreaterThan(1);
  });

  test('overflow is said, not returned', () => {
    const input = one({ learningRate: 1e308, epsilon: 0 }, [[1], [1], [1]]);
    expect(() => adamOperation.reference(input)).toThrow(/overflow/);
    expect(adamOperation.errorBound(input, 'float64')).toBe(Number.POSITIVE_INFINITY);
  });
});
