import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOAT32, FLOAT64 } from '../../src/kernels/matrix/arithmetic.ts';
import { frobeniusNorm } from '../../src/kernels/matrix/euclidean-norm.ts';
import { add, fromRows, type Matrix, map, maxAbsolute, subtract, transpose } from '../../src/kernels/matrix/matrix.ts';
import { multiply } from '../../src/kernels/matrix/multiply.ts';
import { spectralFunction } from '../../src/kernels/matrix/spectral-function.ts';
import { enclosedNumbers } from '../../src/kernels/numbers/enclosed-numbers.ts';
import { gridOf, mapped } from '../../src/kernels/numbers/grid.ts';
import type { MatrixFunction } from '../../src/kernels/numbers/numbers.ts';
import { SINGLES } from '../../src/kernels/numbers/rounded-numbers.ts';
import { mistakesOf } from '../../src/mistakes/catalogue.ts';
import type { FunctionMistake } from '../../src/mistakes/mistake.ts';
import { orthonormalColumns } from '../../src/mistakes/parts/orthonormal-columns.ts';
import { shiftedPower } from '../../src/mistakes/parts/shifted-power.ts';
import { SINGULAR_VALUES } from '../../src/mistakes/parts/singular-values-function.ts';

const matrixOf = (rows: number, columns: number): fc.Arbitrary<Matrix> =>
  fc
    .array(fc.integer({ min: -32, max: 32 }), { minLength: rows * columns, maxLength: rows * columns })
    .map((data) => ({ rows, columns, data: Float64Array.from(data, (k) => k / 8) }));

const anyShape = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));

/** Whether f of a perturbed matrix in singles stays within the bound for the size of the perturbation. */
const expectBounded = (f: MatrixFunction, A: Matrix, perturbation: Matrix): void => {
  const moved = f.compute(map(add(A, perturbation), Math.fround), FLOAT32);
  const radius = frobeniusNorm(perturbation) * (1 + 2 ** -20);
  const distance = maxAbsolute(subtract(moved, f.compute(A, FLOAT64)));
  expect(distance).toBeLessThanOrEqual(f.errorBound(A, radius, 'float32') + f.errorBound(A, 0, 'float64'));
};

