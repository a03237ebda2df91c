import { Rational } from '../kernels/exact/rational.ts';

type Rows = readonly (readonly Rational[])[];

const flatInner = (A: Rows, B: Rows): Rational =>
  Rational.sum(A.flatMap((row, i) => row.map((a, j) => a.times(B[i]?.[j] ?? Rational.ZERO))));

export const differenceOfRows = (A: Rows, B: Rows): Rows =>
  A.map((row, i) => row.map((a, j) => a.minus(B[i]?.[j] ?? Rational.ZERO)));

/** sum over t of <G_t, W_t - W*>, the linear regret against a comparator; rows × columns matrices, one point a gradient. */
export const linearRegret = (gradients: readonly Rows[], points: readonly Rows[], comparator: Rows): Rational =>
  Rational.sum(gradients.map((G, t) => flatInner(G, differenceOfRows(points[t] ?? comparator, comparator))));

/** sum over t of the absolute entries: what the regret moves when every entry of every point is off by 1. */
export const regretSensitivity = (gradients: readonly Rows[]): Rational =>
  Rational.sum(gradients.flat(2).map((g) => g.absolute()));

/** start + sum G_t G_t^T, rows × rows (of the transposes where side is "right"). */
export function gramSum(gradients: readonly Rows[], side: 'left' | 'right', damping: Rational = Rational.ZERO): Rows {
  const oriented = side === 'left' ? gradients : gradients.map(transposeOfRows);
  const size = oriented[0]?.length ?? 0;
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) =>
      Rational.sum(
        oriented.map((G) => Rational.sum((G[i] ?? []).map((g, k) => g.times(G[j]?.[k] ?? Rational.ZERO)))),
      ).plus(i === j ? damping : Rational.ZERO),
    ),
  );
}

export const transposeOfRows = (A: Rows): Rows => (A[0] ?? []).map((_, j) => A.map((row) => row[j] ?? Rational.ZERO));
