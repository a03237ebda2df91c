import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { packCoins } from '../../src/kernels/gpu/coin-table.ts';
import { toFloat32 } from '../../src/kernels/gpu/float32-matrix.ts';
import type { KernelThis } from '../../src/kernels/gpu/gpujs.ts';
import { multiply } from '../../src/kernels/gpu/multiply.ts';
import { iterateOddPolynomial } from '../../src/kernels/gpu/newton-schulz.ts';
import { mapScalars } from '../../src/kernels/gpu/odd-polynomial-map.ts';
import type { Plan } from '../../src/kernels/gpu/plan.ts';
import { probeBackends } from '../../src/kernels/gpu/probe-backends.ts';
import { rankMask } from '../../src/kernels/gpu/rank-mask.ts';
import { arrayBackend, backendChoice, closeArrayBackend, createBackend } from '../../src/kernels/gpu/select-backend.ts';
import { signFormTrajectory } from '../../src/kernels/gpu/sign-form-trajectory.ts';
import { topKTrajectory } from '../../src/kernels/gpu/top-k-trajectory.ts';
import { adamSchedule, startAt } from '../../src/kernels/gpu/trajectory.ts';
import { assertRunnable } from '../../src/kernels/gpu/validate.ts';
import { mutatedBackend } from './mutated-backend.ts';
import { compared, laneChecks, matrixChecks } from './twin-checks.ts';

const backend = await createBackend('webasm');
afterAll(() => backend.dispose());
afterEach(() => vi.unstubAllEnvs());

const matrix = (rows: number, columns: number, ...data: number[]) => ({
  rows,
  columns,
  data: Float32Array.of(...data),
});
const problem = { components: 10 };
const adam = { beta2: 0.999, epsilon: 1e-8, amplify: 1, damp: 1 };
const coins = packCoins(3, 2, () => false);
const schedule = adamSchedule(0.1, 0.9, 0.999, 3);
const start = startAt(0, 2);
function doubleKernel(this: KernelThis, a: Record<number, number>): number {
  return 2 * (a[this.thread.x] as number);
}
const double: Plan = {
  name: 'double',
  work: 2,
  width: 1,
  kernel: {
    kernel: doubleKernel,
    output: [2],
    constants: {},
  },
};

