import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownStep } from '../../src/instances/broximal/known-step.ts';
import { broxOperation } from '../../src/operations/brox.ts';
import { broximalPointOperation } from '../../src/operations/broximal-point.ts';
import { Declined } from '../../src/operations/operation.ts';
import { proxOperation } from '../../src/operations/prox.ts';

const issue = (operation: { readonly input: typeof broxOperation.input }, input: unknown): string => {
  const parsed = operation.input.safeParse(input);
  const [first] = parsed.success ? [] : parsed.error.issues;
  return first === undefined ? 'accepted' : `${first.path.join('.')}: ${first.message}`;
};
const quadratic = (matrix: number[][], vector: number[]) => ({ kind: 'quadratic' as const, matrix, vector });

describe('what the schemas refuse, each in one line', () => {
  const good = {
    function: quadratic(
      [
        [2, 1],
        [1, 2],
      ],
      [1, 0],
    ),
    point: [1, 2],
    radius: 1,
  };

  it('accepts what is right', () => {
    expect(issue(broxOperation, good)).toBe('accepted');
    expect(issue(proxOperation, { function: { kind: 'max-norm' }, point: ['1/3'], parameter: '2/7' })).toBe('accepted');
  });

  it.each([
    [{ ...good, radius: 0 }, 'radius: a number > 0'],
    [{ ...good, radius: -1 }, 'radius: a number > 0'],
    [{ ...good, point: [1] }, 'point: a vector of length 2, the dimension of the function'],
    [{ ...good, point: [] }, 'point: an array of one or more numbers'],
    [{ ...good, point: [1, Number.NaN] }, 'point.1: a finite number'],
    [{ ...good, function: { kind: 'cubic' } }, 'function.kind: a function: kind quadratic'],
    [{ ...good, function: quadratic([[1, 2]], [1]) }, 'function.matrix: a square matrix'],
    [{ ...good, function: quadratic([[1]], [1, 2]) }, 'function.vector: one entry a row of the matrix (1)'],
    [{ ...good, function: { kind: 'weighted-l1', weights: [1, -1] } }, 'function.weights.1: a number >= 0'],
    [{ ...good, function: { kind: 'huber', delta: 0 } }, 'function.delta: a number > 0'],
    [{ ...good, function: { kind: 'absolute' } }, 'point: a vector of length 1'],
    [
      { ...good, function: { kind: 'max-affine', slopes: [[1, 0]], offsets: [1, 2] } },
      'function.offsets: one entry a row of slopes (1)',
    ],
  ])('%j', (input, message) => {
    expect(issue(broxOperation, input)).toContain(message);
  });

  it('radii are one or more positive numbers', () => {
    const input = { function: { kind: 'max-norm' }, point: [1], radii: [] };
    expect(issue(broximalPointOperation, input)).toBe('radii: one or more radii');
    expect(issue(broximalPointOperation, { ...input, radii: [1, 0] })).toBe('radii.1: a number > 0');
  });
});

describe('what the functions refuse', () => {
  const brox = (matrix: number[][]) =>
    broxOperation.reference({
      function: quadratic(
        matrix,
        matrix.map(() => 1),
      ),
      point: matrix.map(() => 1),
      radius: 1,
    });
  const exact = (matrix: (number | string)[][]) =>
    broxOperation.exact?.({
      function: { kind: 'quadratic', matrix, vector: matrix.map(() => 1) },
      point: matrix.map(() => 1),
      radius: 1,
    });

  it('an indefinite matrix, with its eigenvalue', () => {
    expect(() =>
      brox([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow(/^brox: a positive semidefinite matrix, got the eigenvalue -0\.99|-1$/);
    expect(() =>
      exact([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow('brox: a positive semidefinite matrix, got v^T A v = -3');
  });

  it('an asymmetric matrix, but one that is symmetric up to rounding only where precision is exact', () => {
    expect(() =>
      brox([
        [1, 2],
        [0, 1],
      ]),
    ).toThrow('brox: a symmetric matrix, got 2 at (0, 1) and 0 at (1, 0)');
    const nearly = [
      [1, 0.1],
      [0.1 + 2 ** -56, 1],
    ];
    expect(brox(nearly).point).toHaveLength(2);
    expect(() => exact(nearly)).toThrow('brox: a symmetric matrix');
  });

  it('an eigenvalue that rounding may have made negative counts as 0', () => {
    // rank one, rounded: the exact determinant of these doubles is negative
    const rounded = [
      [0.1 * 0.1, 0.1 * 0.7],
      [0.1 * 0.7, 0.7 * 0.7],
    ];
    expect(brox(rounded).point).toHaveLength(2);
  });

  it('a max-affine function without a lower bound', () => {
    const input = {
      function: {
        kind: 'max-affine' as const,
        slopes: [
          [1, 0],
          [0, 1],
        ],
        offsets: [0, 0],
      },
      point: [1, 1],
    };
    expect(() => broxOperation.reference({ ...input, radius: 1 })).toThrow('brox: a max-affine function bounded below');
    expect(() => proxOperation.reference({ ...input, parameter: 1 })).toThrow(
      'prox: a max-affine function bounded below',
    );
    expect(() => broximalPointOperation.exact?.({ ...input, radii: [1] })).toThrow('bounded below');
  });

  it('an overflow, in words', () => {
    expect(() => broxOperation.reference({ function: quadratic([[1e200]], [1]), point: [1e200], radius: 1 })).toThrow(
      'below the largest double',
    );
  });
});

describe('exact answers', () => {
  it('come as fractions where the step is rational, and are declined where it is not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('quadratic' as const, 'huber' as const, 'max-affine' as const).chain((k) => knownStep(k, 2)),
        ({ function: f, point, radius, minimiser, multiplier }) => {
          const found = broxOperation.exact?.({ function: f, point, radius });
          expect(found).toMatchObject({ point: minimiser, multiplier });
          const run = broximalPointOperation.exact?.({ function: f, point, radii: [radius] });
          expect(run).toMatchObject({ points: [point, minimiser], optimalAfter: null });
        },
      ),
      { seed: 31, numRuns: 40 },
    );
    const irrational = {
      function: quadratic(
        [
          [1, 0],
          [0, 2],
        ],
        [0, 0],
      ),
      point: [1, 1],
      radius: '1/2',
    };
    expect(broxOperation.exact?.(irrational)).toBeInstanceOf(Declined);
    expect(broxOperation.exact?.({ ...irrational, function: { kind: 'max-norm' } })).toBeInstanceOf(Declined);
  });

  it('a run counts the points: optimalAfter is an index of them', () => {
    const run = broximalPointOperation.exact?.({
      function: { kind: 'absolute' },
      point: ['7/2'],
      radii: [1, 1, 1, 1, 1],
    });
    expect(run).toEqual({
      points: [['7/2'], ['5/2'], ['3/2'], ['1/2'], ['0'], ['0']],
      values: ['7/2', '5/2', '3/2', '1/2', '0', '0'],
      optimalAfter: 4,
    });
    const still = broximalPointOperation.reference({ function: { kind: 'absolute' }, point: [0], radii: [1] });
    expect(still.optimalAfter).toBe(0);
  });
});
