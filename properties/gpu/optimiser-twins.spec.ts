import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { dyadicMatrix } from '../../src/instances/integer-matrix.ts';
import { closeArrayBackend } from '../../src/kernels/gpu/select-backend.ts';
import { asgoOperation } from '../../src/operations/asgo.ts';
import { inverseRootOperation } from '../../src/operations/inverse-root.ts';
import { muonOperation } from '../../src/operations/muon.ts';
import { Declined } from '../../src/operations/operation.ts';
import { shampooOperation } from '../../src/operations/shampoo.ts';

type Rows = readonly (readonly number[])[];

afterAll(closeArrayBackend);

const distance = (A: Rows, B: Rows): number =>
  Math.max(0, ...A.flatMap((row, i) => row.map((a, j) => Math.abs(a - (B[i]?.[j] ?? Number.NaN)))));

const numbers = (rows: readonly (readonly (number | string)[])[]): Rows => rows.map((row) => row.map(Number));

it('the twin of Muon stays within the bound of single precision', async () => {
  const settings = muonOperation.complete({ learningRate: 0.125, weightDecay: 0.5, steps: 3 });
  for (const rows of fc.sample(dyadicMatrix({ most: 6 }), { numRuns: 15, seed: 11 })) {
    const G = numbers(rows);
    const input = {
      parameters: [G],
      hyperparameters: settings,
      gradients: [[G], [G.map((row) => row.map((x) => 1 - x))]],
    };
    const twin = await muonOperation.gpu?.(input);
    if (twin === undefined || twin instanceof Declined) throw new Error('a twin, got none');
    const wanted = muonOperation.reference(input).trajectory[1]?.[0] ?? [];
    const bound = (muonOperation.errorBound(input, 'float32') ?? 0) + (muonOperation.errorBound(input, 'float64') ?? 0);
    expect(distance(twin.trajectory[1]?.[0] ?? [], wanted)).toBeLessThanOrEqual(bound);
    expect(distance(wanted, G)).toBeGreaterThan(0);
  }
});

it('the exact polar factor has no twin, and says so', async () => {
  const hyperparameters = muonOperation.complete({ learningRate: 1, orthogonalisation: 'exact' });
  const input = { parameters: [[[1]]], hyperparameters, gradients: [[[[1]]]] };
  expect(await muonOperation.gpu?.(input)).toBeInstanceOf(Declined);
});

it('the coupled iteration gives inverse roots within the bound of single precision', async () => {
  for (const rows of fc.sample(dyadicMatrix({ most: 5 }), { numRuns: 15, seed: 12 })) {
    const B = numbers(rows).map((row) => row.map((x) => x / 8));
    const V = B.map((p) => B.map((q) => p.reduce((sum, x, k) => sum + x * (q[k] ?? 0), 0)));
    for (const root of [2, 4] as const) {
      const input = { matrix: V, root, damping: 1 };
      const twin = await inverseRootOperation.gpu?.(input);
      if (twin === undefined || twin instanceof Declined) throw new Error('a twin, got none');
      const bound =
        (inverseRootOperation.errorBound(input, 'float32') ?? 0) +
        (inverseRootOperation.errorBound(input, 'float64') ?? 0);
      expect(bound).toBeLessThan(10);
      expect(distance(twin.matrix, inverseRootOperation.reference(input).matrix)).toBeLessThanOrEqual(bound);
    }
  }
});

it.each([
  ['shampoo', shampooOperation, { epsilon: 0.5 }],
  ['asgo', asgoOperation, { epsilon: 0.5 }],
  ['asgo on the right without damping', asgoOperation, { epsilon: 0, side: 'right' }],
] as const)('the twin of %s stays within the bound of single precision', async (_, operation, hyperparameters) => {
  let decided = 0;
  for (const rows of fc.sample(dyadicMatrix({ most: 4 }), { numRuns: 12, seed: 13 })) {
    const G = numbers(rows).map((row) => row.map((x) => x / 8));
    const steps = [G, G.map((row, i) => row.map((x, j) => (i === j ? x + 1 : x / 2)))].map((step) => [step]);
    const input = {
      parameters: [G],
      hyperparameters: operation.complete({ learningRate: 0.125, ...hyperparameters }),
      gradients: steps,
    };
    const twin = await operation.gpu?.(input);
    if (twin === undefined) throw new Error('a twin, got none');
    if (twin instanceof Declined) continue;
    const wanted = operation.reference(input).trajectory[1]?.[0] ?? [];
    const bound = (operation.errorBound(input, 'float32') ?? 0) + (operation.errorBound(input, 'float64') ?? 0);
    expect(distance(twin.trajectory[1]?.[0] ?? [], wanted)).toBeLessThanOrEqual(bound);
    if (bound < 0.125) decided += 1;
  }
  expect(decided).toBeGreaterThan(2);
});

it('a singular Gram matrix is declined, not guessed', async () => {
  const input = {
    parameters: [[[1], [1]]],
    hyperparameters: asgoOperation.complete({ learningRate: 1 }),
    gradients: [[[[1], [2]]]],
  };
  expect(await asgoOperation.gpu?.(input)).toBeInstanceOf(Declined);
});