describe('what gpu.js would let through, or die of, is refused in one line before the call', () => {
  const refusals: readonly [string, () => unknown, typeof TypeError | typeof RangeError, string][] = [
    [
      'no Float32Array',
      () => backend.run(double, [{ name: 'a', data: new Float64Array(2) as unknown as Float32Array, shape: [2] }]),
      TypeError,
      'double, a: a Float32Array, got object',
    ],
    [
      'text in place of an array',
      () => backend.run(double, [{ name: 'a', data: '12' as unknown as Float32Array, shape: [2] }]),
      TypeError,
      'double, a: a Float32Array, got string',
    ],
    [
      'NaN',
      () => backend.run(double, [{ name: 'a', data: Float32Array.of(1, Number.NaN), shape: [2] }]),
      RangeError,
      'double, a: finite float32 numbers, got NaN at 1',
    ],
    [
      'infinity',
      () => multiply(backend, matrix(1, 1, Number.POSITIVE_INFINITY), matrix(1, 1, 1)),
      RangeError,
      'multiply, A: finite float32 numbers, got Infinity at 0',
    ],
    [
      'length',
      () => backend.run(double, [{ name: 'a', data: new Float32Array(3), shape: [2] }]),
      TypeError,
      'double, a: 2 entries for 2, got 3',
    ],
    [
      'a length of 0',
      () => backend.run(double, [{ name: 'a', data: new Float32Array(0), shape: [0, 2] }]),
      RangeError,
      'double, a: lengths integers >= 1, got 0x2',
    ],
    [
      'a result of length 0',
      () => backend.run({ ...double, kernel: { ...double.kernel, output: [0] } }, []),
      RangeError,
      'double, result: lengths integers >= 1, got 0',
    ],
    [
      'too many bytes',
      () => assertRunnable([2 ** 20, 2 ** 10], backend.largestArray, 'double, a'),
      RangeError,
      `double, a: at most ${2 ** 29} bytes in an array, got ${2 ** 32}`,
    ],
    [
      'data that do not fill the shape',
      () => multiply(backend, matrix(2, 2, 1), matrix(2, 1, 1, 1)),
      TypeError,
      'multiply, A: 4 entries for 2x2, got 1',
    ],
    [
      'a negative size',
      () => multiply(backend, matrix(-1, 2), matrix(2, 1, 1, 1)),
      RangeError,
      'multiply, A: rows and columns integers >= 0, got -1x2',
    ],
    [
      'shapes of a product',
      () => multiply(backend, matrix(1, 2, 1, 1), matrix(1, 1, 1)),
      TypeError,
      'multiply: columns of A = rows of B, got 1x2 and 1x1',
    ],
    [
      'overflow of a result',
      () => multiply(backend, matrix(1, 1, 3e38), matrix(1, 1, 3e38)),
      RangeError,
      'multiply, result: finite float32 numbers, got Infinity at 0',
    ],
    [
      'overflow of an iterate',
      () => iterateOddPolynomial(backend, matrix(1, 1, 9), [[1, 1, 1]], 9),
      RangeError,
      'iterateOddPolynomial, result: finite float32 numbers, got Infinity at 0',
    ],
    [
      'no coefficients',
      () => iterateOddPolynomial(backend, matrix(1, 1, 1), []),
      RangeError,
      'stepCoefficients: at least one step, got none',
    ],
    [
      'half a step',
      () => iterateOddPolynomial(backend, matrix(1, 1, 1), [[1, 1, 1]], 0.5),
      RangeError,
      'stepCoefficients: steps an integer >= 0, got 0.5',
    ],
    [
      'no terms',
      () => mapScalars(backend, Float32Array.of(1), [[]]),
      RangeError,
      'mapScalars: at least one step with at least one coefficient, got none',
    ],
    [
      'steps of different degree',
      () => mapScalars(backend, Float32Array.of(1), [[1], [1, 2]]),
      TypeError,
      'mapScalars: 1 coefficients in every step, got 1,2',
    ],
    [
      'a double outside float32',
      () => toFloat32([1, 1e39], 'state'),
      RangeError,
      'state: entries in the range of float32, got 1e+39 at 1',
    ],
    [
      'a fraction of a rank',
      () => rankMask(backend, Float32Array.of(1), 0.5),
      RangeError,
      'rankMask: chosen an integer >= 0, got 0.5',
    ],
    [
      'one component',
      () => signFormTrajectory(backend, { components: 1 }, adam, schedule, coins, start),
      RangeError,
      'signFormTrajectory: components an integer from 2 to 2^24 - 1, got 1',
    ],
    [
      'beta2 of 1',
      () => signFormTrajectory(backend, problem, { ...adam, beta2: 1 }, schedule, coins, start),
      RangeError,
      'signFormTrajectory: 0 <= beta2 < 1, got 1',
    ],
    [
      'negative epsilon',
      () => signFormTrajectory(backend, problem, { ...adam, epsilon: -1 }, schedule, coins, start),
      RangeError,
      'signFormTrajectory: epsilon >= 0, got -1',
    ],
    [
      'damp above amplify',
      () => signFormTrajectory(backend, problem, { ...adam, damp: 2 }, schedule, coins, start),
      RangeError,
      'signFormTrajectory: amplify >= damp >= 0, got 1, 2',
    ],
    [
      'a short schedule',
      () => signFormTrajectory(backend, problem, adam, adamSchedule(0.1, 0.9, 0.9, 2), coins, start),
      TypeError,
      'signFormTrajectory: a schedule of 3 steps, got 2 and 2',
    ],
    [
      'a state of other lanes',
      () => signFormTrajectory(backend, problem, adam, schedule, coins, startAt(0, 3)),
      TypeError,
      'signFormTrajectory: a state of 2 numbers, got 3,3,3',
    ],
    [
      'coins of other lanes',
      () =>
        topKTrajectory(
          backend,
          problem,
          { ...adam, k: 1 },
          schedule,
          [coins, packCoins(3, 1, () => true)],
          startAt(0, 4),
        ),
      TypeError,
      'topKTrajectory: coin tables of 3 steps and 2 lanes, got others',
    ],
    [
      'k of 3',
      () => topKTrajectory(backend, problem, { ...adam, k: 3 }, schedule, [coins, coins], startAt(0, 4)),
      RangeError,
      'topKTrajectory: k 0, 1 or 2, got 3',
    ],
    [
      'a schedule with beta1 of 1',
      () => adamSchedule(0.1, 1, 0.9, 2),
      RangeError,
      'adamSchedule: 0 <= beta1, beta2 < 1, got 1, 0.9',
    ],
    [
      'half a lane',
      () => packCoins(1, 0.5, () => true),
      RangeError,
      'packCoins: steps and lanes integers >= 0, got 1, 0.5',
    ],
  ];
  test.each(refusals)('%s', async (_, call, kind, message) => {
    const error = await (async () => call())().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toBe(message);
  });
});

