import type { ArrayBackend } from '../../src/kernels/gpu/backend.ts';
import { packCoins } from '../../src/kernels/gpu/coin-table.ts';
import { type Float32Matrix, toFloat64Matrix, transposed } from '../../src/kernels/gpu/float32-matrix.ts';
import {
  absoluteRowSumsFloat32,
  iterateOddPolynomialFloat32,
  mapScalarsFloat32,
  multiplyFloat32,
  rowNormsFloat32,
} from '../../src/kernels/gpu/float32-reference.ts';
import { signFormTrajectoryFloat32, topKTrajectoryFloat32 } from '../../src/kernels/gpu/float32-trajectory.ts';
import {
  absoluteRowSumsErrorBound,
  multiplyErrorBound,
  rowNormsErrorBound,
} from '../../src/kernels/gpu/matrix-error-bounds.ts';
import { multiply } from '../../src/kernels/gpu/multiply.ts';
import { iterateOddPolynomial } from '../../src/kernels/gpu/newton-schulz.ts';
import { mapScalarsErrorBound } from '../../src/kernels/gpu/odd-polynomial-error-bound.ts';
import { mapScalars } from '../../src/kernels/gpu/odd-polynomial-map.ts';
import { rankMask } from '../../src/kernels/gpu/rank-mask.ts';
import { absoluteRowSums, columnNorms, rowMaxima, rowNorms, signs } from '../../src/kernels/gpu/reductions.ts';
import { signFormTrajectory } from '../../src/kernels/gpu/sign-form-trajectory.ts';
import type { OddQuintic } from '../../src/kernels/gpu/step-coefficients.ts';
import { topKTrajectory } from '../../src/kernels/gpu/top-k-trajectory.ts';
import { adamSchedule, type LaneResult, startAt } from '../../src/kernels/gpu/trajectory.ts';
import { multiply as multiplyFloat64 } from '../../src/kernels/matrix/multiply.ts';

/** What is compared: the twin with its float32 reference, and with doubles within a bound where there is one. */
export interface TwinCheck {
  readonly id: string;
  twin(backend: ArrayBackend): Promise<Float32Array>;
  reference(): Float32Array;
  readonly doubles?: { values(): Float64Array; bounds(backend: ArrayBackend): Float64Array };
}

export const MUON: OddQuintic = [3.4445, -4.775, 2.0315];
export const CUBIC: OddQuintic = [1.5, -0.5, 0];
export const SIZES = [
  [1, 1],
  [2, 3],
  [17, 5],
  [64, 64],
] as const;

/** Numbers of a fixed seed on the grid integer / 2^20 in (-1, 1) (mulberry32). */
export function dyadic(seed: number, length: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) % 2 ** 21) / 2 ** 20 - 1;
  });
}

export const matrixOf = (seed: number, rows: number, columns: number): Float32Matrix => ({
  rows,
  columns,
  data: dyadic(seed, rows * columns),
});

/** Divided by a power of two above the Frobenius norm, so that nothing is rounded. */
export function normalised(A: Float32Matrix): Float32Matrix {
  const norm = Math.hypot(...A.data);
  const divisor = 2 ** Math.max(0, Math.ceil(Math.log2(norm || 1)));
  return { ...A, data: A.data.map((x) => x / divisor) };
}

const doublesOf = (values: Iterable<number>): Float64Array => Float64Array.from(values);
const rowsOf = ({ rows, columns, data }: Float32Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)]);

/** The linear algebra at one size; 0 is a size. */
export function matrixChecks(rows: number, columns: number): TwinCheck[] {
  const A = matrixOf(rows + 1, rows, columns);
  const B = matrixOf(columns + 7, columns, rows + 1);
  const X = normalised(A);
  const at = `${rows}x${columns}`;
  const sums = (): number[] => rowsOf(A).map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0));
  const norms = (M: Float32Matrix): number[] =>
    rowsOf(M).map((row) => Math.sqrt(row.reduce((sum, x) => sum + x * x, 0)));
  const relative = (values: number[], bound: number): Float64Array => doublesOf(values.map((x) => x * bound));
  return [
    {
      id: `multiply ${at}`,
      twin: async (backend) => (await multiply(backend, A, B)).data,
      reference: () => multiplyFloat32(A, B).data,
      doubles: {
        values: () => multiplyFloat64(toFloat64Matrix(A), toFloat64Matrix(B)).data,
        bounds: (backend) => multiplyErrorBound(backend, A, B).data,
      },
    },
    {
      id: `iterateOddPolynomial ${at}`,
      twin: async (backend) => (await iterateOddPolynomial(backend, X, [MUON, CUBIC], 5)).data,
      reference: () => iterateOddPolynomialFloat32(X, [MUON, CUBIC], 5).data,
    },
    {
      id: `absoluteRowSums ${at}`,
      twin: (backend) => absoluteRowSums(backend, A),
      reference: () => absoluteRowSumsFloat32(A),
      doubles: {
        values: () => doublesOf(sums()),
        bounds: (backend) => relative(sums(), absoluteRowSumsErrorBound(backend, columns)),
      },
    },
    {
      id: `rowNorms ${at}`,
      twin: (backend) => rowNorms(backend, A),
      reference: () => rowNormsFloat32(A),
      doubles: {
        values: () => doublesOf(norms(A)),
        bounds: (backend) => relative(norms(A), rowNormsErrorBound(backend, columns)),
      },
    },
    {
      id: `columnNorms ${at}`,
      twin: (backend) => columnNorms(backend, A),
      reference: () => rowNormsFloat32(transposed(A)),
    },
    {
      id: `rowMaxima ${at}`,
      twin: async (backend) =>
        Float32Array.from((await rowMaxima(backend, A)).flatMap(({ size, column, sign }) => [size, column, sign])),
      reference: () =>
        Float32Array.from(
          columns === 0
            ? []
            : rowsOf(A).flatMap((row) => {
                const size = Math.max(...row.map(Math.abs));
                const column = row.findIndex((x) => Math.abs(x) === size);
                return [size, column, Math.sign(row[column] ?? 0)];
              }),
        ),
    },
    {
      id: `signs ${at}`,
      twin: async (backend) => (await signs(backend, A)).data,
      reference: () => A.data.map(Math.sign),
    },
  ];
}

