import { Rational } from '../../src/kernels/exact/rational.ts';
import { type Matrix, toRows } from '../../src/kernels/matrix/matrix.ts';

/**
 * Newton–Schulz and the polar factor in fixed point, 256 bits after the point: what the kernels are held against. Shares
 * no arithmetic with them.
 */
const BITS = 256n;
const ONE = 1n << BITS;

export type Fixed = readonly (readonly bigint[])[];

export const fixed = (x: number): bigint => {
  const { numerator, denominator } = Rational.from(x);
  return (numerator << BITS) / denominator;
};

export const fixedMatrix = (A: Matrix): Fixed => toRows(A).map((row) => row.map(fixed));

const transposed = (A: Fixed): Fixed => (A[0] ?? []).map((_, j) => A.map((row) => row[j] ?? 0n));

const product = (A: Fixed, B: Fixed): Fixed => {
  const columns = transposed(B);
  return A.map((row) => columns.map((column) => row.reduce((sum, x, k) => sum + x * (column[k] ?? 0n), 0n) >> BITS));
};

const squareRoot = (n: bigint): bigint => {
  if (n === 0n) return 0n;
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2) + 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
};

const frobenius = (A: Fixed): bigint => squareRoot(A.flat().reduce((sum, x) => sum + x * x, 0n));

export function fixedStep(X: Fixed, [a, b, c]: readonly number[]): Fixed {
  const [p, q, r] = [fixed(a ?? 0), fixed(b ?? 0), fixed(c ?? 0)];
  const A = product(X, transposed(X));
  const AX = product(A, X);
  const AAX = product(A, AX);
  return X.map((row, i) => row.map((x, j) => (p * x + q * (AX[i]?.[j] ?? 0n) + r * (AAX[i]?.[j] ?? 0n)) >> BITS));
}

/** G / (||G||_F + epsilon), 0 for 0/0. */
export function fixedNormalised(G: Matrix, epsilon: number): Fixed {
  const X = fixedMatrix(G);
  const size = frobenius(X) + fixed(epsilon);
  return size === 0n ? X : X.map((row) => row.map((x) => (x << BITS) / size));
}

/** U_r V_r^T, by the quintic that converges of order three, to some sixty digits. */
export function fixedPolar(A: Matrix): Fixed {
  let X = fixedNormalised(A, 0);
  for (let k = 0; k < 200; k++) {
    const next = fixedStep(X, [15 / 8, -10 / 8, 3 / 8]);
    const moved = fixedDistance(next, X);
    X = next;
    if (moved < 2 ** -180) return X;
  }
  throw new Error('fixedPolar: convergence within 200 steps');
}

const toNumber = (x: bigint): number => Rational.of(x, ONE).toNumber();

/** ||A - B||_F. */
export const fixedDistance = (A: Fixed, B: Fixed): number =>
  toNumber(frobenius(A.map((row, i) => row.map((x, j) => x - (B[i]?.[j] ?? 0n)))));

export const fixedToRows = (A: Fixed): number[][] => A.map((row) => row.map(toNumber));
