import { realGradients } from '../../../instances/real-gradients.ts';
import { type Arithmetic, FLOAT32, FLOAT64 } from '../../../kernels/matrix/arithmetic.ts';
import { BFLOAT16 } from '../../../kernels/matrix/bfloat16.ts';
import { QUINTIC_JORDAN } from '../../../kernels/matrix/coefficient-sets.ts';
import { fromRows, identity, type Matrix, map, scale, subtract } from '../../../kernels/matrix/matrix.ts';
import { frobeniusNormalised, newtonSchulz } from '../../../kernels/matrix/newton-schulz.ts';
import { polarFactor } from '../../../kernels/matrix/polar.ts';
import { svd } from '../../../kernels/matrix/svd.ts';

const STEPS = 5;
const EPSILON = 1e-7;

/** What one matrix comes to in double precision and in bfloat16; all numbers are spectral norms. */
export interface Share {
  readonly name: string;
  /** ||X - polar(G)|| in double precision: what the map itself leaves. */
  readonly map: number;
  /** ||X_bf16 - X||: what bfloat16 adds. */
  readonly rounding: number;
  /** ||X_bf16 - polar(G)||: both. */
  readonly together: number;
  /** ||X_single - X||, for comparison. */
  readonly single: number;
}

const step = (G: Matrix, arithmetic: Arithmetic): Matrix =>
  newtonSchulz(frobeniusNormalised(G, EPSILON, arithmetic), QUINTIC_JORDAN, STEPS, arithmetic);

const spectral = (A: Matrix, B: Matrix): number => svd(subtract(A, B)).values[0] ?? 0;

function shareOf(name: string, G: Matrix): Share {
  const [X, half, P] = [step(G, FLOAT64), step(G, BFLOAT16), polarFactor(G)];
  return {
    name,
    map: spectral(X, P),
    rounding: spectral(half, X),
    together: spectral(half, P),
    single: spectral(step(G, FLOAT32), X),
  };
}

const ONES = map(identity(16), () => 1);
/** The first gradient of each layer, and the last. */
const SHOWN = ['step000', 'step800'];

/** Extreme matrices and measured gradients. */
export const shares = (): readonly Share[] => [
  shareOf('identity, 32 × 32', identity(32)),
  shareOf('ones, 16 × 16 (rank one)', ONES),
  shareOf('$10^{-20}$ times the identity, 32 × 32', scale(identity(32), 1e-20)),
  ...realGradients()
    .filter(({ id }) => SHOWN.some((shown) => id.startsWith(shown)))
    .map(({ id, matrix }) => shareOf(`gradient ${id}, ${matrix.length} × ${matrix[0]?.length ?? 0}`, fromRows(matrix))),
];

/** Where a number in (0, 1] ends after five steps. */
export interface Ending {
  readonly start: number;
  readonly end: number;
  readonly arithmetic: string;
}

/** 1 × 1 matrices on a logarithmic grid: sixteen a factor of two. */
export const endings = (): readonly Ending[] =>
  [
    { name: 'double', arithmetic: FLOAT64 },
    { name: 'bfloat16', arithmetic: BFLOAT16 },
  ].flatMap(({ name, arithmetic }) =>
    Array.from({ length: 12 * 16 + 1 }, (_, k) => {
      const start = 2 ** (-k / 16);
      const X = newtonSchulz(fromRows([[start]]), QUINTIC_JORDAN, STEPS, arithmetic);
      return { start, end: X.data[0] ?? 0, arithmetic: name };
    }),
  );
