import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { adamwOperation } from '../../src/operations/adamw.ts';
import { broxOperation } from '../../src/operations/brox.ts';
import { inverseRootOperation } from '../../src/operations/inverse-root.ts';
import type { AnyOperation } from '../../src/operations/operation.ts';
import { polarOperation } from '../../src/operations/polar.ts';
import { numbersIn } from '../../src/operations/verdict/numbers-in.ts';
import { shrunk } from '../../src/runners/referee/shrink.ts';
import { chunks, without, withoutCoordinates } from '../../src/runners/referee/simpler-arrays.ts';
import { simplerInputs } from '../../src/runners/referee/simpler-inputs.ts';
import { simplicityOf } from '../../src/runners/referee/simplicity.ts';
import { fromJudgeToken, toJudgeToken } from '../../src/runners/referee/token.ts';
import { UsageError } from '../../src/runners/usage-error.ts';

/** Shrinks an input for as long as a predicate says that it fails. */
async function simplest(
  operation: AnyOperation,
  input: object,
  fails: (input: never) => boolean,
  calls = 5000,
): Promise<object> {
  let asked = 0;
  const found = await shrunk(
    { input },
    {
      simpler: (from) => simplerInputs(operation, from),
      stillFails: async (candidate) => {
        asked += 1;
        expect(operation.input.safeParse(candidate).success).toBe(true);
        return fails(candidate as never) ? { input: candidate } : undefined;
      },
      calls,
      milliseconds: 60_000,
    },
  );
  expect(asked).toBeLessThanOrEqual(calls);
  return found.input;
}

const square = (size: number) =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => 0.137 * (i + 1) - j / 3));

describe('shrinking', () => {
  it('a matrix that fails wherever an entry is above 1 ends as one entry', async () => {
    const fails = ({ matrix }: { matrix: number[][] }) => matrix.flat().some((x) => x > 1);
    expect(await simplest(polarOperation, { matrix: square(12).map((row) => row.map((x) => 10 * x)) }, fails)).toEqual({
      matrix: [[2]],
    });
  });

  it('keeps what is needed: two columns, whatever their entries', async () => {
    const fails = ({ matrix }: { matrix: number[][] }) => (matrix[0]?.length ?? 0) >= 2;
    expect(await simplest(polarOperation, { matrix: square(7) }, fails)).toEqual({ matrix: [[0, 0]] });
  });

  it('keeps a symmetric matrix symmetric, rows and columns together', async () => {
    const matrix = [2, 3, 5, 7].map((a, i) => [2, 3, 5, 7].map((b, j) => a * b + (i === j ? 10 : 0)));
    const fails = ({ matrix: A }: { matrix: number[][] }) => A.length >= 2;
    const found = (await simplest(inverseRootOperation, { matrix, root: 4, damping: 0.125 }, fails)) as {
      matrix: number[][];
    };
    expect(found.matrix).toHaveLength(2);
    expect(found.matrix.map((row) => row.length)).toEqual([2, 2]);
  });

  it('drops coordinates of a function together with those of the point', async () => {
    const input = {
      function: {
        kind: 'quadratic',
        matrix: [
          [2, 0, 0],
          [0, 3, 0],
          [0, 0, 4],
        ],
        vector: [1, 2, 3],
      },
      point: [5, 6, 7],
      radius: 1,
    };
    const found = await simplest(broxOperation, input, ({ point }: { point: number[] }) => point.some((x) => x > 4));
    expect(found).toMatchObject({ function: { kind: 'quadratic', vector: [0] }, point: [expect.any(Number)] });
  });

  it('sequences lose steps, parameters, rows, columns and digits; hyperparameters become simple', async () => {
    const matrices = [square(3), square(2), square(3)];
    const input = {
      parameters: matrices,
      hyperparameters: { learningRate: 0.0371, beta1: 0.87, beta2: 0.93, epsilon: 0.0123, weightDecay: 0.0777 },
      gradients: Array.from({ length: 9 }, (_, t) => matrices.map((A) => A.map((row) => row.map((x) => x * t)))),
    };
    const fails = (given: typeof input) =>
      given.gradients.length >= 2 &&
      given.hyperparameters.weightDecay > 0 &&
      given.parameters.flat(2).some((x) => x !== 0);
    expect(await simplest(adamwOperation, input, fails as (input: never) => boolean)).toEqual({
      parameters: [[[1]]],
      hyperparameters: { learningRate: 0, beta1: 0, beta2: 0, epsilon: 0, weightDecay: 1 },
      gradients: [[[[0]]], [[[0]]]],
    });
  });

  it('stays where nothing simpler fails, and stops where the calls are used up', async () => {
    const input = { matrix: square(6) };
    expect(await simplest(polarOperation, input, () => false)).toBe(input);
    expect(await simplest(polarOperation, input, () => true, 0)).toBe(input);
  });

  test('every step is strictly simpler, so it ends', () => {
    const matrix = fc.array(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.asyncProperty(matrix, fc.infiniteStream(fc.boolean()), async (rows, verdicts) => {
        const found = await simplest(polarOperation, { matrix: rows }, () => verdicts.next().value === true);
        expect(simplicityOf(found)).toBeLessThanOrEqual(simplicityOf({ matrix: rows }));
      }),
      { numRuns: 30 },
    );
  });
});

describe('parts of arrays', () => {
  it('chunks cover every index, halves first', () => {
    expect([...chunks(5)]).toEqual([
      [0, 2],
      [2, 4],
      [4, 5],
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
    expect([...chunks(1)]).toEqual([]);
    expect(without(['a', 'b', 'c'], [1, 2])).toEqual(['a', 'c']);
  });

  it('a coordinate goes from every axis of its length', () => {
    const value = {
      matrix: [
        [1, 2],
        [3, 4],
      ],
      vector: [5, 6],
      tall: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      scalar: 7,
    };
    expect(withoutCoordinates(value, 2, [0, 1])).toEqual({
      matrix: [[4]],
      vector: [6],
      tall: [[2], [4], [6]],
      scalar: 7,
    });
  });

  it('simplicity counts things before digits, and digits before nothing', () => {
    const inOrder = [[0], [1], [2], [12], [-12], [0.125], [0, 0], [1, 1], [0.3333333333333333, 0]];
    const values = inOrder.map(simplicityOf);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('replay tokens', () => {
  test('bring back every input, and fit into one word of a shell', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (numbers) => {
        const input = { matrix: [numbers] };
        const token = toJudgeToken({ operation: 'polar', input });
        expect(token).toMatch(/^[a-zA-Z0-9@_-]+$/);
        const back = fromJudgeToken(token);
        // JSON knows one zero
        expect(numbersIn(back.input).map(({ value }) => (value ?? 0) + 0)).toEqual(numbers.map((x) => x + 0));
        expect(back.operation).toBe('polar');
      }),
    );
  });

  it.each([
    '',
    'polar',
    'polar@',
    '@abc',
    'polar@***',
    'polar@AAAA',
    toJudgeToken({ operation: 'polar', input: {} }).slice(0, -2),
  ])('refuses %j', (token) => expect(() => fromJudgeToken(token)).toThrow(UsageError));

  it('refuses a token that unpacks to more than was ever printed', () => {
    const bomb = toJudgeToken({ operation: 'polar', input: { matrix: 'x'.repeat(2 ** 26) } });
    expect(bomb.length).toBeLessThan(2 ** 18);
    expect(() => fromJudgeToken(bomb)).toThrow(/--replay/);
  });
});
