import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedInputs } from '../../src/instances/asked/asked-inputs.ts';
import { FLOAT32 } from '../../src/kernels/matrix/arithmetic.ts';
import { linearMinimiser } from '../../src/kernels/matrix/lmo.ts';
import { linearMinimiserSlack } from '../../src/kernels/matrix/lmo-slack.ts';
import { fromRows, identity, type Matrix, map, toRows, transpose } from '../../src/kernels/matrix/matrix.ts';
import { multiply } from '../../src/kernels/matrix/multiply.ts';
import { NORM_NAMES, type NormName } from '../../src/kernels/matrix/norm-enclosure.ts';
import { rankThreshold } from '../../src/kernels/matrix/polar.ts';
import { svd } from '../../src/kernels/matrix/svd.ts';
import { UNIT_ROUNDOFF } from '../../src/kernels/unit-roundoff.ts';
import { ballAccelerationOperation } from '../../src/operations/ball-acceleration.ts';
import { broxOperation } from '../../src/operations/brox.ts';
import { broximalPointOperation } from '../../src/operations/broximal-point.ts';
import { cautiousDriftOperation } from '../../src/operations/cautious-drift.ts';
import { lmoOperation } from '../../src/operations/lmo.ts';
import { momentumLawOperation } from '../../src/operations/momentum-law.ts';
import type { Doubles, FloatFormat, Operation } from '../../src/operations/operation.ts';
import { topKDriftOperation } from '../../src/operations/top-k-drift.ts';
import { randomMatrix, rows } from '../kernels/matrices.ts';

type Input<O extends { reference(input: never): unknown }> = Parameters<O['reference']>[0];

const sample = <T>(id: string, format: FloatFormat, count: number): T[] => {
  const inputs = askedInputs(id, { format, mostSize: 12 });
  if (inputs === undefined) throw new Error(`inputs of ${id}, got none`);
  return fc.sample(inputs, { seed: 17, numRuns: count }) as T[];
};

const defectsOf = <I, O>(operation: Operation<I, O>, input: Doubles<I>, output: Doubles<O>, format: FloatFormat) => {
  if (operation.defects === undefined) throw new Error(`defects of ${operation.id}, got none`);
  return operation.defects(input, output, format);
};

/** The quantities that are missed by more than their bounds. */
const wrong = <I, O>(
  operation: Operation<I, O>,
  input: Doubles<I>,
  output: Doubles<O>,
  format: FloatFormat = 'float64',
) =>
  defectsOf(operation, input, output, format)
    .filter(({ miss, bound }) => !(miss <= bound))
    .map(({ text }) => text);

