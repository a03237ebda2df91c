import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { SINGLES } from '../../src/kernels/numbers/rounded-numbers.ts';
import { adamwOperation } from '../../src/operations/adamw.ts';
import { asgoOperation } from '../../src/operations/asgo.ts';
import { polarOperation } from '../../src/operations/polar.ts';
import { sgdMomentumOperation } from '../../src/operations/sgd-momentum.ts';
import { distanceIn, worstOf } from '../../src/operations/verdict/miss.ts';
import { numbersIn, shapeOf } from '../../src/operations/verdict/numbers-in.ts';
import { obligationOf } from '../../src/operations/verdict/obligation.ts';
import {
  expectedOutput,
  furthestEntry,
  isShapeFault,
  outputVerdict,
} from '../../src/operations/verdict/output-verdict.ts';
import { stepJudge } from '../../src/operations/verdict/step-judge.ts';

describe('distanceIn', () => {
  it.each([
    ['nothing missed, nothing allowed', 0, 0, 0],
    ['something missed, nothing allowed', 1e-300, 0, Number.POSITIVE_INFINITY],
    ['no number', Number.NaN, 1, Number.POSITIVE_INFINITY],
    ['no number where nothing is guaranteed', Number.NaN, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [
      'infinitely far where nothing is guaranteed',
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ],
    ['any finite number where nothing is guaranteed', 1e300, Number.POSITIVE_INFINITY, 0],
    ['half of the bound', 1, 2, 0.5],
  ])('%s', (_, missed, bound, distance) => expect(distanceIn(missed, bound)).toBe(distance));

  it('of several the worst, the first of equals', () => {
    const miss = (place: string, distance: number) => ({ place, expected: 0, got: 0, bound: 1, distance });
    expect(worstOf([miss('a', 1), miss('b', 3), miss('c', 3)])?.place).toBe('b');
    expect(worstOf([])).toBeUndefined();
  });
});

describe('JSON values', () => {
  it('numbers bear their places', () => {
    expect(numbersIn({ points: [[1, 2]], optimalAfter: null })).toEqual([
      { place: 'points[0][0]', value: 1 },
      { place: 'points[0][1]', value: 2 },
      { place: 'optimalAfter', value: null },
    ]);
  });

  it.each([
    [{ matrix: [[1, 2, 3]] }, 'matrix 1x3'],
    [{ matrix: [[1], [2]] }, 'matrix 2x1'],
    [{ matrix: [] }, 'matrix 0'],
    [{ matrix: [[], []] }, 'matrix 2x0'],
    [{ matrix: [[1], [2, 3]] }, 'matrix [1,2]'],
    [{ value: 3 }, 'value'],
    [[[[1, 2]], [[1], [2]]], '[1x2,2x1]'],
  ])('shape of %j', (value, shape) => expect(shapeOf(value)).toBe(shape));
});

describe('obligations', () => {
  const adam = (epsilon: number, first: number, beta2 = 0.999) => ({
    parameters: [[[1]]],
    hyperparameters: { learningRate: 1e-30, beta1: 0.9, beta2, epsilon },
    gradients: [[[[first]]], [[[0]]]],
  });
  it.each([
    ['an ordinary matrix', 'polar', { matrix: [[3]] }, 'float32', true, 'must'],
    ['zeros', 'polar', { matrix: [[0]] }, 'float32', true, 'must'],
    ['a square that underflows in single precision', 'polar', { matrix: [[1e-30]] }, 'float32', true, 'should'],
    ['the same in double', 'polar', { matrix: [[1e-30]] }, 'float64', true, 'must'],
    ['a square that overflows in single precision', 'polar', { matrix: [[1e20]] }, 'bfloat16', true, 'should'],
    ['the same in double', 'polar', { matrix: [[1e20]] }, 'float64', true, 'must'],
    ['an infinite bound', 'polar', { matrix: [[3]] }, 'float64', false, 'should'],
    ['a tiny hyperparameter', 'adam', adam(1e-8, 1), 'float32', true, 'must'],
    ['0/0 in Adam', 'adam', adam(0, 0), 'float64', true, 'informative'],
    ['no 0/0 once v is positive', 'adam', adam(0, 1), 'float64', true, 'must'],
    ['v forgotten by beta2 = 0', 'adam', adam(0, 1, 0), 'float64', true, 'informative'],
    ['an empty matrix', 'norm', { matrix: [[], []], norm: 'row' }, 'float64', true, 'informative'],
  ] as const)('%s', (_, operation, input, format, isBounded, obligation) => {
    expect(obligationOf(operation, input, format, isBounded)).toBe(obligation);
  });
});

describe('the output of a function', () => {
  const input = {
    matrix: [
      [3, 1, 0],
      [1, 2, 5],
    ],
  } as const;
  const expected = expectedOutput(polarOperation, input as never, 'float32');
  const { matrix } = polarOperation.reference(input);
  const moved = (by: number) => ({
    matrix: matrix.map((row, i) => row.map((x, j) => (i === 1 && j === 2 ? x + by : x))),
  });

  it('is right up to the bound, and wrong beyond it, at the place that moved', () => {
    expect(furthestEntry(expected, moved(0))).toMatchObject({ distance: 0 });
    expect(furthestEntry(expected, moved(0.999 * expected.bound))).toMatchObject({ place: 'matrix[1][2]' });
    const beyond = furthestEntry(expected, moved(1.001 * expected.bound));
    expect(beyond).toMatchObject({ place: 'matrix[1][2]', bound: expected.bound });
    expect(beyond !== undefined && !isShapeFault(beyond) && beyond.distance > 1 && beyond.distance < 1.01).toBe(true);
  });

  it('of another shape is a fault', () => {
    expect(outputVerdict(polarOperation, input as never, expected, { matrix: [[1], [2], [3]] }, 'float32')).toEqual({
      expectedShape: 'matrix 2x3',
      gotShape: 'matrix 3x1',
    });
  });

  it('that is no number is infinitely far', () => {
    expect(furthestEntry(expected, moved(Number.NaN))).toMatchObject({ distance: Number.POSITIVE_INFINITY });
  });

  it('is missing a count where only one side has it', () => {
    const count = { output: { optimalAfter: null }, bound: 1 };
    expect(furthestEntry(count, { optimalAfter: null })).toMatchObject({ distance: 0 });
    expect(furthestEntry(count, { optimalAfter: 0 })).toMatchObject({ distance: Number.POSITIVE_INFINITY });
  });
});

describe('the steps of an optimiser', () => {
  const dyadic = fc.integer({ min: -64, max: 64 }).map((k) => k / 16);
  const hyperparameters = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.5 };

  test('singles are admitted at float32 step by step, though not at float64', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(dyadic, dyadic), { minLength: 1, maxLength: 10 }), (pairs) => {
        const parameters = [[[0.3, -1.1]]];
        const judge = stepJudge(adamwOperation.start, { parameters, hyperparameters }, 'float32');
        let run = adamwOperation.start(SINGLES, parameters, hyperparameters);
        for (const pair of pairs) {
          const gradients = [[[...pair]]];
          const step = judge.step(gradients);
          run = run.step(gradients).run;
          const returned = run.parameters.map(({ data }) => [[...data]]);
          expect(step.furthest(returned).distance).toBeLessThanOrEqual(1);
          judge.continueAt(returned);
        }
      }),
      { numRuns: 50 },
    );
    const strict = stepJudge(adamwOperation.start, { parameters: [[[0.3]]], hyperparameters }, 'float64');
    const single = adamwOperation.start(SINGLES, [[[0.3]]], hyperparameters).step([[[0.7]]]).run;
    expect(strict.step([[[0.7]]]).furthest([[[single.parameters[0]?.data[0] ?? 0]]]).distance).toBeGreaterThan(1000);
  });

  it('errors of the parameters do not add up: the next step starts where the process stands', () => {
    const judge = stepJudge(
      sgdMomentumOperation.start,
      { parameters: [[[1]]], hyperparameters: { learningRate: 1 } },
      'float64',
    );
    const first = judge.step([[[0.5]]]);
    expect(first.expected).toEqual([[[0.5]]]);
    expect(first.furthest([[[7]]]).distance).toBe(Number.POSITIVE_INFINITY);
    judge.continueAt([[[7]]]);
    // B = 0.9 · 0.5 + 0.25 = 0.7
    expect(judge.step([[[0.25]]]).furthest([[[6.3]]]).distance).toBeLessThanOrEqual(1);
  });

  it('names the entry that is off, in units of what is admitted on that side', () => {
    const start = { parameters: [[[1, 2]], [[3]]], hyperparameters: { learningRate: 0.1 } };
    const step = stepJudge(sgdMomentumOperation.start, start, 'float64').step([[[0.3, 0.7]], [[0.1]]]);
    const [first = [[0, 0]], second = [[0]]] = step.expected;
    const miss = step.furthest([[[first[0]?.[0] ?? 0, (first[0]?.[1] ?? 0) + 1e-9]], second]);
    expect(miss.place).toBe('parameters[0][0][1]');
    expect(miss.distance).toBeGreaterThan(1e5);
    expect(miss.bound).toBeLessThan(1e-14);
  });

  it('admits what lies at the end of the admitted enclosure, and nothing beyond', () => {
    const start = { parameters: [[[1]]], hyperparameters: { learningRate: 0.1, momentum: 0.9, nesterov: true } };
    const step = stepJudge(sgdMomentumOperation.start, start, 'float32').step([[[0.3]]]);
    const own = step.expected[0]?.[0]?.[0] ?? 0;
    // the bound on this side
    const { bound } = step.furthest([[[own + 1]]]);
    expect(step.furthest([[[own + 0.99 * bound]]]).distance).toBeLessThanOrEqual(1);
    expect(step.furthest([[[own + 1.01 * bound]]]).distance).toBeGreaterThan(1);
    expect(step.furthest([[[Number.NaN]]]).distance).toBe(Number.POSITIVE_INFINITY);
  });

  it('leaves the rank of ASGO’s V undecided once rounding could have changed it', () => {
    const bounded = (gradient: readonly (readonly number[])[]): readonly boolean[] => {
      const start = { parameters: [[[0], [0]]], hyperparameters: { learningRate: 1, epsilon: 0, side: 'left' } };
      const judge = stepJudge(asgoOperation.start, start, 'float32');
      return Array.from({ length: 30 }, () => judge.step([gradient]).isBounded);
    };
    const rounded = bounded([[0.1], [0.3]]);
    expect([rounded.at(0), rounded.at(-1)]).toEqual([true, false]);
    // sums of small integers are exact in every format, so nothing is in doubt
    expect(bounded([[1], [3]])).toEqual(Array.from({ length: 30 }, () => true));
  });
});
