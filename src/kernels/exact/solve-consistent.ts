import { Rational } from './rational.ts';
import { entryOf, type RationalRows, type RationalVector } from './rational-vector.ts';

const { ZERO, ONE } = Rational;

interface Echelon {
  readonly rows: readonly (readonly bigint[])[];
  /** The pivot column of each of the leading rows; the rows below them are zero in all columns of A. */
  readonly pivots: readonly number[];
}

/** A solution x of Ax = b (free variables 0), or undefined where there is none. Any shape, any rank. */
export function solveConsistent(A: RationalRows, b: RationalVector): RationalVector | undefined {
  if (b.length !== A.length) throw new TypeError(`solveConsistent: ${A.length} right-hand sides, got ${b.length}`);
  const columns = A[0]?.length ?? 0;
  const { rows, pivots } = echelon(
    A.map((row, i) => [...row, entryOf(b, i)]),
    columns,
  );
  if (rows.slice(pivots.length).some((row) => row[columns] !== 0n)) return undefined;
  return backSubstitute(rows, pivots, columns, columns);
}

export type SquareSolution =
  | { readonly solutions: readonly RationalVector[] }
  /** A non-zero z with Az = 0: the matrix is singular. */
  | { readonly nullVector: RationalVector };

/** The solutions of Ax = b for several b (the columns of an invertible A decide them), or a proof that A is singular. */
export function solveSquare(A: RationalRows, rightHandSides: readonly RationalVector[]): SquareSolution {
  const size = A.length;
  if (A.some((row) => row.length !== size)) throw new TypeError(`solveSquare: a square matrix, got ${size} rows`);
  const { rows, pivots } = echelon(
    A.map((row, i) => [...row, ...rightHandSides.map((b) => entryOf(b, i))]),
    size,
  );
  const free = Array.from({ length: size }, (_, j) => j).find((j) => !pivots.includes(j));
  if (free === undefined) {
    return { solutions: rightHandSides.map((_, k) => backSubstitute(rows, pivots, size, size + k)) };
  }
  // x_free = 1 moves column `free` to the right-hand side; the other free variables stay 0
  const solution = [...backSubstitute(rows, pivots, size, free)].map((x) => x.negated());
  solution[free] = ONE;
  return { nullVector: solution };
}

/** Bareiss' fraction-free elimination: every division is exact and entries stay as small as minors of the input. */
function echelon(A: RationalRows, columns: number): Echelon {
  const rows = A.map(integerRow);
  const pivots: number[] = [];
  let previous = 1n;
  for (let column = 0; column < columns && pivots.length < rows.length; column++) {
    const rank = pivots.length;
    const found = rows.findIndex((row, i) => i >= rank && row[column] !== 0n);
    const [pivotRow, swapped] = [rows[found], rows[rank]];
    if (pivotRow === undefined || swapped === undefined) continue;
    [rows[rank], rows[found]] = [pivotRow, swapped];
    const pivot = pivotRow[column] ?? 0n;
    for (let i = rank + 1; i < rows.length; i++) {
      const row = rows[i] ?? [];
      const factor = row[column] ?? 0n;
      rows[i] = row.map((x, j) => (pivot * x - factor * (pivotRow[j] ?? 0n)) / previous);
    }
    previous = pivot;
    pivots.push(column);
  }
  return { rows, pivots };
}

/** The row times the least common multiple of its denominators. */
function integerRow(row: RationalVector): bigint[] {
  let multiple = 1n;
  for (const { denominator } of row) {
    // the denominator of multiple / denominator in lowest terms is what is missing
    multiple *= Rational.of(multiple, denominator).denominator;
  }
  return row.map(({ numerator, denominator }) => numerator * (multiple / denominator));
}

function backSubstitute(
  rows: readonly (readonly bigint[])[],
  pivots: readonly number[],
  columns: number,
  rightHandSide: number,
): RationalVector {
  const solution = Array.from({ length: columns }, () => ZERO);
  for (let i = pivots.length - 1; i >= 0; i--) {
    const [row = [], column = 0] = [rows[i], pivots[i]];
    let total = Rational.of(row[rightHandSide] ?? 0n);
    for (let j = column + 1; j < columns; j++) {
      const [a = 0n, x = ZERO] = [row[j], solution[j]];
      if (a !== 0n && x.sign() !== 0) total = total.minus(Rational.of(a).times(x));
    }
    solution[column] = total.dividedBy(Rational.of(row[column] ?? 1n));
  }
  return solution;
}
