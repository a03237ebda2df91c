import { type Numeric, Rational } from './rational.ts';

/** A matrix as its rows, all of one length; [] is 0x0. */
export type RationalMatrix = readonly (readonly Rational[])[];

/** The exact values. @throws TypeError where the rows differ in length, RangeError for what is no number. */
export function rationalMatrix(rows: readonly (readonly (Numeric | Rational)[])[]): RationalMatrix {
  const columns = rows[0]?.length ?? 0;
  const other = rows.find((row) => row.length !== columns);
  if (other !== undefined)
    throw new TypeError(`rationalMatrix: rows of one length, got ${columns} and ${other.length}`);
  return rows.map((row) => row.map((x) => Rational.from(x)));
}

const shape = (A: RationalMatrix): string => `${A.length}x${A[0]?.length ?? 0}`;

function requireEqualShapes(caller: string, A: RationalMatrix, B: RationalMatrix): void {
  if (shape(A) !== shape(B)) throw new TypeError(`${caller}: equal shapes, got ${shape(A)} and ${shape(B)}`);
}

const entry = (A: RationalMatrix, i: number, j: number): Rational => A[i]?.[j] ?? Rational.ZERO;

export const identityOf = (size: number): RationalMatrix =>
  Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? Rational.ONE : Rational.ZERO)),
  );

/** A^T; that of a matrix without columns is 0x0. */
export const transposed = (A: RationalMatrix): RationalMatrix =>
  (A[0] ?? []).map((_, j) => A.map((_, i) => entry(A, i, j)));

/** A + B. @throws TypeError where the shapes differ. */
export function matrixSum(A: RationalMatrix, B: RationalMatrix): RationalMatrix {
  requireEqualShapes('matrixSum', A, B);
  return A.map((row, i) => row.map((x, j) => x.plus(entry(B, i, j))));
}

/** A - B. @throws TypeError where the shapes differ. */
export function matrixDifference(A: RationalMatrix, B: RationalMatrix): RationalMatrix {
  requireEqualShapes('matrixDifference', A, B);
  return A.map((row, i) => row.map((x, j) => x.minus(entry(B, i, j))));
}

export const scaledMatrix = (factor: Rational, A: RationalMatrix): RationalMatrix =>
  A.map((row) => row.map((x) => factor.times(x)));

/** A B. @throws TypeError where A has not as many columns as B has rows. */
export function productOf(A: RationalMatrix, B: RationalMatrix): RationalMatrix {
  if (A.some((row) => row.length !== B.length))
    throw new TypeError(`productOf: columns of A = rows of B, got ${shape(A)} and ${shape(B)}`);
  return A.map((row) => (B[0] ?? []).map((_, j) => Rational.sum(row.map((x, k) => x.times(entry(B, k, j))))));
}

/** trace(A^T B), the sum of the entrywise products. @throws TypeError where the shapes differ. */
export function innerProduct(A: RationalMatrix, B: RationalMatrix): Rational {
  requireEqualShapes('innerProduct', A, B);
  return Rational.sum(A.flatMap((row, i) => row.map((x, j) => x.times(entry(B, i, j)))));
}

export const matricesEqual = (A: RationalMatrix, B: RationalMatrix): boolean =>
  shape(A) === shape(B) && A.every((row, i) => row.every((x, j) => x.equals(entry(B, i, j))));

/** Fraction strings, the JSON form. */
export const matrixToStrings = (A: RationalMatrix): readonly (readonly string[])[] =>
  A.map((row) => row.map((x) => x.toString()));