const flat = ({ position, momentum, secondMoment, squaredSlopes }: LaneResult): Float32Array =>
  Float32Array.from([...position, ...momentum, ...secondMoment, ...squaredSlopes]);

/** Maps, masks and trajectories: one thread a lane. */
export function laneChecks(lanes: number, steps: number): TwinCheck[] {
  const values = dyadic(3, lanes);
  const scores = dyadic(5, lanes).map((x) => Math.round(x * 8));
  const draws = dyadic(11, lanes * steps * 2);
  const table = (offset: number) =>
    packCoins(steps, lanes, (step, lane) => (draws[(offset + step) * lanes + lane] ?? 0) < -0.8);
  const coins = [table(0), table(steps)] as const;
  const schedule = adamSchedule(0.05, 0.9, 0.999, steps);
  const problem = { components: 10 };
  const method = (amplify: number, damp: number) => ({ beta2: 0.999, epsilon: 1e-8, amplify, damp });
  const map = [[...MUON], [...CUBIC]];
  const rank = (own: number, at: number): number =>
    scores.filter((other, j) => other > own || (other === own && j < at)).length;
  return [
    {
      id: `mapScalars ${lanes}`,
      twin: (backend) => mapScalars(backend, values, map, 6),
      reference: () => mapScalarsFloat32(values, map, 6),
      doubles: {
        values: () =>
          doublesOf(
            [...values].map((start) => {
              let x = start;
              for (let k = 0; k < 6; k++) {
                const [a, b, c] = (k === 0 ? MUON : CUBIC).map(Math.fround);
                x = (((c ?? 0) * x * x + (b ?? 0)) * x * x + (a ?? 0)) * x;
              }
              return x;
            }),
          ),
        bounds: (backend) => doublesOf([...values].map((x) => mapScalarsErrorBound(backend, x, map, 6))),
      },
    },
    {
      id: `rankMask ${lanes}`,
      twin: (backend) => rankMask(backend, scores, Math.floor(lanes / 2)),
      reference: () => scores.map((own, at) => (rank(own, at) < Math.floor(lanes / 2) ? 1 : 0)),
    },
    ...[
      ['Adam', 1, 1],
      ['Cautious', 1, 0],
      ['MGUP', 2, 0.5],
    ].map(([id, amplify, damp]): TwinCheck => {
      const masked = method(Number(amplify), Number(damp));
      const start = startAt(-0.5, lanes);
      return {
        id: `signFormTrajectory ${id} ${lanes}x${steps}`,
        twin: async (backend) => flat(await signFormTrajectory(backend, problem, masked, schedule, coins[0], start)),
        reference: () => flat(signFormTrajectoryFloat32(problem, masked, schedule, coins[0], start)),
      };
    }),
    ...[0, 1, 2].map((k): TwinCheck => {
      const masked = { ...method(2, 0.5), k };
      const start = startAt(-0.5, 2 * lanes);
      return {
        id: `topKTrajectory k=${k} ${lanes}x${steps}`,
        twin: async (backend) => flat(await topKTrajectory(backend, problem, masked, schedule, coins, start)),
        reference: () => flat(topKTrajectoryFloat32(problem, masked, schedule, coins, start)),
      };
    }),
  ];
}

export interface Comparison {
  readonly id: string;
  readonly entries: number;
  /** Entries that are not the same number as in the reference (0 and -0 are the same). */
  readonly mismatches: number;
  /** Largest |twin - double| / bound. */
  readonly worst?: number;
}

export async function compared(check: TwinCheck, backend: ArrayBackend): Promise<Comparison> {
  const [got, wanted] = [await check.twin(backend), check.reference()];
  const mismatches = got.filter((x, at) => x !== wanted[at]).length + Math.abs(got.length - wanted.length);
  const { id, doubles } = check;
  if (doubles === undefined) return { id, entries: wanted.length, mismatches };
  const [values, bounds] = [doubles.values(), doubles.bounds(backend)];
  const worst = values.reduce((largest, value, at) => {
    const [error, bound] = [Math.abs((got[at] ?? Number.NaN) - value), bounds[at] ?? Number.NaN];
    return Math.max(largest, error === 0 ? 0 : error / bound);
  }, 0);
  return { id, entries: wanted.length, mismatches, worst };
}
