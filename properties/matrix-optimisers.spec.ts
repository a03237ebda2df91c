import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dyadicMatrix, type NumericRows, tieMatrix } from '../src/instances/integer-matrix.ts';
import { asgoOperation } from '../src/operations/asgo.ts';
import { inverseRootOperation } from '../src/operations/inverse-root.ts';
import { muonOperation } from '../src/operations/muon.ts';
import { orthogonalSgdmOperation } from '../src/operations/orthogonal-sgdm.ts';
import { polarOperation } from '../src/operations/polar.ts';
import { sgdMomentumOperation } from '../src/operations/sgd-momentum.ts';
import { shampooOperation } from '../src/operations/shampoo.ts';

type Rows = readonly (readonly number[])[];
type Optimiser = typeof asgoOperation;

const numbers = (rows: NumericRows): Rows => rows.map((row) => row.map(Number));
const diag = (...entries: readonly number[]): Rows => entries.map((x, i) => entries.map((_, j) => (i === j ? x : 0)));
const zerosLike = (rows: Rows): Rows => rows.map((row) => row.map(() => 0));

const run = (operation: Optimiser, gradients: readonly Rows[], hyperparameters: object = {}) => {
  const first = gradients[0] ?? [];
  const input = {
    parameters: [zerosLike(first)],
    hyperparameters: operation.complete({ learningRate: 1, ...hyperparameters }),
    gradients: gradients.map((G) => [G]),
  };
  const updates = operation.reference(input).updates.map(([U]) => U ?? []);
  return { input, updates };
};

const distance = (A: Rows, B: Rows): number =>
  Math.max(0, ...A.flatMap((row, i) => row.map((a, j) => Math.abs(a - (B[i]?.[j] ?? Number.NaN)))));

const expectWithin = (got: Rows | undefined, wanted: Rows, bound: number | undefined): void => {
  expect(bound).toBeLessThan(1e-6);
  expect(distance(got ?? [], wanted)).toBeLessThanOrEqual(2 * (bound ?? 0) + Number.MIN_VALUE);
};

const OPTIMISERS: readonly (readonly [Optimiser, object])[] = [
  [sgdMomentumOperation, { nesterov: true }],
  [muonOperation, { weightDecay: 0.25 }],
  [muonOperation, { orthogonalisation: 'exact', scale: '0.2 max(rows,columns)^1/2' }],
  [orthogonalSgdmOperation, {}],
  [shampooOperation, { epsilon: 0.5 }],
  [asgoOperation, { epsilon: 0.5 }],
  [asgoOperation, { epsilon: 0, side: 'right' }],
];

const [learningRate, momentum] = [0.5, 0.75];

describe('known steps', () => {
  it('heavy ball and Nesterov by hand', () => {
    const gradients = [[[4]], [[-8]], [[16]]];
    // dyadic data: no rounding anywhere
    const plain = run(sgdMomentumOperation, gradients, { learningRate, momentum }).updates;
    expect(plain).toEqual([[[2]], [[0.5 * (3 - 8)]], [[0.5 * (0.75 * -5 + 16)]]]);
    const nesterov = run(sgdMomentumOperation, gradients, { learningRate, momentum, nesterov: true }).updates;
    expect(nesterov[1]).toEqual([[0.5 * (-8 + 0.75 * -5)]]);
  });

  it('Muon orthogonalises the momentum, Orthogonal-SGDM the gradient', () => {
    const gradients = [diag(1, 1), diag(-10, 0.125)];
    const muon = run(muonOperation, gradients, {
      momentum,
      nesterov: false,
      orthogonalisation: 'exact',
      scale: 'none',
    });
    expectWithin(muon.updates[1], diag(-1, 1), muonOperation.errorBound(muon.input, 'float64'));
    const other = run(orthogonalSgdmOperation, gradients, { momentum });
    expectWithin(other.updates[1], diag(-0.25, 1.75), orthogonalSgdmOperation.errorBound(other.input, 'float64'));
  });

  it('the scale of Muon is that of rows = outputs over columns = inputs', () => {
    const tall = [[3], [4], [0], [0]];
    const expectFirst = (G: Rows, wanted: number, hyperparameters: object): void => {
      const { input, updates } = run(muonOperation, [G], {
        nesterov: false,
        orthogonalisation: 'exact',
        ...hyperparameters,
      });
      expectWithin([[updates[0]?.[0]?.[0] ?? Number.NaN]], [[wanted]], muonOperation.errorBound(input, 'float64'));
    };
    expectFirst(tall, 0.6, { scale: 'none' });
    expectFirst(tall, 1.2, { scale: 'max(1,rows/columns)^1/2' });
    expectFirst(tall, 1.2, { scale: '(rows/columns)^1/2' });
    expectFirst(tall, 0.24, { scale: '0.2 max(rows,columns)^1/2' });
    expectFirst([[3, 4, 0, 0]], 0.6, {});
    expectFirst([[3, 4, 0, 0]], 0.3, { scale: '(rows/columns)^1/2' });
  });

  it('ASGO without a past is the polar factor; on the right it is ASGO of the transpose', () => {
    const G = [
      [1, 2, 0],
      [-1, 3, 1],
    ];
    const left = run(asgoOperation, [G]);
    const polar = polarOperation.reference({ matrix: G }).matrix;
    expectWithin(left.updates[0], polar, asgoOperation.errorBound(left.input, 'float64'));
    const right = run(asgoOperation, [G], { side: 'right' });
    expectWithin(right.updates[0], polar, asgoOperation.errorBound(right.input, 'float64'));
  });

  it('Shampoo on diagonal gradients: eta g / (epsilon + sum g²)^(1/2)', () => {
    const { input, updates } = run(shampooOperation, [diag(3, 1), diag(4, -1)], { epsilon: 1 });
    const wanted = diag(4 / Math.sqrt(26), -1 / Math.sqrt(3));
    expectWithin(updates[1], wanted, shampooOperation.errorBound(input, 'float64'));
  });

  it('zero gradients and 1×1: nothing moves, or by the sign', () => {
    for (const [operation, hyperparameters] of OPTIMISERS) {
      const { input, updates } = run(operation, [[[0, 0]], [[0, 0]]], hyperparameters);
      expect(updates, operation.id).toEqual([[[0, 0]], [[0, 0]]]);
      expect(operation.errorBound(input, 'float64'), operation.id).toBe(0);
    }
    const { input, updates } = run(asgoOperation, [[[-5]]]);
    expectWithin(updates[0], [[-1]], asgoOperation.errorBound(input, 'float64'));
  });
});

