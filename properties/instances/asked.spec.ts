import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { askedInputs } from '../../src/instances/asked/asked-inputs.ts';
import { fromRows } from '../../src/kernels/matrix/matrix.ts';
import { rankThreshold } from '../../src/kernels/matrix/polar.ts';
import { isRepresentable } from '../../src/kernels/matrix/representable.ts';
import { svd } from '../../src/kernels/matrix/svd.ts';
import { UNIT_ROUNDOFF } from '../../src/kernels/unit-roundoff.ts';
import { loadOperation, operationIds } from '../../src/operations/catalogue.ts';
import type { AnyOperation } from '../../src/operations/operation.ts';

type Rows = readonly (readonly number[])[];

interface Sequence {
  readonly parameters: readonly Rows[];
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly gradients: readonly (readonly Rows[])[];
}

const FORMATS = ['float64', 'float32', 'bfloat16'] as const;
/** Their references take up to a second. */
const SLOW: readonly string[] = ['momentum-law', 'cautious-drift', 'top-k-drift'];

const sample = (id: string, count: number, format: (typeof FORMATS)[number] = 'float64', mostSize?: number) => {
  const inputs = askedInputs(id, mostSize === undefined ? { format } : { format, mostSize });
  if (inputs === undefined) throw new Error(`inputs of ${id}, got none`);
  return fc.sample(inputs, { seed: 5, numRuns: count });
};

const operationOf = async (id: string): Promise<AnyOperation> => {
  const operation = await loadOperation(id);
  if (operation === undefined) throw new Error(`the operation ${id}, got none`);
  return operation;
};

const largest = (A: Rows): number => Math.max(...A.flat().map(Math.abs));
const isZero = (A: Rows): boolean => largest(A) === 0;
const equal = (A: Rows, B: Rows | undefined): boolean => JSON.stringify(A) === JSON.stringify(B);
const negated = (A: Rows): Rows => A.map((row) => row.map((x) => 0 - x));

const shapeOf = (A: Rows): string => {
  const [rows, columns] = [A.length, A[0]?.length ?? 0];
  if (rows === 1 || columns === 1) return rows === columns ? '1×1' : rows === 1 ? 'row' : 'column';
  return rows === columns ? 'square' : rows > columns ? 'tall' : 'wide';
};

const scaleOf = (A: Rows): string => {
  const size = largest(A);
  if (size === 0) return 'zero';
  return size < 2 ** -80 ? '1e-30' : size < 2 ** -20 ? '1e-10' : size > 2 ** 50 ? 'huge' : 'moderate';
};

/** How often each label is met. */
const counted = (labels: readonly (readonly string[])[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const label of labels.flat()) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};

/** Each wanted label on at least one input of fifty. */
const expectAll = (counts: Readonly<Record<string, number>>, wanted: readonly string[], inputs: number): void =>
  expect(wanted.filter((label) => !((counts[label] ?? 0) >= inputs / 50))).toEqual([]);

describe.each(FORMATS)('what is asked of an implementation in %s', (format) => {
  it.each(operationIds)('%s: is in the domain, complete, and the reference answers', async (id) => {
    const operation = await operationOf(id);
    for (const input of sample(id, SLOW.includes(id) ? 5 : 60, format)) {
      const parsed = operation.input.safeParse(input);
      expect(parsed.error?.issues ?? []).toEqual([]);
      // every field is there, defaults included
      expect(parsed.data).toEqual(input);
      expect(() => operation.reference(input as never)).not.toThrow();
    }
  });

  it('singular values are 0, or above the threshold of the rank', () => {
    let deficient = 0;
    for (const input of sample('polar', 200, format) as { matrix: Rows }[]) {
      const A = fromRows(input.matrix);
      const { values, valuesError } = svd(A);
      const threshold = rankThreshold(A.rows, A.columns, values[0] ?? 0, UNIT_ROUNDOFF[format]);
      // from 16 rows on the threshold of bfloat16 is above the largest singular value
      const demanded = Math.min(threshold, (values[0] ?? 0) / 5);
      expect(values.filter((s) => s > valuesError && s < demanded)).toEqual([]);
      if (values.some((s) => s <= valuesError) && !isZero(input.matrix)) deficient += 1;
    }
    expect(deficient).toBeGreaterThan(10);
  });
});