test('the same plan at two sizes gives two results: nothing stale is reused', async () => {
  const longer: Plan = { ...double, kernel: { ...double.kernel, output: [3] } };
  expect([...(await backend.run(longer, [{ name: 'a', data: Float32Array.of(1, 2, 3), shape: [3] }]))]).toEqual([
    2, 4, 6,
  ]);
  expect([...(await backend.run(double, [{ name: 'a', data: Float32Array.of(5, 6), shape: [2] }]))]).toEqual([10, 12]);
});

test('a hundred sizes at once: old plans are let go, results stay right', async () => {
  const sizes = Array.from({ length: 100 }, (_, k) => k + 1);
  const products = await Promise.all(
    sizes.map((k) =>
      multiply(
        backend,
        { rows: 1, columns: k, data: new Float32Array(k).fill(1) },
        { rows: k, columns: 1, data: new Float32Array(k).fill(2) },
      ),
    ),
  );
  expect(products.map(({ data }) => data[0])).toEqual(sizes.map((k) => 2 * k));
});

describe('a kernel with one constant changed is caught', () => {
  const checks = [...matrixChecks(4, 6), ...laneChecks(64, 60)];
  test.each([
    ['multiply', /let sum = 0/, 'let sum = 1'],
    ['multiply', /k = 0/, 'k = 1'],
    ['iterateOddPolynomial', /\[2\](?= \* sum)/, '[1]'],
    ['absoluteRowSums', /Math\.abs/, '0.5 * Math.abs'],
    ['rowNorms', /Math\.sqrt\(sum\)/, 'sum'],
    ['columnNorms', /let sum = 0/, 'let sum = 1'],
    ['rowMaxima', /size > largest/, 'size < largest'],
    ['signs', /entry > 0/, 'entry > 1'],
    ['mapScalars', /x = value \* x/, 'x = value * x + 0.0001'],
    ['rankMask', /other > own/, 'other < own'],
    ['signFormTrajectory MGUP', /m \* g > 0/, 'm * g > 1'],
    ['signFormTrajectory Adam', /1 - beta1/, '1.0001 - beta1'],
    ['topKTrajectory k=1', /u2 \* g2 > u1 \* g1/, 'u2 * g2 < u1 * g1'],
  ] as const)('%s with %s -> %s', async (name, piece, replacement) => {
    const check = checks.find(({ id }) => id.startsWith(name));
    if (check === undefined) throw new RangeError(`a check named ${name}, got none`);
    expect((await compared(check, backend)).mismatches).toBe(0);
    expect((await compared(check, mutatedBackend(backend, piece, replacement))).mismatches).toBeGreaterThan(0);
  });
});

describe('selection', () => {
  test('LEMMATA_BACKEND is read, empty means auto, another word is refused', () => {
    vi.stubEnv('LEMMATA_BACKEND', 'webgpu');
    expect(backendChoice()).toBe('webgpu');
    expect(backendChoice('')).toBe('auto');
    expect(() => backendChoice('cuda')).toThrow(new RangeError('LEMMATA_BACKEND: auto, webasm, webgpu, got "cuda"'));
  });

  test('the backend of the process is opened once, says what it is, and can be closed and opened again', async () => {
    vi.stubEnv('LEMMATA_BACKEND', 'webasm');
    const first = await arrayBackend();
    expect(await arrayBackend()).toBe(first);
    expect(first).toMatchObject({
      mode: 'webasm',
      hardware: false,
      bitExact: true,
      label: 'webasm: WebAssembly f32x4 (CPU)',
    });
    await closeArrayBackend();
    await expect(first.run(double, [{ name: 'a', data: Float32Array.of(1, 2), shape: [2] }])).rejects.toThrow(
      'got one that was disposed of',
    );
    expect(await arrayBackend()).not.toBe(first);
    await closeArrayBackend();
  });

  test('the probe tells what is here, and what helps where something is not', async () => {
    const probe = await probeBackends();
    expect(probe.webasm).toEqual({ available: true });
    expect(probe.node).toBe(process.version);
    if (probe.webgpu.adapters.length === 0) {
      expect(probe.webgpu.remedy).toMatch(/install|glibc/);
      expect(probe.selected).toBe(probe.choice === 'webgpu' ? null : 'webasm');
    } else {
      expect(probe.webgpu.adapters.map(({ name }) => name)).not.toContain('');
    }
  });

  test('a missing adapter is an error to skip by, not a silent change of backend', async () => {
    const { webgpu } = await probeBackends();
    const opened = await createBackend('webgpu').catch((error: unknown) => error);
    if (webgpu.adapters.length > 0) expect(opened).toMatchObject({ mode: 'webgpu' });
    else
      expect(opened).toMatchObject({
        name: 'BackendUnavailable',
        message: expect.stringMatching(/^webgpu: an adapter, got none: /),
      });
    if (typeof opened === 'object' && opened !== null && 'dispose' in opened)
      await (opened as typeof backend).dispose();
  });
});