describe('matrix functions of the mistakes', () => {
  const perturbed = anyShape.chain(([rows, columns]) =>
    fc.tuple(matrixOf(rows, columns), matrixOf(rows, columns), fc.constantFrom(0, 2 ** -20, 2 ** -8)),
  );

  it('singular values move by no more than the perturbation', () => {
    fc.assert(
      fc.property(perturbed, ([A, E, size]) => {
        expectBounded(
          SINGULAR_VALUES,
          A,
          map(E, (x) => size * x),
        );
      }),
    );
    // the bound is attained by a multiple of the first singular pair
    const bound = SINGULAR_VALUES.errorBound(fromRows([[3, 4]]), 1, 'float64');
    expect(bound).toBeGreaterThanOrEqual(1);
    expect(bound).toBeLessThan(1 + 1e-12);
  });

  it.each([-1, -0.5, -0.25, -0.125, 0.25, 0.5, -4])('(V + I)^%d is bounded', (exponent) => {
    const f = spectralFunction(shiftedPower(exponent, 1));
    fc.assert(
      fc.property(perturbed, ([G, E, size]) => {
        const V = multiply(G, transpose(G));
        const symmetric = map(multiply(E, transpose(E)), (x) => size * x);
        expectBounded(f, V, symmetric);
      }),
    );
    // at 1 + 1 with a distance of 3 the least eigenvalue is the shift, where the slope is |exponent|
    const slope = Math.abs(exponent);
    const bound = f.errorBound(fromRows([[1]]), 3, 'float64');
    expect(bound).toBeGreaterThanOrEqual(3 * slope);
    expect(bound).toBeLessThan(3 * slope + 2 ** -40);
  });

  it('a power of a matrix that may be singular is not bounded', () => {
    expect(spectralFunction(shiftedPower(-0.5, 0)).errorBound(fromRows([[1]]), 2, 'float64')).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it('the columns of Gram–Schmidt in singles stay inside what intervals admit', () => {
    fc.assert(
      fc.property(matrixOf(3, 2), ({ rows, columns, data }) => {
        const A = gridOf(
          Array.from({ length: rows }, (_, i) => Array.from(data.slice(i * columns, (i + 1) * columns))),
        );
        const intervals = enclosedNumbers('float32');
        const admitted = orthonormalColumns(intervals, mapped(A, intervals.of));
        for (const [at, x] of orthonormalColumns(SINGLES, mapped(A, SINGLES.of)).data.entries()) {
          expect(x).toBeGreaterThanOrEqual(admitted.data[at]?.lo ?? Number.NaN);
          expect(x).toBeLessThanOrEqual(admitted.data[at]?.hi ?? Number.NaN);
        }
      }),
    );
  });
});

/** What a mistaken implementation answers at an input, by hand. */
const KNOWN: readonly (readonly [id: string, input: object, answer: object])[] = [
  ['gluon-step-size-of-unit-gradient', { gradientNorm: 6, l0: 2, l1: 0.5 }, { value: 1 / 5 }],
  ['gluon-step-size-constants-swapped', { gradientNorm: 6, l0: 2, l1: 0.5 }, { value: 6 / 12.5 }],
  ['gluon-step-size-clipped', { gradientNorm: 6, l0: 2, l1: 0.5 }, { value: 2 }],
  ['gluon-step-size-clipped', { gradientNorm: 6, l0: 0, l1: 0.5 }, { value: 2 }],
  ['gluon-step-size-clipped', { gradientNorm: 6, l0: 2, l1: 0 }, { value: 3 }],
  ['gluon-step-size-decrease', { gradientNorm: 6, l0: 2, l1: 0.5 }, { value: 36 / 5 }],
  // lambda^2 - 4 lambda - 15 = 0
  [
    'singular-values-eigenvalues',
    {
      matrix: [
        [4, 5],
        [3, 0],
      ],
    },
    { values: [Math.sqrt(19) + 2, Math.sqrt(19) - 2] },
  ],
  // a rotation by a right angle times 2: both eigenvalues are imaginary
  [
    'singular-values-eigenvalues',
    {
      matrix: [
        [0, 2],
        [-2, 0],
      ],
    },
    { values: [2, 2] },
  ],
  [
    'singular-values-column-norms',
    {
      matrix: [
        [3, 5],
        [4, 12],
      ],
    },
    { values: [13, 5] },
  ],
  ['singular-values-padded', { matrix: [[3, 4]] }, { values: [5, 0] }],
  [
    'polar-gram-schmidt',
    {
      matrix: [
        [3, 0],
        [4, 5],
      ],
    },
    {
      matrix: [
        [0.6, -0.8],
        [0.8, 0.6],
      ],
    },
  ],
  // the eigenvalues 9 and 4, each with half of the square of (1, ±1)
  [
    'inverse-root-without-root',
    {
      matrix: [
        [6.5, 2.5],
        [2.5, 6.5],
      ],
      root: 2,
      damping: 0,
    },
    halves(1 / 9, 1 / 4),
  ],
  [
    'inverse-root-not-inverted',
    {
      matrix: [
        [6.5, 2.5],
        [2.5, 6.5],
      ],
      root: 2,
      damping: 0,
    },
    halves(3, 2),
  ],
  [
    'inverse-root-damping-after-root',
    {
      matrix: [
        [6.5, 2.5],
        [2.5, 6.5],
      ],
      root: 2,
      damping: 1,
    },
    halves(1 / 4, 1 / 3),
  ],
  [
    'inverse-root-exponent-is-root',
    {
      matrix: [
        [6.5, 2.5],
        [2.5, 6.5],
      ],
      root: 2,
      damping: 0,
    },
    halves(1 / 81, 1 / 16),
  ],
  [
    'inverse-root-elementwise',
    {
      matrix: [
        [4, 9],
        [9, 25],
      ],
      root: 2,
      damping: 0,
    },
    {
      matrix: [
        [1 / 2, 1 / 3],
        [1 / 3, 1 / 5],
      ],
    },
  ],
  ['norm-scale-inverted', { matrix: [[3], [4], [0], [0]], norm: 'one-rms' }, { value: 10 }],
  ['norm-scale-transposed', { matrix: [[3], [4], [0], [0]], norm: 'one-rms' }, { value: 5 }],
  [
    'norm-root-mean-square',
    {
      matrix: [
        [3, 4],
        [0, 0],
      ],
      norm: 'frobenius',
    },
    { value: 2.5 },
  ],
  ['norm-signed-sum', { matrix: [[3, -4]], norm: 'entrywise-one' }, { value: -1 }],
  ['dual-norm-scale-not-inverted', { matrix: [[3], [4], [0], [0]], norm: 'one-rms' }, { value: 2.5 }],
  ['lmo-steepest-descent', { matrix: [[3, 4]], norm: 'frobenius', radius: 1 }, { matrix: [[-3, -4]] }],
  [
    'lmo-scale-transposed',
    { matrix: [[3], [4], [0], [0]], norm: 'one-rms', radius: 1 },
    { matrix: [[-0.6], [-0.8], [0], [0]] },
  ],
  ['lmo-divided-by-own-norm', { matrix: [[2, -4]], norm: 'max-entry', radius: 1 }, { matrix: [[-0.5, 1]] }],
  [
    'newton-schulz-squared-norm',
    { matrix: [[3, 4]], coefficients: [[1, 0, 0]], steps: 1 },
    { matrix: [[3 / 25, 4 / 25]] },
  ],
  [
    'newton-schulz-nuclear-normalisation',
    {
      matrix: [
        [3, 0],
        [0, 1],
      ],
      coefficients: [[1, 0, 0]],
      steps: 1,
    },
    {
      matrix: [
        [0.75, 0],
        [0, 0.25],
      ],
    },
  ],
  [
    'newton-schulz-square-without-transpose',
    {
      matrix: [
        [0, 1],
        [2, 0],
      ],
      coefficients: [[0, 1, 0]],
      steps: 1,
      normalisation: 'none',
    },
    {
      matrix: [
        [0, 2],
        [4, 0],
      ],
    },
  ],
  ['newton-schulz-half-overflow', { matrix: [[256, 0]], coefficients: [[1, 0, 0]], steps: 1 }, { matrix: [[0, 0]] }],
  ['newton-schulz-half-overflow', { matrix: [[255, 0]], coefficients: [[1, 0, 0]], steps: 1 }, { matrix: [[1, 0]] }],
];

/** p v v^T + q w w^T for v, w = (1, ±1) / sqrt(2). */
function halves(p: number, q: number): object {
  const [mean, half] = [(p + q) / 2, (p - q) / 2];
  return {
    matrix: [
      [mean, half],
      [half, mean],
    ],
  };
}

describe('what mistaken functions answer', () => {
  it.each(KNOWN)('%s at %j', async (id, input, answer) => {
    const all = (await Promise.all(OPERATIONS.map(mistakesOf))).flat() as readonly FunctionMistake[];
    const mistake = all.find((entry) => entry.id === id);
    const got = mistake?.reference(input as never);
    const bound = mistake?.errorBound(input as never, 'float64') ?? Number.NaN;
    expect(bound).toBeLessThan(1e-10);
    const wanted = Object.values(answer).flat(2) as number[];
    const found = Object.values(got as object).flat(2) as number[];
    expect(found).toHaveLength(wanted.length);
    // the numbers by hand are rounded a few times as well
    for (const [k, x] of wanted.entries())
      expect(Math.abs((found[k] ?? Number.NaN) - x)).toBeLessThanOrEqual(bound + 4 * Number.EPSILON * Math.abs(x));
  });
});

const OPERATIONS = [
  'norm',
  'dual-norm',
  'lmo',
  'singular-values',
  'polar',
  'newton-schulz',
  'inverse-root',
  'gluon-step-size',
];