describe('inputs', () => {
  it.each(operationIds)('%s: one seed, one sequence of inputs', (id) => {
    expect(sample(id, 12)).toEqual(sample(id, 12));
  });

  it('unknown operations have none', () => {
    expect(askedInputs('no-such-operation', { format: 'float64' })).toBeUndefined();
  });

  it('respect the most size, and reach it', () => {
    for (const mostSize of [3, 64, 512]) {
      const sizes = (sample('norm', 400, 'float32', mostSize) as { matrix: Rows }[]).map(({ matrix }) =>
        Math.max(matrix.length, matrix[0]?.length ?? 0),
      );
      expect(Math.max(...sizes)).toBe(mostSize);
      expect(sizes.filter((n) => n <= 8).length).toBeGreaterThan(350);
    }
    const sequences = sample('adamw', 300, 'float64', 5) as Sequence[];
    const sides = sequences.flatMap(({ parameters }) => parameters.flatMap((W) => [W.length, W[0]?.length ?? 0]));
    expect(Math.max(...sides)).toBe(5);
  });

  it.each(['norm', 'polar', 'newton-schulz'])('%s: every kind of matrix is among 400', (id) => {
    const labels = (sample(id, 400) as { matrix: Rows }[]).map(({ matrix }) => {
      const { values, valuesError } = svd(fromRows(matrix));
      const [first = 0, last = 0] = [values[0], values.at(-1)];
      const columns = (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j] ?? 0));
      const lines = [...matrix, ...columns];
      return [
        shapeOf(matrix),
        scaleOf(matrix),
        ...(first > 0 && last <= valuesError ? ['rank-deficient'] : []),
        ...(values.length > 1 && first > 0 && last > 0.99 * first ? ['flat'] : []),
        ...(last > valuesError && last < 2 ** -8 * first ? ['graded'] : []),
        ...(first > 0 && lines.some((line) => line.every((x) => x === 0)) ? ['a line of zeros'] : []),
        matrix.flat().every((x) => isRepresentable(x, 'bfloat16')) ? 'few bits' : 'many bits',
        ...(Math.max(matrix.length, columns.length) > 16 ? ['large'] : []),
      ];
    });
    const shapes = ['1×1', 'row', 'column', 'square', 'tall', 'wide'];
    const scales = ['moderate', '1e-10', '1e-30', 'huge', 'zero'];
    const spectra = ['rank-deficient', 'flat', 'graded', 'a line of zeros', 'few bits', 'many bits', 'large'];
    expectAll(counted(labels), [...shapes, ...scales, ...spectra], labels.length);
  });

  it.each(['adamw', 'muon', 'shampoo'])('%s: every kind of sequence is among 400', (id) => {
    const labels = (sample(id, 400) as Sequence[]).map(({ parameters, hyperparameters: h, gradients }) => {
      const streams = parameters.map((_, i) => gradients.map((step) => step[i] ?? []));
      const shapes = parameters.map((W) => `${W.length}x${W[0]?.length}`);
      // in a few entries at a few steps everything happens by chance
      const long = streams.filter((stream) => stream.length > 2 && (stream[0]?.flat().length ?? 0) > 3);
      const some = (holds: (stream: readonly Rows[]) => boolean, label: string) => (long.some(holds) ? [label] : []);
      const entry = (G: Rows, at: number): number => G.flat()[at] ?? 0;
      // where no gradient is a zero one and not all are the same
      const isVaried = (stream: readonly Rows[]): boolean =>
        !stream.some(isZero) && new Set(stream.map((G) => JSON.stringify(G.map((row) => row.map(Math.abs))))).size > 1;
      const alwaysZero = (stream: readonly Rows[]): boolean =>
        (stream[0]?.flat() ?? []).some((_, at) => stream.every((G) => entry(G, at) === 0));
      return [
        ...parameters.map(shapeOf),
        ...streams.map((stream) => scaleOf(stream.flat())),
        `${parameters.length} parameters`,
        ...(new Set(shapes).size < shapes.length && !shapes.includes('1x1') ? ['two of one shape'] : []),
        gradients.length === 1 ? 'one step' : gradients.length > 8 ? 'many steps' : 'steps',
        ...some((s) => s.some(isZero) && !s.every(isZero), 'a zero gradient'),
        ...some((s) => isZero(s[0] ?? []) && !s.every(isZero), 'a zero gradient first'),
        ...some((s) => s.some((G, t) => t > 0 && !isZero(G) && equal(G, s[t - 1])), 'repeated'),
        ...some((s) => s.some((G, t) => t > 0 && !isZero(G) && equal(negated(G), s[t - 1])), 'negated'),
        ...some((s) => isVaried(s) && alwaysZero(s), 'an entry without gradient'),
        ...some(
          (s) => isVaried(s) && !alwaysZero(s) && s.some((G) => G.flat().includes(0)),
          'an entry zero at one step',
        ),
        h.learningRate === 0 ? 'no learning' : 'learning',
        ...(Number(h.weightDecay ?? 0.5) > 0.2 ? ['strong decay'] : []),
        ...(Number(h.weightDecay ?? 0) === 0 ? ['no decay'] : []),
        ...(h.epsilon === 0 || id === 'shampoo' ? ['no epsilon'] : []),
        ...(Number(h.epsilon) >= 0.1 ? ['large epsilon'] : []),
        ...(Number(h.learningRate) * Number(h.weightDecay ?? 0) > 1 ? ['reversed'] : []),
      ];
    });
    const counts = counted(labels);
    const wanted = [
      ...['1×1', 'row', 'column', 'square', 'tall', 'wide', 'moderate', '1e-10', '1e-30', 'huge', 'zero'],
      ...['1 parameters', '2 parameters', '3 parameters', 'two of one shape', 'one step', 'steps', 'many steps'],
      ...['a zero gradient', 'a zero gradient first', 'repeated', 'negated', 'an entry without gradient'],
      ...['an entry zero at one step', 'no learning', 'strong decay', 'no decay', 'no epsilon', 'large epsilon'],
    ];
    expectAll(counts, wanted, labels.length);
    expect(counts.reversed).toBeUndefined();
  });

  it('every corner of the hyperparameters of Muon is among 400', () => {
    const asked = (sample('muon', 400) as Sequence[]).map(({ hyperparameters }) => hyperparameters);
    const values = (name: string): number => new Set(asked.map((h) => JSON.stringify(h[name]))).size;
    expect(['scale', 'orthogonalisation', 'nesterov', 'momentum', 'coefficients'].map(values)).toEqual([4, 2, 2, 4, 7]);
    expect(asked.some((h) => Number(h.steps) === 0)).toBe(true);
    expect(asked.some((h) => Number(h.steps) > (h.coefficients as readonly unknown[]).length)).toBe(true);
  });
});

describe('at float64 nearly everything is guaranteed', () => {
  const spent: string[] = [];
  afterAll(() => console.info(`milliseconds for 100 inputs with their bounds: ${spent.join(', ')}`));

  const guaranteed = operationIds.filter((id) => !SLOW.includes(id) && id !== 'ball-acceleration');

  it.each(guaranteed)('%s: the error bound is finite on more than 85 of 100', async (id) => {
    const { errorBound } = await operationOf(id);
    const begun = performance.now();
    const bounds = sample(id, 100).map((input) => errorBound(input as never, 'float64') ?? Number.NaN);
    spent.push(`${id} ${(performance.now() - begun).toFixed(0)}`);
    expect(bounds.filter(Number.isFinite).length).toBeGreaterThan(85);
    expect(bounds.some(Number.isNaN)).toBe(false);
  });
});
