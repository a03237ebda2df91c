import { afterAll, describe, expect, test } from 'vitest';
import { packCoins } from '../../src/kernels/gpu/coin-table.ts';
import { toFloat64Matrix } from '../../src/kernels/gpu/float32-matrix.ts';
import { iterateOddPolynomialFloat32, mapScalarsFloat32 } from '../../src/kernels/gpu/float32-reference.ts';
import { iterateOddPolynomial } from '../../src/kernels/gpu/newton-schulz.ts';
import { iterateOddPolynomialErrorBound } from '../../src/kernels/gpu/newton-schulz-error-bound.ts';
import { mapScalars } from '../../src/kernels/gpu/odd-polynomial-map.ts';
import { createBackend } from '../../src/kernels/gpu/select-backend.ts';
import { signFormTrajectory } from '../../src/kernels/gpu/sign-form-trajectory.ts';
import { adamSchedule, startAt } from '../../src/kernels/gpu/trajectory.ts';
import { compared, laneChecks, MUON, matrixChecks, matrixOf, normalised, SIZES } from './twin-checks.ts';

const backend = await createBackend('webasm');
afterAll(() => backend.dispose());

describe.each(SIZES)('twins of %i x %i on webasm', (rows, columns) => {
  test.each(matrixChecks(rows, columns))(
    '$id: every bit of the float32 reference, and inside the bound',
    async (check) => {
      const { entries, mismatches, worst = 0 } = await compared(check, backend);
      expect(entries).toBeGreaterThan(0);
      expect(mismatches).toBe(0);
      expect(worst).toBeLessThanOrEqual(1);
    },
  );
});

test.each(laneChecks(257, 101))('$id: every bit of the float32 reference, and inside the bound', async (check) => {
  const { entries, mismatches, worst = 0 } = await compared(check, backend);
  expect(entries).toBeGreaterThan(0);
  expect(mismatches).toBe(0);
  expect(worst).toBeLessThanOrEqual(1);
});

test.each([
  [0, 0],
  [0, 3],
  [3, 0],
] as const)('nothing of %i x %i runs on the device, and shapes are kept', async (rows, columns) => {
  for (const check of matrixChecks(rows, columns)) {
    expect(await compared(check, backend)).toMatchObject({ id: check.id, mismatches: 0 });
  }
});

test('no lanes and no steps leave the state as it was', async () => {
  const schedule = adamSchedule(0.1, 0.9, 0.999, 0);
  const method = { beta2: 0.999, epsilon: 1e-8, amplify: 1, damp: 1 };
  const still = await signFormTrajectory(
    backend,
    { components: 3 },
    method,
    schedule,
    packCoins(0, 2, () => true),
    startAt(5, 2),
  );
  expect([...still.position]).toEqual([5, 5]);
  expect(await mapScalars(backend, new Float32Array(0), [[1]], 3)).toHaveLength(0);
});

test('a loop of 5000 steps runs to its end', async () => {
  const [values, slowly] = [Float32Array.of(1, 0.5), [[1 - 2 ** -12]]];
  const result = await mapScalars(backend, values, slowly, 5000);
  expect([...result]).toEqual([...mapScalarsFloat32(values, slowly, 5000)]);
  expect([...result]).not.toEqual([...mapScalarsFloat32(values, slowly, 1000)]);
});

test('threads change no bit: a product large enough for them', async () => {
  const X = normalised(matrixOf(2, 96, 128));
  const { data } = await iterateOddPolynomial(backend, X, [MUON], 2);
  expect(data.filter((x, at) => x !== iterateOnce[at])).toHaveLength(0);
});
const iterateOnce = iterateOddPolynomialFloat32(normalised(matrixOf(2, 96, 128)), [MUON], 2).data;

test.each(SIZES)(
  'the Newton–Schulz bound of %i x %i holds against doubles and is no looser than the result is large',
  async (rows, columns) => {
    const X = normalised(matrixOf(4, rows, columns));
    const { data } = await iterateOddPolynomial(backend, X, [MUON], 2);
    const bound = iterateOddPolynomialErrorBound(backend, X, [MUON], 2);
    const exact = quinticInDoubles(quinticInDoubles(toFloat64Matrix(X)));
    const error = Math.hypot(...exact.data.map((x, at) => x - (data[at] ?? Number.NaN)));
    expect(error).toBeLessThanOrEqual(bound);
    expect(bound).toBeLessThan(Math.hypot(...exact.data) / 8);
  },
);

/** One quintic step by plain sums, no code of the twins. */
function quinticInDoubles({ rows, columns, data }: ReturnType<typeof toFloat64Matrix>) {
  const [a, b, c] = MUON.map(Math.fround) as [number, number, number];
  const x = (i: number, j: number) => data[i * columns + j] ?? Number.NaN;
  const gram = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: rows }, (_, j) =>
      Array.from({ length: columns }, (_, k) => x(i, k) * x(j, k)).reduce((s, y) => s + y, 0),
    ),
  );
  const tail = gram.map((row, i) =>
    row.map((y, j) => b * y + c * row.reduce((s, z, k) => s + z * (gram[k]?.[j] ?? 0), 0) + (i === j ? a : 0)),
  );
  const next = Float64Array.from(data, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    return (tail[i] ?? []).reduce((s, y, k) => s + y * x(k, j), 0);
  });
  return { rows, columns, data: next };
}
