import { rank } from './linear-solve.ts';
import { Rational } from './rational.ts';
import type { RationalMatrix } from './rational-matrix.ts';

/**
 * What the factorisation decides. With P the permutation that `order` lists (row k of PAP^T is row order[k] of A),
 * PAP^T = L diag(d) L^T, L unit lower triangular of size x rank and d > 0.
 */
export type Definiteness =
  | {
      readonly kind: 'positive-definite' | 'positive-semidefinite';
      readonly rank: number;
      readonly order: readonly number[];
      readonly lower: RationalMatrix;
      readonly diagonal: readonly Rational[];
    }
  | {
      /** Some direction is negative; negative definite matrices are among these. */
      readonly kind: 'indefinite';
      readonly rank: number;
      /** v with v^T A v = value < 0. */
      readonly direction: readonly Rational[];
      readonly value: Rational;
    };

const { ZERO, ONE } = Rational;
const at = (A: RationalMatrix, i: number, j: number): Rational => A[i]?.[j] ?? ZERO;

/**
 * Decides exactly whether a symmetric matrix is positive definite, positive semidefinite with a null space, or neither.
 *
 * Symmetric elimination on positive diagonal pivots. A Schur complement S without one is 0 (then A is semidefinite), or
 * has a negative diagonal entry, or a zero diagonal and an entry s_ij != 0: then w = e_i or w = e_i - sign(s_ij) e_j has
 * w^T S w < 0, and v = (-A_11^-1 A_12 w, w) has v^T A v = w^T S w. The kind of the 0x0 matrix is 'positive-definite'.
 * @throws TypeError where the matrix is not square, RangeError where it is not symmetric.
 */
export function ldlt(A: RationalMatrix): Definiteness {
  requireSymmetric(A);
  let schur = A;
  const pivots: number[] = [];
  const diagonal: Rational[] = [];
  /** multipliers[k][i]: the entry of row i of A in column k of L. */
  const multipliers: (readonly Rational[])[] = [];
  for (;;) {
    const current = schur;
    const pivot = current.findIndex((_, i) => at(current, i, i).sign() > 0);
    if (pivot < 0) break;
    const d = at(current, pivot, pivot);
    const column = current.map((row) => (row[pivot] ?? ZERO).dividedBy(d));
    schur = current.map((row) => {
      const head = row[pivot] ?? ZERO;
      return head.sign() === 0 ? row : row.map((x, j) => x.minus(head.times(column[j] ?? ZERO)));
    });
    pivots.push(pivot);
    diagonal.push(d);
    multipliers.push(column);
  }
  const negative = negativeDirection(schur);
  if (negative !== undefined) return indefinite(A, pivots, multipliers, negative);
  const order = [...pivots, ...A.map((_, i) => i).filter((i) => !pivots.includes(i))];
  return {
    kind: pivots.length === A.length ? 'positive-definite' : 'positive-semidefinite',
    rank: pivots.length,
    order,
    lower: order.map((i, row) => multipliers.map((column, k) => (row < k ? ZERO : (column[i] ?? ZERO)))),
    diagonal,
  };
}

/** w with w^T S w < 0, for S without a positive diagonal entry; undefined where S = 0. */
function negativeDirection(S: RationalMatrix): readonly Rational[] | undefined {
  const negative = S.findIndex((_, i) => at(S, i, i).sign() < 0);
  const i = negative >= 0 ? negative : S.findIndex((row) => row.some((x) => x.sign() !== 0));
  if (i < 0) return undefined;
  const j = negative >= 0 ? -1 : (S[i] ?? []).findIndex((x) => x.sign() !== 0);
  const opposite = at(S, i, j).sign() > 0 ? ONE.negated() : ONE;
  return S.map((_, k) => (k === i ? ONE : k === j ? opposite : ZERO));
}

/** Extends w, which is 0 on the pivots, by back substitution to the v with (L^T v) = 0 on the pivots. */
function indefinite(
  A: RationalMatrix,
  pivots: readonly number[],
  multipliers: readonly (readonly Rational[])[],
  w: readonly Rational[],
): Definiteness {
  const v = [...w];
  for (let k = pivots.length - 1; k >= 0; k -= 1) {
    const [pivot, column] = [pivots[k] ?? 0, multipliers[k] ?? []];
    // earlier pivots have multiplier 0 here, since their rows of the Schur complement are 0
    v[pivot] = Rational.sum(v.map((x, i) => (i === pivot ? ZERO : x.times(column[i] ?? ZERO)))).negated();
  }
  const value = Rational.sum(A.flatMap((row, i) => row.map((x, j) => (v[i] ?? ZERO).times(x).times(v[j] ?? ZERO))));
  if (value.sign() >= 0) throw new Error(`ldlt: a negative direction, got the value ${value}; this is a bug`);
  return { kind: 'indefinite', rank: rank(A), direction: v, value };
}

function requireSymmetric(A: RationalMatrix): void {
  const other = A.find((row) => row.length !== A.length);
  if (other !== undefined) throw new TypeError(`ldlt: a square matrix, got ${A.length}x${other.length}`);
  for (const [i, row] of A.entries()) {
    for (const [j, x] of row.entries()) {
      if (!x.equals(at(A, j, i)))
        throw new RangeError(`ldlt: a symmetric matrix, got ${x} at (${i}, ${j}) and ${at(A, j, i)} at (${j}, ${i})`);
    }
  }
}