describe('error bounds', () => {
  const gradients = fc.tuple(dyadicMatrix({ most: 3 }), fc.integer({ min: 1, max: 3 })).chain(([rows, count]) => {
    const shape = numbers(rows);
    const like = fc.tuple(
      ...shape.map((row) => fc.tuple(...row.map(() => fc.integer({ min: -64, max: 64 })))),
    ) as fc.Arbitrary<Rows>;
    return fc.array(like, { minLength: count, maxLength: count });
  });

  it.each(OPTIMISERS.map(([operation, hyperparameters]) => [operation.id, operation, hyperparameters] as const))(
    '%s: single and double precision agree to their bounds',
    (_, operation, hyperparameters) => {
      let decided = 0;
      fc.assert(
        fc.property(gradients, (sequence) => {
          const { input } = run(operation, sequence, { ...hyperparameters, learningRate: 0.125 });
          const bound = (operation.errorBound(input, 'float32') ?? 0) + (operation.errorBound(input, 'float64') ?? 0);
          const [single, double] = [operation.float32?.(input), operation.reference(input)];
          if (single === undefined) throw new Error('a float32 form, got none');
          const worst = Math.max(
            ...double.trajectory.flatMap((step, t) => step.map((W, i) => distance(W, single.trajectory[t]?.[i] ?? []))),
          );
          if (bound < 0.5) decided += 1;
          expect(worst).toBeLessThanOrEqual(bound);
        }),
        { numRuns: 40, seed: 3 },
      );
      expect(decided).toBeGreaterThan(5);
    },
  );
});

describe('inverse-root', () => {
  it('inverts: Z² V = I for root 2, Z⁴ V = I for root 4, to the bound', () => {
    const V = [
      [2, 1],
      [1, 3],
    ];
    for (const root of [2, 4] as const) {
      const Z = inverseRootOperation.reference({ matrix: V, root }).matrix;
      const times = (A: Rows, B: Rows): Rows =>
        A.map((row) => (B[0] ?? []).map((_, j) => row.reduce((sum, a, k) => sum + a * (B[k]?.[j] ?? 0), 0)));
      const square = times(Z, Z);
      const power = root === 2 ? square : times(square, square);
      const bound = inverseRootOperation.errorBound({ matrix: V, root }, 'float64') ?? 0;
      expect(bound).toBeLessThan(1e-10);
      expect(distance(times(power, V), diag(1, 1))).toBeLessThanOrEqual(20 * bound);
    }
  });

  it('a diagonal matrix by hand, with damping, single precision within its bound', () => {
    const input = { matrix: diag(15, 80), root: 4 as const, damping: 1 };
    expectWithin(
      inverseRootOperation.reference(input).matrix,
      diag(1 / 2, 1 / 3),
      inverseRootOperation.errorBound(input, 'float64'),
    );
    const single = inverseRootOperation.float32?.(input).matrix ?? [];
    expect(distance(single, diag(1 / 2, 1 / 3))).toBeLessThanOrEqual(
      inverseRootOperation.errorBound(input, 'float32') ?? 0,
    );
    expect(inverseRootOperation.reference({ matrix: [], root: 2 }).matrix).toEqual([]);
  });

  it.each([
    [
      {
        matrix: [
          [1, 2],
          [0, 1],
        ],
        root: 2 as const,
      },
      'a symmetric matrix, got 2 at (0, 1) and 0 at (1, 0)',
    ],
    [
      {
        matrix: [
          [1, 0],
          [0, -2],
        ],
        root: 2 as const,
      },
      'got the eigenvalue -2',
    ],
    [
      {
        matrix: [
          [1, 1],
          [1, 1],
        ],
        root: 4 as const,
      },
      'positive definite',
    ],
    [{ matrix: [[0]], root: 2 as const }, 'positive definite'],
  ])('refuses %j', (input, message) => {
    expect(() => inverseRootOperation.reference(input)).toThrow(message);
  });
});

it('rank-deficient and tied gradients never give NaN', () => {
  fc.assert(
    fc.property(tieMatrix({ most: 4 }), (rows) => {
      for (const [operation, hyperparameters] of OPTIMISERS) {
        const { updates } = run(operation, [numbers(rows), numbers(rows)], hyperparameters);
        expect(updates.flat(2).every(Number.isFinite)).toBe(true);
      }
    }),
    { numRuns: 30, seed: 5 },
  );
});
