import fc from 'fast-check';
import { all, create, type FactoryFunctionMap } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { enclosedNumbers } from '../src/kernels/numbers/enclosed-numbers.ts';
import { gridOf } from '../src/kernels/numbers/grid.ts';
import { DOUBLES } from '../src/kernels/numbers/rounded-numbers.ts';
import { gridNorm } from '../src/methods/grid-norm.ts';
import { signs } from '../src/methods/signs.ts';
import { cautiousLionOperation } from '../src/operations/cautious-lion.ts';
import { lionOperation } from '../src/operations/lion.ts';
import { mgupLionOperation } from '../src/operations/mgup-lion.ts';
import { mgupMuonOperation } from '../src/operations/mgup-muon.ts';
import { muonOperation } from '../src/operations/muon.ts';
import { normalizedSgdOperation } from '../src/operations/normalized-sgd.ts';
import type { OptimiserOperation } from '../src/operations/optimiser.ts';
import { signumOperation } from '../src/operations/signum.ts';

type Rows = readonly (readonly number[])[];
type Hyper = Record<string, number | string | boolean | Rows>;
interface Input {
  parameters: Rows[];
  hyperparameters: Hyper;
  gradients: Rows[][];
}

const math = create(all as FactoryFunctionMap, { number: 'BigNumber', precision: 80 });
const big = (x: number) => math.bignumber(x);
type Big = ReturnType<typeof big>;

const sign = (x: Big): Big => big(x.isZero() ? 0 : x.gt(0) ? 1 : -1);
const sum = (terms: readonly Big[]): Big => terms.reduce((a, b) => a.add(b), big(0));
const euclidean = (x: readonly Big[]): Big => sum(x.map((y) => y.mul(y))).sqrt();

const product = (A: Big[][], B: Big[][]): Big[][] =>
  A.map((row) => (B[0] ?? []).map((_, j) => sum(row.map((a, k) => a.mul(B[k]?.[j] as Big)))));
const transposed = (A: Big[][]): Big[][] => (A[0] ?? []).map((_, j) => A.map((row) => row[j] as Big));

/** Five steps of Muon's map from N / (||N||_F + 1e-7), times max(1, rows / columns)^1/2: the defaults of Muon. */
function orthogonalised(N: readonly Big[], rows: number): Big[] {
  const columns = N.length / rows;
  const size = euclidean(N).add(big(1e-7));
  let X = Array.from({ length: rows }, (_, i) => N.slice(i * columns, (i + 1) * columns).map((x) => x.div(size)));
  for (let k = 0; k < 5; k += 1) {
    const A = product(X, transposed(X));
    const [AX, AAX] = [product(A, X), product(A, product(A, X))];
    X = X.map((row, i) =>
      row.map((x, j) =>
        x
          .mul(big(3.4445))
          .add(((AX[i] as Big[])[j] as Big).mul(big(-4.775)))
          .add(((AAX[i] as Big[])[j] as Big).mul(big(2.0315))),
      ),
    );
  }
  const scale = big(Math.max(1, rows / columns)).sqrt();
  return X.flat().map((x) => x.mul(scale));
}

/** The factors of the K = floor(tau d) largest scores, ties by index, and of the others. */
function ranked(scores: readonly Big[], tau: Big): Big[] {
  const order = scores.map((_, i) => i).sort((i, j) => (scores[j] as Big).cmp(scores[i] as Big) || i - j);
  const chosen = new Set(order.slice(0, tau.mul(scores.length).floor().toNumber()));
  return scores.map((_, i) => (chosen.has(i) ? big(1).div(tau) : tau));
}

function cautioned(u: readonly Big[], g: readonly Big[], rescale: unknown): Big[] {
  const mask = u.map((x, i) => (x.mul(g[i] as Big).gt(0) ? 1 : 0));
  const kept = mask.reduce<number>((a, x) => a + x, 0);
  const mean = big(kept).div(u.length);
  const factor = {
    none: big(1),
    count: big(u.length).div(kept + 1),
    mean: big(1).div(mean.lt(big(1e-3)) ? big(1e-3) : mean),
  }[(rescale ?? 'mean') as 'none' | 'count' | 'mean'];
  return mask.map((x) => factor.mul(x));
}

