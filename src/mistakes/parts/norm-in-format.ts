import { around, type Interval, multiply } from '../../kernels/exact/interval.ts';
import { linearMinimiser } from '../../kernels/matrix/lmo.ts';
import { lmoErrorBound } from '../../kernels/matrix/lmo-error.ts';
import { type Matrix, toRows } from '../../kernels/matrix/matrix.ts';
import type { NormName } from '../../kernels/matrix/norm-enclosure.ts';
import { dualNormErrorBound, normErrorBound } from '../../kernels/matrix/norm-errors.ts';
import { NORM_TABLE } from '../../kernels/matrix/norm-table.ts';
import { dualNorm, matrixNorm } from '../../kernels/matrix/norms.ts';
import { gamma, UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { FloatFormat } from '../../operations/operation.ts';

/** What the format admits for N(A). */
export const normIn = (A: Matrix, name: NormName, format: FloatFormat): Interval =>
  around(matrixNorm(A, name), normErrorBound(A, name, format));

/** What the format admits for N*(A). */
export const dualNormIn = (A: Matrix, name: NormName, format: FloatFormat): Interval =>
  around(dualNorm(A, name), dualNormErrorBound(A, name, format));

/** What the format admits for the entries of radius · argmin of <M, Z> over the ball. */
export const minimiserIn = (M: Matrix, name: NormName, radius: number, format: FloatFormat): Interval[][] => {
  const bound = lmoErrorBound(M, name, radius, format);
  return toRows(linearMinimiser(M, name, radius)).map((row) => row.map((z) => around(z, bound)));
};

/** What the format admits for sqrt(p / q) of integers: three roundings. */
export const rootIn = ([p, q]: readonly [number, number], format: FloatFormat): Interval => {
  const root = Math.sqrt(p / q);
  return around(root, 2 * gamma(3, UNIT_ROUNDOFF[format]) * root);
};

/** The square of the scale of a norm on rows × columns matrices. */
export const scaleSquared = (name: NormName, rows: number, columns: number): readonly [number, number] =>
  NORM_TABLE[name].scaleSquared(rows, columns);

/** The product of what the format admits, rounded once more. */
export const productIn = (a: Interval, b: Interval, format: FloatFormat): Interval => {
  const u = UNIT_ROUNDOFF[format];
  return multiply(multiply(a, b), { lo: 1 - 2 * u, hi: 1 + 2 * u });
};
