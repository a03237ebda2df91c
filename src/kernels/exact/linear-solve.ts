import { Rational } from './rational.ts';
import type { RationalMatrix } from './rational-matrix.ts';

export type LinearSolution =
  | { readonly kind: 'inconsistent' }
  | {
      readonly kind: 'solvable';
      /** One solution, with 0 for the free unknowns. */
      readonly solution: readonly Rational[];
      /** A basis of the x with Ax = 0: every solution is `solution` plus a combination of these. Empty: it is unique. */
      readonly nullSpace: readonly (readonly Rational[])[];
    };

const { ZERO, ONE } = Rational;

/**
 * Solves Ax = b exactly, by Gauss-Jordan elimination over Q.
 *
 * Shapes: A rows x columns, b one entry a row. Without rows there is no unknown either: [] is 0x0.
 * @throws TypeError where the shapes do not fit.
 */
export function solveLinear(A: RationalMatrix, b: readonly Rational[]): LinearSolution {
  const columns = A[0]?.length ?? 0;
  if (b.length !== A.length || A.some((row) => row.length !== columns))
    throw new TypeError(
      `solveLinear: one right-hand side a row of one length, got ${A.length}x${columns} and ${b.length}`,
    );
  const { rows, pivots } = reducedRowEchelon(A.map((row, i) => [...row, b[i] ?? ZERO]));
  if (pivots.includes(columns)) return { kind: 'inconsistent' };
  const at = (row: number, column: number): Rational => rows[row]?.[column] ?? ZERO;
  const unknowns = Array.from({ length: columns }, (_, j) => j);
  const basisVector = (free: number): readonly Rational[] =>
    unknowns.map((j) => (j === free ? ONE : pivots.includes(j) ? at(pivots.indexOf(j), free).negated() : ZERO));
  return {
    kind: 'solvable',
    solution: unknowns.map((j) => (pivots.includes(j) ? at(pivots.indexOf(j), columns) : ZERO)),
    nullSpace: unknowns.filter((j) => !pivots.includes(j)).map(basisVector),
  };
}

/** The rank over Q. @throws TypeError where the rows differ in length. */
export function rank(A: RationalMatrix): number {
  const columns = A[0]?.length ?? 0;
  if (A.some((row) => row.length !== columns)) throw new TypeError('rank: rows of one length, got several');
  return reducedRowEchelon(A).pivots.length;
}

/** The nonzero rows of the reduced row echelon form, and the column of each one's leading 1. */
function reducedRowEchelon(A: RationalMatrix): {
  readonly rows: readonly (readonly Rational[])[];
  readonly pivots: readonly number[];
} {
  let rows = A.map((row) => row);
  const pivots: number[] = [];
  for (let column = 0; column < (A[0]?.length ?? 0); column += 1) {
    const done = pivots.length;
    const found = rows.findIndex((row, i) => i >= done && (row[column] ?? ZERO).sign() !== 0);
    const pivotRow = rows[found];
    if (pivotRow === undefined) continue;
    const inverse = ONE.dividedBy(pivotRow[column] ?? ONE);
    const unit = pivotRow.map((x) => x.times(inverse));
    const [first, ...others] = [unit, ...rows.filter((_, i) => i !== found)];
    const reduced = others.map((row) => withoutMultiple(row, first, column));
    rows = [...reduced.slice(0, done), first, ...reduced.slice(done)];
    pivots.push(column);
  }
  return { rows: rows.slice(0, pivots.length), pivots };
}

/** row minus the multiple of `unit` that clears the entry in the column. */
function withoutMultiple(row: readonly Rational[], unit: readonly Rational[], column: number): readonly Rational[] {
  const factor = row[column] ?? ZERO;
  return factor.sign() === 0 ? row : row.map((x, j) => x.minus(factor.times(unit[j] ?? ZERO)));
}