/** The definitions once more, in 80 decimal digits and without any of the code under test. */
function straightforward(id: string, { parameters, hyperparameters: h, gradients }: Input): Big[][][] {
  const value = (name: string, otherwise: number): Big => big((h[name] as number | undefined) ?? otherwise);
  const [eta, lambda, tau] = [value('learningRate', 0), value('weightDecay', 0), value('tau', 0.5)];
  const [b1, b2] = [value('beta1', 0.9), value('beta2', 0.99)];
  const beta = value('momentum', id === 'mgup-muon' ? 0.95 : 0.9);
  const w = parameters.map((rows) => rows.flat().map(big));
  const m = w.map((entries) => entries.map(() => big(0)));
  const averaged = (kept: Big, M: readonly Big[], g: readonly Big[]) =>
    M.map((x, i) => x.mul(kept).add((g[i] as Big).mul(big(1).sub(kept))));
  return gradients.map((step) =>
    step.map((rows, layer) => {
      const g = rows.flat().map(big);
      const [W, M] = [w[layer] as Big[], m[layer] as Big[]];
      let u: Big[];
      if (id === 'mgup-muon') {
        const B = M.map((x, i) => x.mul(beta).add(g[i] as Big));
        m[layer] = B;
        const N = h.nesterov === false ? B : B.map((x, i) => x.mul(beta).add(g[i] as Big));
        const phi = ranked(
          B.map((x, i) => x.mul(g[i] as Big)),
          tau,
        );
        u = orthogonalised(N, rows.length).map((x, i) => x.mul(phi[i] as Big));
      } else if (id === 'signum' || id === 'normalized-sgd') {
        const mean = averaged(beta, M, g);
        m[layer] = mean;
        const norm = euclidean(mean);
        u = mean.map((x) => (id === 'signum' ? sign(x) : norm.isZero() ? big(0) : x.div(norm)));
      } else {
        const c = averaged(b1, M, g).map(sign);
        m[layer] = averaged(b2, M, g);
        const scores = c.map((x, i) => x.mul(g[i] as Big));
        const phi =
          id === 'mgup-lion' ? ranked(scores, tau) : id === 'lion' ? c.map(() => big(1)) : cautioned(c, g, h.rescale);
        u = c.map((x, i) => x.mul(phi[i] as Big));
      }
      for (const [i, x] of u.entries()) W[i] = (W[i] as Big).mul(big(1).sub(eta.mul(lambda))).sub(eta.mul(x));
      return [...W];
    }),
  );
}

const OPERATIONS: readonly OptimiserOperation[] = [
  normalizedSgdOperation,
  signumOperation,
  lionOperation,
  cautiousLionOperation,
  mgupLionOperation,
  mgupMuonOperation,
];

const hasDecay = (id: string): boolean => id !== 'signum' && id !== 'normalized-sgd';

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

const hyperparametersOf = (id: string): fc.Arbitrary<Hyper> =>
  fc
    .record({
      learningRate: fc.constantFrom(0, 0.01, 0.125, 1),
      momentum: fc.constantFrom(0, 0.5, 0.9),
      betas: fc.constantFrom([0, 0.5], [0.9, 0.99], [0.5, 0.75]),
      weightDecay: fc.constantFrom(0, 0.1),
      tau: fc.constantFrom(0.25, 0.5, 0.7),
      rescale: fc.constantFrom('mean', 'count', 'none'),
      nesterov: fc.boolean(),
    })
    .map(({ learningRate, momentum, betas: [beta1 = 0, beta2 = 0], weightDecay, tau, rescale, nesterov }) => ({
      learningRate,
      ...(id.endsWith('lion') ? { beta1, beta2 } : { momentum }),
      ...(hasDecay(id) ? { weightDecay } : {}),
      ...(id.startsWith('mgup') ? { tau } : {}),
      ...(id === 'cautious-lion' ? { rescale } : {}),
      ...(id === 'mgup-muon' ? { nesterov } : {}),
    }));

