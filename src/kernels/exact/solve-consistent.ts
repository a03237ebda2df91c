import { Rational } from './rational.ts';
import { entryOf, type RationalRows, type RationalVector } from './rational-vector.ts';

const { ZERO } = Rational;

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
    A.map((row, i) => integerRow([...row, entryOf(b, i)])),
    columns,
  );
  if (rows.slice(pivots.length).some((row) => row[columns] !== 0n)) return undefined;
  return backSubstitute(rows, pivots, columns);
}

export type SquareSolution =
  | { readonly solutions: readonly RationalVector[] }
  /** A non-zero z with Az = 0: the matrix is singular. */
  | { readonly nullVector: RationalVector };

/** The solutions of Ax = b for several b (the columns of an invertible A decide them), or a proof that A is singular. */
export function solveSquare(A: RationalRows, rightHandSides: readonly RationalVector[]): SquareSolution {
  const size = A.length;
  if (A.some((row) => row.length !== size)) throw new TypeError(`solveSquare: a square matrix, got ${size} rows`);
  const rows = A.map((row, i) => integerRow([...row, ...rightHandSides.map((b) => entryOf(b, i))]));
  const solved = solveIntegers(rows, size);
  if ('nullVector' in solved) return { nullVector: solved.nullVector.map((v) => Rational.of(v)) };
  return { solutions: solved.numerators.map((x) => x.map((v) => Rational.of(v, solved.denominator))) };
}

export type IntegerSolution =
  /** x = numerators / denominator for each right-hand side, denominator > 0. */
  | { readonly numerators: readonly (readonly bigint[])[]; readonly denominator: bigint }
  | { readonly nullVector: readonly bigint[] };

/** The same for integers, [A | b_1 | b_2 | …] row by row with A size × size, over one denominator and without a gcd. */
export function solveIntegers(augmented: readonly (readonly bigint[])[], size: number): IntegerSolution {
  const width = augmented[0]?.length ?? size;
  const { rows, pivots } = echelon(augmented, size);
  const free = Array.from({ length: size }, (_, j) => j).find((j) => !pivots.includes(j));
  if (free === undefined) {
    const sides = Array.from({ length: width - size }, (_, k) => size + k);
    const solved = sides.map((column) => integerBackSubstitute(rows, pivots, column));
    const determinant = rows[size - 1]?.[size - 1] ?? 1n;
    const sign = determinant < 0n ? -1n : 1n;
    return { numerators: solved.map((x) => x.map((v) => sign * v)), denominator: sign * determinant };
  }
  // the leading columns are independent and column `free` depends on them: x_free = the last pivot, with the sign changed
  const leading = pivots.slice(0, free);
  const scale = free === 0 ? 1n : (rows[free - 1]?.[free - 1] ?? 1n);
  const solution = integerBackSubstitute(rows, leading, free).map((v) => -v);
  return { nullVector: [...solution, scale, ...Array.from({ length: size - free - 1 }, () => 0n)] };
}

/** D x for the leading square block U x = column of right-hand sides, D the last pivot: integers throughout (Cramer). */
function integerBackSubstitute(
  rows: readonly (readonly bigint[])[],
  pivots: readonly number[],
  rightHandSide: number,
): readonly bigint[] {
  const size = pivots.length;
  const determinant = rows[size - 1]?.[size - 1] ?? 1n;
  const solution = Array.from({ length: size }, () => 0n);
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    let total = determinant * (row[rightHandSide] ?? 0n);
    for (let j = i + 1; j < size; j++) total -= (row[j] ?? 0n) * (solution[j] ?? 0n);
    solution[i] = total / (row[i] ?? 1n);
  }
  return solution;
}

/** Bareiss' fraction-free elimination: every division is exact and entries stay as small as minors of the input. */
function echelon(A: readonly (readonly bigint[])[], columns: number): Echelon {
  const rows = [...A];
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
): RationalVector {
  const solution = Array.from({ length: columns }, () => ZERO);
  for (let i = pivots.length - 1; i >= 0; i--) {
    const [row = [], column = 0] = [rows[i], pivots[i]];
    let total = Rational.of(row[columns] ?? 0n);
    for (let j = column + 1; j < columns; j++) {
      const [a = 0n, x = ZERO] = [row[j], solution[j]];
      if (a !== 0n && x.sign() !== 0) total = total.minus(Rational.of(a).times(x));
    }
    solution[column] = total.dividedBy(Rational.of(row[column] ?? 1n));
  }
  return solution;
}