describe('lmo', () => {
  const judged = (input: Input<typeof lmoOperation>, Z: Matrix, format: FloatFormat = 'float64') =>
    wrong(lmoOperation, input, { matrix: toRows(Z) }, format);
  const asked = (M: Matrix, norm: NormName, radius: number) => ({ matrix: toRows(M), norm, radius });
  const [BALL, MINIMUM] = ['N(Z), at most the radius', '<M, Z>, at least -radius N*(M)'];

  it.each(['float64', 'float32'] as const)('our answers in %s are right at every norm', (format) => {
    const seen = new Set<string>();
    for (const input of sample<Input<typeof lmoOperation>>('lmo', format, 600)) {
      const answer = format === 'float64' ? lmoOperation.reference(input) : lmoOperation.float32?.(input);
      expect(judged(input, fromRows(answer?.matrix ?? []), format)).toEqual([]);
      seen.add(input.norm);
    }
    expect(seen.size).toBe(NORM_NAMES.length);
  });

  it('every completion of the polar factor is right, and every choice among ties', () => {
    const M = rows([2, 0, 0, 0], [0, 0, 0, 0], [0, 0, -1, 0]);
    const completed = rows([-1, 0, 0, 0], [0, 0.6, 0, -0.8], [0, 0, 1, 0]);
    expect(judged(asked(M, 'spectral', 1), completed)).toEqual([]);
    const scaled = map(completed, (x) => x * Math.sqrt(3 / 4));
    expect(judged(asked(M, 'rms-rms', 1), scaled)).toEqual([]);
    const ties = rows([1, -1], [1, 1]);
    for (const Z of [rows([-1, 0], [0, 0]), rows([0, 1], [0, 0]), rows([-0.25, 0.25], [-0.25, -0.25])]) {
      expect(judged(asked(ties, 'entrywise-one', 1), Z)).toEqual([]);
    }
    const signs = rows([3, 0], [0, -2]);
    expect(judged(asked(signs, 'max-entry', 2), rows([-2, 1], [-2, 2]))).toEqual([]);
    // either singular pair of the identity
    expect(judged(asked(rows([1, 0], [0, 1]), 'nuclear', 1), rows([0, 0], [0, -1]))).toEqual([]);
    expect(judged(asked(rows([0, 0], [0, 0]), 'frobenius', 5), rows([3, 0], [0, -4]))).toEqual([]);
  });

  it('deficient matrices leave the rest of the factor open', () => {
    for (const seed of [1, 2, 3]) {
      const M = multiply(randomMatrix(6, 2, seed), randomMatrix(2, 4, seed + 10));
      const { left, right } = svd(M);
      const full = map(multiply(left, transpose(right)), (x) => -x);
      expect(judged(asked(M, 'spectral', 1), full)).toEqual([]);
      expect(judged(asked(M, 'spectral', 1), linearMinimiser(M, 'spectral', 1))).toEqual([]);
    }
  });

  it('singular values that count as 0 cost their sum', () => {
    // where there are many of them it exceeds what the backward error costs
    const n = 200;
    const least = rankThreshold(n, n, 1, UNIT_ROUNDOFF.float32) * (1 - 2 ** -10);
    const M = map(identity(n), (x) => x * least);
    M.data[0] = 1;
    const Z = linearMinimiser(M, 'spectral', 1, FLOAT32);
    expect([Z.data[0], Z.data[n + 1]]).toEqual([-1, 0]);
    // <M, Z> + N*(M) = (n - 1) least
    expect(linearMinimiserSlack(M, 'spectral', 1, 'float32').objective).toBeGreaterThan((n - 1) * least);
  });

  it.each(NORM_NAMES)('%s: wrong answers are told', (norm) => {
    for (const seed of [1, 2, 3]) {
      const M = randomMatrix(3, 5, seed);
      const input = asked(M, norm, 2);
      const Z = linearMinimiser(M, norm, 2);
      const times = (factor: number): Matrix => map(Z, (x) => factor * x);
      expect(judged(input, Z)).toEqual([]);
      // the ascent direction, nothing, another radius, one that is off in the tenth digit
      expect(judged(input, times(-1))).toEqual([MINIMUM]);
      expect(judged(input, times(0))).toEqual([MINIMUM]);
      expect(judged(input, times(0.5))).toEqual([MINIMUM]);
      expect(judged(input, times(2))).toEqual([BALL]);
      expect(judged(input, times(1 + 1e-10))).toEqual([BALL]);
      expect(judged(input, times(1 - 1e-10))).toEqual([MINIMUM]);
      expect(judged(input, times(1 + 1e-4), 'float32')).toEqual([BALL]);
      expect(judged(input, times(1e300))).toEqual([BALL]);
    }
  });

  it('the oracle of another norm is told, and that of the transposed scale', () => {
    const M = randomMatrix(3, 5, 4);
    // the norms that do not know rows from columns
    const symmetric: readonly NormName[] = ['spectral', 'frobenius', 'max-entry', 'nuclear', 'entrywise-one'];
    for (const norm of NORM_NAMES) {
      for (const other of NORM_NAMES) {
        const verdict = judged(asked(M, norm, 1), linearMinimiser(M, other, 1));
        expect(verdict.length > 0, `${other} for ${norm}`).toBe(norm !== other);
      }
      const turned = transpose(linearMinimiser(transpose(M), norm, 1));
      expect(judged(asked(M, norm, 1), turned).length === 0, norm).toBe(symmetric.includes(norm));
    }
  });

  it('an answer whose norm overflows is outside; an empty one has nothing to miss', () => {
    const M = rows([1, 2]);
    expect(judged(asked(M, 'frobenius', 1), rows([-1e308, -1e308]))).toEqual([BALL]);
    expect(wrong(lmoOperation, { matrix: [], norm: 'spectral', radius: 1 }, { matrix: [] })).toEqual([]);
  });
});

