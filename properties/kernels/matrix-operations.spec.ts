import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { NORM_NAMES } from '../../src/kernels/matrix/norm-enclosure.ts';
import { loadOperation } from '../../src/operations/catalogue.ts';
import { dualNormOperation } from '../../src/operations/dual-norm.ts';
import { lmoOperation } from '../../src/operations/lmo.ts';
import { newtonSchulzOperation } from '../../src/operations/newton-schulz.ts';
import { normOperation } from '../../src/operations/norm.ts';
import { Declined } from '../../src/operations/operation.ts';
import { polarOperation } from '../../src/operations/polar.ts';
import { singularValuesOperation } from '../../src/operations/singular-values.ts';

const matrix = [
  [3, -1, 0.5],
  [0.25, 2, 1],
];
const quintic = [[15 / 8, -10 / 8, 3 / 8]] as const;

/** All numbers of an output, in order. */
const numbers = (output: unknown): number[] =>
  typeof output === 'object' && output !== null
    ? Object.values(output).flatMap(numbers)
    : [typeof output === 'string' ? Rational.from(output).toNumber() : Number(output)];

const OPERATIONS = [
  ...NORM_NAMES.flatMap((norm) => [
    [`norm ${norm}`, normOperation, { matrix, norm }] as const,
    [`dual-norm ${norm}`, dualNormOperation, { matrix, norm }] as const,
    [`lmo ${norm}`, lmoOperation, { matrix, norm, radius: 0.75 }] as const,
  ]),
  ['singular-values', singularValuesOperation, { matrix }] as const,
  ['polar', polarOperation, { matrix }] as const,
  ['newton-schulz', newtonSchulzOperation, { matrix, coefficients: quintic, steps: 3 }] as const,
  [
    'newton-schulz, epsilon',
    newtonSchulzOperation,
    {
      matrix,
      coefficients: [...quintic, [3.4445, -4.775, 2.0315]],
      steps: 3,
      normalisation: 'frobenius',
      epsilon: 0.1,
    },
  ] as const,
  [
    'newton-schulz, none',
    newtonSchulzOperation,
    { matrix: matrix.map((row) => row.map((x) => x / 4)), coefficients: quintic, steps: 2, normalisation: 'none' },
  ] as const,
] as const;

interface Callable {
  readonly id: string;
  readonly input: { parse(x: unknown): unknown };
  readonly output: { parse(x: unknown): unknown };
  exact?(input: unknown): unknown;
  reference(input: unknown): unknown;
  float32?(input: unknown): unknown;
  errorBound(input: unknown, format: 'float64' | 'float32' | 'bfloat16'): number | undefined;
}

describe.each(OPERATIONS)('%s', (_, typed, raw) => {
  const operation = typed as unknown as Callable;
  const input = operation.input.parse(raw);

  it('is in the catalogue under its id', async () => {
    expect(await loadOperation(operation.id)).toBe(typed);
  });

  it('agrees with itself in every precision, within the bounds that it gives', () => {
    const reference = operation.reference(input);
    const bound = operation.errorBound(input, 'float64') ?? Number.NaN;
    const single = operation.errorBound(input, 'float32') ?? Number.NaN;
    expect(operation.output.parse(reference)).toEqual(reference);
    const others: [unknown, number][] = [[operation.float32?.(input), single]];
    const exact = operation.exact?.(input);
    if (exact !== undefined && !(exact instanceof Declined)) others.push([exact, 0]);
    for (const [other, width] of others) {
      const [left, right] = [numbers(reference), numbers(other)];
      expect(right.length).toBe(left.length);
      for (const [i, x] of left.entries())
        expect(Math.abs(x - (right[i] ?? Number.NaN))).toBeLessThanOrEqual(bound + width);
    }
    expect(single).toBeGreaterThan(bound);
    expect(bound).toBeGreaterThan(0);
    expect(single).toBeLessThan(0.01);
  });

  it('refuses unknown and missing fields', () => {
    const { matrix: _unused, ...rest } = raw;
    expect(() => operation.input.parse({ ...raw, extra: 1 })).toThrow();
    expect(() => operation.input.parse(rest)).toThrow();
    expect(() => operation.input.parse({ ...raw, matrix: [[1], [1, 2]] })).toThrow(/rows of one length/);
  });

  it('takes empty matrices', () => {
    for (const empty of [[], [[], []]]) {
      const nothing = operation.input.parse({ ...raw, matrix: empty });
      const output = operation.reference(nothing) as { matrix?: unknown };
      if ('matrix' in output) expect(output.matrix).toEqual(empty);
      else expect(numbers(output).every((x) => x === 0)).toBe(true);
      expect(operation.errorBound(nothing, 'float64')).toBe(0);
    }
  });
});

describe('exact forms', () => {
  it('exist for the four rational norms and decline the others by name', () => {
    const third = [['1/3', '-2/3']];
    expect(normOperation.exact?.({ matrix: third, norm: 'scaled-max-entry' })).toEqual({ value: '4/3' });
    expect(dualNormOperation.exact?.({ matrix: third, norm: 'scaled-max-entry' })).toEqual({ value: '1/2' });
    expect(lmoOperation.exact?.({ matrix: third, norm: 'scaled-max-entry', radius: '1/7' })).toEqual({
      matrix: [['-1/14', '1/14']],
    });
    const declined = normOperation.exact?.({ matrix: third, norm: 'frobenius' });
    expect(declined).toBeInstanceOf(Declined);
    expect((declined as Declined).reason).toContain('frobenius');
  });

  it('of Newton–Schulz: a scalar step by hand, and a refusal before the digits explode', () => {
    const input = { matrix: [['1/2']], coefficients: [['3/2', '-1/2', '0']], steps: 1, normalisation: 'none' } as const;
    expect(newtonSchulzOperation.exact?.({ ...input, coefficients: [['3/2', '-1/2', '0']] })).toEqual({
      matrix: [['11/16']],
    });
    const { normalisation: _unused, ...normalised } = input;
    expect(newtonSchulzOperation.exact?.(normalised)).toBeInstanceOf(Declined);
    const long = { ...input, matrix, coefficients: [[3.4445, -4.775, 2.0315]] as const, steps: 40 };
    expect(newtonSchulzOperation.exact?.(long)).toBeInstanceOf(Declined);
  });
});
