import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { dotProduct, minus } from './vectors.ts';

/** Affinely independent slopes seen from one of them, the base. */
export interface BaseConditioning {
  readonly base: number;
  /** Of the others: the index, and the reciprocal of the distance of a_i - a_base from the span of the other such differences. */
  readonly others: readonly { readonly index: number; readonly inverseDistance: number }[];
  /** At most the distance of 0 from the affine hull. */
  readonly hullDistance: number;
}

/**
 * The conditioning of every subset of some slopes, or undefined where they are not affinely independent beyond doubt.
 *
 * Sorted by norm, a subset S has a first member j and lies in the suffix that begins there; the distance of a difference
 * from the span of others, and that of 0 from the hull, only grow when members leave. So one base a suffix covers all S.
 * With D the differences scaled to length 1 and X a computed inverse of their Gram matrix G, |G^-1 - X| <= |X| |R| / (1 - |R|) for
 * R = I - GX, to which the rounding of G is added; the reciprocal distances are the roots of the diagonal of G^-1.
 */
export function affineConditioning(
  slopes: readonly (readonly number[])[],
  members: readonly number[],
): readonly BaseConditioning[] | undefined {
  const norms = slopes.map((a) => euclideanNorm(a));
  const sorted = [...members].sort((i, k) => (norms[i] ?? 0) - (norms[k] ?? 0));
  const result: BaseConditioning[] = [];
  for (const [position, base] of sorted.entries()) {
    const others = sorted.slice(position + 1);
    const origin = slopes[base] ?? [];
    const differences = others.map((i) => minus(slopes[i] ?? [], origin));
    const inverse = differences.length === 0 ? [] : inverseGramDiagonal(differences, norms[others.at(-1) ?? base] ?? 0);
    if (inverse === undefined) return undefined;
    result.push({
      base,
      others: others.map((index, k) => ({ index, inverseDistance: inverse[k] ?? 0 })),
      hullDistance: hullDistance(differences, origin, inverse),
    });
  }
  return result;
}

/** Upper bounds of 1 / (distance of a row from the span of the others). */
function inverseGramDiagonal(rows: readonly (readonly number[])[], largest: number): readonly number[] | undefined {
  const u = UNIT_ROUNDOFF.float64;
  const lengths = rows.map((row) => euclideanNorm(row));
  const least = lengths.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (least === 0) return undefined;
  const units = rows.map((row, i) => row.map((v) => v / (lengths[i] ?? 1)));
  const gram = units.map((a) => units.map((b) => dotProduct(a, b)));
  const X = inverseOf(gram);
  if (X === undefined) return undefined;
  const rowSum = (row: readonly number[]): number => row.reduce((sum, v) => sum + Math.abs(v), 0);
  const size = Math.max(...X.map(rowSum), ...X.map((_, j) => rowSum(X.map((row) => row[j] ?? 0))));
  const residual = Math.max(
    ...gram.map((row, i) =>
      rowSum(X.map((_, j) => (i === j ? 1 : 0) - row.reduce((sum, g, k) => sum + g * (X[k]?.[j] ?? 0), 0))),
    ),
  );
  // a difference of slopes up to `largest` may have cancelled; products add n + 2 roundings, R another m
  const gramError = rows.length * u * (2 * (rows[0]?.length ?? 0) + 8 + (8 * largest) / least);
  const R = residual + (gramError + rows.length * 2 * u) * size;
  if (!(R <= 0.25)) return undefined;
  return X.map((row, i) => Math.sqrt((row[i] ?? 0) + (size * R) / (1 - R)) / ((lengths[i] ?? 1) * (1 - 4 * u)));
}

/** At most |origin + span of the differences|: what is left of the origin, less a rounding error; 0 in doubt. */
function hullDistance(
  differences: readonly (readonly number[])[],
  origin: readonly number[],
  inverseDistances: readonly number[],
): number {
  let rest = origin;
  const basis: (readonly number[])[] = [];
  // twice is enough (Kahan): modified Gram-Schmidt with one repetition
  const cleared = (v: readonly number[]): readonly number[] => {
    let left = v;
    for (let round = 0; round < 2; round++) {
      for (const q of basis) {
        const along = dotProduct(q, left);
        left = left.map((w, j) => w - along * (q[j] ?? 0));
      }
    }
    return left;
  };
  for (const d of differences) {
    const fresh = cleared(d);
    const length = euclideanNorm(fresh);
    basis.push(fresh.map((v) => v / length));
  }
  rest = cleared(rest);
  const spread = differences.reduce((sum, d, i) => sum + euclideanNorm(d) * (inverseDistances[i] ?? 0), 1);
  const rounding = 16 * (origin.length + 2) * UNIT_ROUNDOFF.float64 * spread * euclideanNorm(origin);
  return Math.max(0, euclideanNorm(rest) - rounding);
}

/** The inverse by Gauss-Jordan elimination with pivoting; undefined where a pivot is 0. */
function inverseOf(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | undefined {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let i = column; i < n; i++) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = i;
    }
    const [pivotRow, other] = [rows[best] ?? [], rows[column] ?? []];
    const pivot = pivotRow[column] ?? 0;
    if (pivot === 0) return undefined;
    rows[best] = other;
    rows[column] = pivotRow.map((v) => v / pivot);
    for (let i = 0; i < n; i++) {
      const factor = rows[i]?.[column] ?? 0;
      if (i !== column && factor !== 0) {
        rows[i] = (rows[i] ?? []).map((v, j) => v - factor * (rows[column]?.[j] ?? 0));
      }
    }
  }
  return rows.map((row) => row.slice(n));
}

/**
 * How far prox_gamma may move for gamma <= `gamma`, |x - prox| <= reach, when piece i is off by at most errors_i there and
 * its slope by `relative` |a_i|; undefined where that may break the independence.
 *
 * Along the straight homotopy from the one function to the other prox moves piecewise smoothly, on supports S with a base j.
 * Equal values on S give (a_i - a_j)^T du = de_j - de_i: the part of du in the span of the differences is at most the sum of
 * (e_i + e_j) / distance_i. The rest is that of sum of mu_i da_i: mu_j <= gamma_j, the others at most (reach + gamma_j |a_j|) / distance_i,
 * where gamma_j = min(gamma, reach / hullDistance), since (x - u) / gamma lies in the hull. A factor 2 covers the change of the
 * distances as long as relative |a| / distance is below 1 / (4 |S|).
 */
export function conditionedError(
  bases: readonly BaseConditioning[],
  norms: readonly number[],
  {
    errors,
    relative,
    gamma,
    reach,
  }: {
    readonly errors: readonly number[];
    readonly relative: number;
    readonly gamma: number;
    readonly reach: number;
  },
): number | undefined {
  let worst = 0;
  for (const { base, others, hullDistance: hull } of bases) {
    const baseNorm = norms[base] ?? 0;
    const longest =
      baseNorm === 0 ? 0 : Math.min(gamma, hull > 0 ? (2 * reach) / hull : Number.POSITIVE_INFINITY) * baseNorm;
    let [along, mass] = [0, longest];
    for (const { index, inverseDistance } of others) {
      const norm = norms[index] ?? 0;
      if (!(relative * (norm + baseNorm) * inverseDistance * 4 * (others.length + 1) <= 1)) return undefined;
      along += ((errors[index] ?? 0) + (errors[base] ?? 0)) * inverseDistance;
      mass += (reach + longest) * norm * inverseDistance;
    }
    worst = Math.max(worst, 2 * along + 2 * relative * mass);
  }
  return Number.isFinite(worst) ? worst : undefined;
}