describe('brox', () => {
  const defects = (input: Input<typeof broxOperation>, output: ReturnType<typeof broxOperation.reference>) =>
    wrong(broxOperation, input, output);
  const valley = {
    function: { kind: 'weighted-l1' as const, weights: [1, 0] },
    point: [1, 0],
    radius: 2,
  };

  it.each(['float64', 'float32', 'bfloat16'] as const)('our answers are right by the measure of %s', (format) => {
    let open = 0;
    for (const input of sample<Input<typeof broxOperation>>('brox', format, 300)) {
      const right = broxOperation.reference(input);
      expect(wrong(broxOperation, input, right, format)).toEqual([]);
      if (defectsOf(broxOperation, input, right, format).some(({ text }) => text.startsWith('f(point)'))) open += 1;
    }
    expect(open).toBeGreaterThan(20);
  });

  it('any minimiser in the ball will do, with its own value', () => {
    expect(broxOperation.reference(valley).point).toEqual([0, 0]);
    for (const across of [0, 1, -1.5, Math.sqrt(3)]) {
      expect(defects(valley, { point: [0, across], value: 0, multiplier: 0 })).toEqual([]);
    }
    expect(defects(valley, { point: [0, 2], value: 0, multiplier: 0 })).toEqual(['|point - x|, at most the radius']);
    const higher = { point: [0.5, 0], value: 0.5, multiplier: 0 };
    expect(defects(valley, higher)).toEqual(['f(point), at most the minimum over the ball']);
    expect(defects(valley, { point: [0, 0], value: 1e-9, multiplier: 0 })).toEqual(['value of point']);
    expect(defects(valley, { point: [0, 0], value: 0, multiplier: 0.5 })).toEqual(['multiplier']);
  });

  it('a quadratic without full rank has a line of them', () => {
    const flat = {
      function: {
        kind: 'quadratic' as const,
        matrix: [
          [1, 1],
          [1, 1],
        ],
        vector: [1, 1],
      },
      point: [2, 2],
      radius: 4,
    };
    for (const t of [0, 0.5, -2]) {
      expect(defects(flat, { point: [0.5 + t, 0.5 - t], value: -0.5, multiplier: 0 })).toEqual([]);
    }
    expect(defects(flat, { point: [0.5, 0.25], value: -0.46875, multiplier: 0 })).toEqual([
      'f(point), at most the minimum over the ball',
    ]);
  });

  it('where the ball holds none, the point is unique', () => {
    const small = { ...valley, radius: 0.5 };
    const right = broxOperation.reference(small);
    expect(right).toEqual({ point: [0.5, 0], value: 0.5, multiplier: 2 });
    expect(defects(small, right)).toEqual([]);
    expect(defects(small, { ...right, point: [0.5, 1e-9] })).toEqual(['point[1]']);
    expect(defects(small, { ...right, value: 0.25 })).toEqual(['value']);
    expect(defects(small, { ...right, multiplier: 0 })).toEqual(['multiplier']);
  });
});

