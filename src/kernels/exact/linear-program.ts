import { Rational } from './rational.ts';
import { dot, entryOf, type RationalRows, type RationalVector } from './rational-vector.ts';

export type LinearProgram =
  | {
      readonly status: 'optimal';
      readonly value: Rational;
      readonly solution: RationalVector;
      readonly dual: RationalVector;
    }
  /** `farkas` is a y with y^T A >= 0 in every entry and y^T b < 0: no x >= 0 has Ax = b. */
  | { readonly status: 'infeasible'; readonly farkas: RationalVector }
  | { readonly status: 'unbounded' };

const { ZERO, ONE } = Rational;

/**
 * Maximises c^T x over x >= 0 with Ax = b, in exact arithmetic.
 *
 * Two-phase simplex method on a dense tableau with Bland's rule, which cannot cycle, so it ends for every input. The dual
 * y of an optimum satisfies y^T A >= c and y^T b = c^T x: with x it proves the optimum without trust in this code.
 * Shapes: A rows × columns, b one entry a row, c one a column; no row and no column are legal.
 * @throws TypeError where the shapes do not fit.
 */
export function linearProgram(A: RationalRows, b: RationalVector, c: RationalVector): LinearProgram {
  const [rows, columns] = [A.length, c.length];
  if (b.length !== rows || A.some((row) => row.length !== columns)) {
    throw new TypeError(`linearProgram: ${rows}x${columns} rows and ${rows} right-hand sides, got ${b.length}`);
  }
  const signs = b.map((x) => (x.sign() < 0 ? ONE.negated() : ONE));
  // each row: the columns of A, the artificial columns (the identity), the right-hand side >= 0
  const tableau: Rational[][] = A.map((row, i) => [
    ...row.map((x) => x.times(entryOf(signs, i))),
    ...Array.from({ length: rows }, (_, j) => (j === i ? ONE : ZERO)),
    entryOf(b, i).absolute(),
  ]);
  const basis = Array.from({ length: rows }, (_, i) => columns + i);
  const phaseOne = [
    ...Array.from({ length: columns }, () => ZERO),
    ...Array.from({ length: rows }, () => ONE.negated()),
  ];
  const first = objectiveRow(tableau, basis, phaseOne);
  pivotUntilOptimal(tableau, basis, first, columns + rows);
  // reduced cost of the artificial column i: y_i - cost, in the signs of the flipped rows
  const dualOf = (reduced: RationalVector, cost: Rational): RationalVector =>
    signs.map((sign, i) => sign.times(entryOf(reduced, columns + i).plus(cost)));
  if (entryOf(first, columns + rows).sign() < 0) {
    return { status: 'infeasible', farkas: dualOf(first, ONE.negated()) };
  }
  dropArtificials(tableau, basis, columns);
  const phaseTwo = [...c, ...Array.from({ length: rows }, () => ZERO)];
  const second = objectiveRow(tableau, basis, phaseTwo);
  if (pivotUntilOptimal(tableau, basis, second, columns) === 'unbounded') return { status: 'unbounded' };
  const solution = Array.from({ length: columns }, () => ZERO);
  for (const [i, column] of basis.entries()) {
    if (column < columns) solution[column] = entryOf(tableau[i] ?? [], columns + rows);
  }
  return { status: 'optimal', value: dot(c, solution), solution, dual: dualOf(second, ZERO) };
}

/** c_B B^-1 [A | I | b] - [c | 0]: the reduced costs and, last, the value of the objective. */
function objectiveRow(tableau: readonly RationalVector[], basis: readonly number[], cost: RationalVector): Rational[] {
  const width = cost.length + 1;
  return Array.from({ length: width }, (_, j) =>
    tableau.reduce(
      (total, row, i) => total.plus(entryOf(cost, basis[i] ?? 0).times(entryOf(row, j))),
      j < cost.length ? entryOf(cost, j).negated() : ZERO,
    ),
  );
}

/** Bland: the first column of negative reduced cost enters; among the rows of least ratio the lowest variable leaves. */
function pivotUntilOptimal(
  tableau: Rational[][],
  basis: number[],
  objective: Rational[],
  enterable: number,
): 'optimal' | 'unbounded' {
  for (;;) {
    const entering = objective.findIndex((reduced, j) => j < enterable && reduced.sign() < 0);
    if (entering < 0) return 'optimal';
    let leaving = -1;
    let least = ZERO;
    for (const [i, row] of tableau.entries()) {
      const slope = entryOf(row, entering);
      if (slope.sign() <= 0) continue;
      const ratio = entryOf(row, row.length - 1).dividedBy(slope);
      const order = leaving < 0 ? -1 : ratio.compare(least);
      if (order < 0 || (order === 0 && (basis[i] ?? 0) < (basis[leaving] ?? 0))) [leaving, least] = [i, ratio];
    }
    if (leaving < 0) return 'unbounded';
    pivot(tableau, basis, leaving, entering, objective);
  }
}

function pivot(tableau: Rational[][], basis: number[], row: number, column: number, objective?: Rational[]): void {
  const pivotRow = tableau[row] ?? [];
  const scaled = pivotRow.map((x) => (x.sign() === 0 ? x : x.dividedBy(entryOf(pivotRow, column))));
  const eliminate = (target: Rational[]): void => {
    const factor = entryOf(target, column);
    if (factor.sign() === 0) return;
    for (const [j, x] of scaled.entries()) if (x.sign() !== 0) target[j] = entryOf(target, j).minus(factor.times(x));
  };
  for (const [i, target] of tableau.entries()) if (i !== row) eliminate(target);
  if (objective !== undefined) eliminate(objective);
  tableau[row] = scaled;
  basis[row] = column;
}

/** An artificial variable that is basic at 0 leaves for any column of its row; a row without one is redundant and stays. */
function dropArtificials(tableau: Rational[][], basis: number[], columns: number): void {
  for (const [i, column] of basis.entries()) {
    if (column < columns) continue;
    const entering = (tableau[i] ?? []).findIndex((x, j) => j < columns && x.sign() !== 0);
    if (entering >= 0) pivot(tableau, basis, i, entering);
  }
}