const inputs = (id: string): fc.Arbitrary<Input> =>
  fc.tuple(fc.array(shape, { minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 6 })).chain(([shapes, steps]) =>
    fc.record({
      parameters: fc.tuple(...shapes.map(matrixOf)) as fc.Arbitrary<Rows[]>,
      hyperparameters: hyperparametersOf(id),
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

const one = (hyperparameters: Hyper, gradients: number[][]): Input => ({
  parameters: [[(gradients[0] as number[]).map(() => 0)]],
  hyperparameters,
  gradients: gradients.map((g) => [[g]]),
});

describe.each(OPERATIONS.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
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
      { numRuns: id === 'mgup-muon' ? 20 : 40 },
    );
  });

  test('30 ordinary steps: right, and bounded without blowing up', () => {
    // the Newton–Schulz bound of the momentum widens with what it remembers, so fewer steps there
    const input = ordinary(id === 'mgup-muon' ? 6 : 30);
    const exact = straightforward(id, input);
    const [double, single] = [operation.errorBound(input, 'float64'), operation.errorBound(input, 'float32')];
    expect(furthest(operation.reference(input).trajectory, exact)).toBeLessThanOrEqual(double as number);
    expect(furthest(operation.float32?.(input).trajectory, exact)).toBeLessThanOrEqual(single as number);
    expect(double).toBeLessThan(id === 'mgup-muon' ? 1e-8 : 1e-12);
    expect(furthest(operation.float32?.(input).trajectory, exact)).toBeGreaterThan(double as number);
  });

  test('zero gradients move nothing but the decay', () => {
    const hyperparameters: Hyper = { learningRate: 0.5, ...(hasDecay(id) ? { weightDecay: 0.5 } : {}) };
    const input = { parameters: [[[4]]], hyperparameters, gradients: [[[[0]]], [[[0]]]] };
    const kept = hasDecay(id) ? 0.75 : 1;
    expect(flat(operation.reference(input).trajectory)).toEqual([4 * kept, 4 * kept ** 2]);
    expect(operation.errorBound(input, 'float64')).toBe(0);
    expect(operation.errorBound(input, 'bfloat16')).toBe(0);
  });

  test('a scale of all gradients is not seen', () => {
    // Muon sees it through its epsilon
    const base: Hyper = { learningRate: 0.01, ...(id === 'mgup-muon' ? { epsilon: 0 } : {}) };
    const scaled = (factor: number): Input => ({
      ...ordinary(6),
      hyperparameters: base,
      gradients: ordinary(6).gradients.map((step) => step.map((rows) => rows.map((row) => row.map((x) => factor * x)))),
    });
    expect(operation.reference(scaled(2 ** 10))).toEqual(operation.reference(scaled(1)));
  });

  test('says what it does not know', () => {
    expect(() => operation.complete({})).toThrow(/learningRate/);
    expect(() => operation.complete({ learningRate: 1, warmup: 3 })).toThrow(/warmup/);
    expect(operation.hyperparameters.learningRate).toBeNull();
  });
});

describe('signs', () => {
  test('of doubles, of intervals, and of what may be 0', () => {
    expect(signs(DOUBLES, gridOf([[3, -2, 0, -0, 5e-324]])).data).toEqual([1, -1, 0, 0, 1]);
    const intervals = gridOf([
      [
        { lo: 1, hi: 2 },
        { lo: -2, hi: -1 },
        { lo: 0, hi: 0 },
        { lo: -1, hi: 1 },
        { lo: 0, hi: 1 },
        { lo: -1, hi: 0 },
      ],
    ]);
    expect(signs(enclosedNumbers('float32'), intervals).data).toEqual([
      { lo: 1, hi: 1 },
      { lo: -1, hi: -1 },
      { lo: 0, hi: 0 },
      { lo: -1, hi: 1 },
      { lo: 0, hi: 1 },
      { lo: -1, hi: 0 },
    ]);
  });

  test('a momentum that cancels within rounding leaves the sign open, an exact zero does not', () => {
    // 0.9 · 0.1 · 9 - 0.1 · 8.1 is 0 but for the rounding of 0.9
    const open = signumOperation.errorBound(one({ learningRate: 1 }, [[9], [-8.1]]), 'float64');
    expect(open).toBeGreaterThanOrEqual(1);
    const zero = one({ learningRate: 1, momentum: 0.5 }, [[2], [-1]]);
    expect(signumOperation.reference(zero).updates).toEqual([[[[1]]], [[[0]]]]);
    expect(signumOperation.errorBound(zero, 'float32')).toBe(0);
  });
});