describe('runs', () => {
  const line = { kind: 'weighted-l1' as const, weights: [1, 0] };

  it('the broximal point method stays in the set of minimisers, wherever', () => {
    const input = { function: line, point: [1.5, 0], radii: [1, 1, 1] };
    const right = broximalPointOperation.reference(input);
    expect(right.optimalAfter).toBe(2);
    const judged = (output: typeof right) => wrong(broximalPointOperation, input, output);
    expect(judged(right)).toEqual([]);
    const start = right.points.slice(0, 2);
    expect(judged({ ...right, points: [...start, [0, 0.75], [0, -0.25]] })).toEqual([]);
    expect(judged({ ...right, points: [...start, [0, 0.75], [0, -0.75]] })).toEqual([
      '|points[3] - x|, at most the radius',
    ]);
    const leaving = { ...right, points: [...start, [0, 0], [0.25, 0]], values: [...right.values.slice(0, 3), 0.25] };
    expect(judged(leaving)).toEqual(['f(points[3]), at most the minimum over the ball']);
    expect(judged({ ...right, optimalAfter: null })).toEqual(['optimalAfter']);
    expect(judged({ ...right, optimalAfter: 3 })).toEqual(['optimalAfter']);
    expect(judged({ ...right, points: [[1.5, 0], [0.5, 0.125], ...right.points.slice(2)] })[0]).toBe('points[1][1]');
  });

  it('a start that is optimal is the start', () => {
    const input = { function: line, point: [0, 3], radii: [1] };
    const right = broximalPointOperation.reference(input);
    const judged = (points: number[][]) => wrong(broximalPointOperation, input, { ...right, points });
    expect(right.optimalAfter).toBe(0);
    expect(
      judged([
        [0, 3],
        [0, 2.5],
      ]),
    ).toEqual([]);
    expect(
      judged([
        [0, 2],
        [0, 2.5],
      ]),
    ).toEqual(['points[0][1]']);
  });

  it('the accelerated method: one ball, then the end', () => {
    const input = { function: line, point: [1, 0], radius: 2, alpha: 2, maximumCalls: 4 };
    const right = ballAccelerationOperation.reference(input);
    const judged = (output: typeof right) => wrong(ballAccelerationOperation, input, output);
    expect(right.optimalAfter).toBe(1);
    expect(judged(right)).toEqual([]);
    expect(
      judged({
        ...right,
        points: [
          [1, 0],
          [0, -1],
        ],
      }),
    ).toEqual([]);
    expect(
      judged({
        ...right,
        points: [
          [1, 0],
          [0, -2],
        ],
      }),
    ).toEqual(['|points[1] - x|, at most the radius']);
    expect(judged({ ...right, optimalAfter: null })).toEqual(['optimalAfter']);
    expect(judged({ ...right, oracleCalls: 2 })).toEqual(['oracleCalls']);
  });

  it.each(['float64', 'float32', 'bfloat16'] as const)('our runs are right by the measure of %s', (format) => {
    for (const input of sample<Input<typeof broximalPointOperation>>('broximal-point', format, 150)) {
      expect(wrong(broximalPointOperation, input, broximalPointOperation.reference(input), format)).toEqual([]);
    }
    for (const input of sample<Input<typeof ballAccelerationOperation>>('ball-acceleration', format, 150)) {
      expect(wrong(ballAccelerationOperation, input, ballAccelerationOperation.reference(input), format)).toEqual([]);
    }
  });
});

describe('enclosures', () => {
  it('contain the exact value, in order, and are narrow', () => {
    const input = { components: 4, momentum: 0.5 };
    const { positive } = momentumLawOperation.reference(input);
    const [lo = 0, hi = 1] = positive;
    const judged = (pair: number[]) => wrong(momentumLawOperation, input, { positive: pair }, 'float32');
    expect(judged([lo, hi])).toEqual([]);
    expect(judged([lo - 0.001, hi + 0.001])).toEqual([]);
    expect(judged([hi, hi])).toEqual([]);
    expect(judged([hi + 0.001, hi + 0.002])).toEqual(['positive: lo, at most the exact value']);
    expect(judged([lo - 0.002, lo - 0.001])).toEqual(['positive: hi, at least the exact value']);
    expect(judged([hi, lo])).toEqual(['positive: lo, at most hi']);
    expect(judged([lo - 1, hi + 1])).toEqual(['positive: hi - lo']);
  });

  it('our own are right', () => {
    const drift = { components: 5, momentum: 0.5 };
    const top = { ...drift, dimension: 4, k: 2, amplify: 4, damp: 0.25 };
    expect(wrong(cautiousDriftOperation, drift, cautiousDriftOperation.reference(drift))).toEqual([]);
    expect(wrong(topKDriftOperation, top, topKDriftOperation.reference(top))).toEqual([]);
  });
});