describe('the norm of normalized SGD', () => {
  test('is one exactly where it can be, and safe where squares overflow', () => {
    const known = one({ learningRate: 5, momentum: 0 }, [[3, -4]]);
    expect(flat(normalizedSgdOperation.reference(known).updates)).toEqual([3, -4]);
    for (const size of [2 ** -600, 2 ** 600]) {
      const far = one({ learningRate: 5, momentum: 0 }, [[3 * size, -4 * size]]);
      expect(flat(normalizedSgdOperation.reference(far).updates)).toEqual([3, -4]);
      expect(normalizedSgdOperation.errorBound(far, 'float64')).toBeLessThan(1e-13);
    }
  });

  test('an enclosure in singles holds the plain sum of squares in any order', () => {
    fc.assert(
      fc.property(fc.array(dyadic(4), { minLength: 1, maxLength: 40 }), (entries) => {
        const x = entries.map((e) => Math.fround(e / 3));
        const { lo, hi } = gridNorm(enclosedNumbers('float32'), gridOf([x.map((value) => ({ lo: value, hi: value }))]));
        for (const order of [x, [...x].reverse(), [...x].sort((a, b) => Math.abs(a) - Math.abs(b))]) {
          const plain = Math.fround(Math.sqrt(order.reduce((total, e) => Math.fround(total + Math.fround(e * e)), 0)));
          expect(plain).toBeGreaterThanOrEqual(lo);
          expect(plain).toBeLessThanOrEqual(hi);
        }
      }),
    );
  });
});

describe('decisions and relations', () => {
  test('Lion with equal betas moves like Signum with the momentum one step behind', () => {
    // c = beta m + (1 - beta) g is then the next m
    const gradients = [
      [4, -3],
      [-1, 2],
      [-8, 8],
    ];
    expect(lionOperation.reference(one({ learningRate: 0.5, beta1: 0.5, beta2: 0.5 }, gradients))).toEqual(
      signumOperation.reference(one({ learningRate: 0.5, momentum: 0.5 }, gradients)),
    );
  });

  test('amplify = damp = 1 and all-aligned masks leave Lion and Muon as they are', () => {
    const gradients = [
      [0.5, -2, 0.25],
      [0.75, -1, 0.5],
    ];
    const lion = lionOperation.reference(one({ learningRate: 0.25 }, gradients));
    expect(mgupLionOperation.reference(one({ learningRate: 0.25, amplify: 1, damp: 1 }, gradients))).toEqual(lion);
    expect(cautiousLionOperation.reference(one({ learningRate: 0.25 }, gradients))).toEqual(lion);
    expect(mgupMuonOperation.reference(one({ learningRate: 0.25, amplify: 1, damp: 1 }, gradients))).toEqual(
      muonOperation.reference(one({ learningRate: 0.25 }, gradients)),
    );
  });

  test('MGUP-Lion ranks |g| where it agrees, -|g| where not; MGUP-Muon B G', () => {
    const aligned = one({ learningRate: 1 }, [[1, -4, 2, -3]]);
    expect(flat(mgupLionOperation.reference(aligned).updates)).toEqual([0.5, -2, 0.5, -2]);
    const [O] = muonOperation.reference(aligned).updates;
    const factors = [0.5, 2, 0.5, 2];
    expect(flat(mgupMuonOperation.reference(aligned).updates)).toEqual(
      flat(O).map((x, i) => x * (factors[i] as number)),
    );
  });

  test('tied scores: the lower index first, in every precision without doubt', () => {
    const tied = one({ learningRate: 1, amplify: 2, damp: 0.5 }, [[3, -3, 3, -3]]);
    expect(flat(mgupLionOperation.reference(tied).updates)).toEqual([2, -2, 0.5, -0.5]);
    expect(mgupLionOperation.errorBound(tied, 'bfloat16')).toBe(0);
  });
});
