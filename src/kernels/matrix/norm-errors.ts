import { gamma, LARGEST_FINITE, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { compose, sumError } from './accumulation.ts';
import { FLOAT64, type FloatFormat } from './arithmetic.ts';
import { backwardError } from './backward-error.ts';
import { type Matrix, map } from './matrix.ts';
import { DUAL_EXPONENT, type Exponent, groupsOf, NORM_TABLE, type NormName, normScale } from './norm-table.ts';
import { dualNorm, matrixNorm } from './norms.ts';
import { svd } from './svd.ts';

/**
 * A bound on |computed - N(A)| in the format.
 *
 * Norms of entries are monotone in |a_ij|, so relative errors of the entries (u for rounding them) and of the sums (gamma_k of
 * numbers >= 0) carry over: N(A) ((1 + u)(1 + inner)(1 + gamma_4) - 1), four roundings for the scale and its product. Those of
 * singular values move by at most the backward error ||E||_F (Weyl), their sum by sqrt(p) ||E||_F. An entry below the normal range may
 * be lost, which costs at most N(all ones) times the smallest normal number. Infinity where the value overflows there.
 */
export function normErrorBound(A: Matrix, name: NormName, format: FloatFormat): number {
  if (A.data.length === 0) return 0;
  const { groups, inner } = NORM_TABLE[name];
  const value = matrixNorm(A, name);
  const scale = normScale(name, A, FLOAT64.round);
  if (groups === 'singular-values') return spectralError(A, value, inner, scale, format);
  const [group] = groupsOf(A, groups);
  return entrywiseError(value, innerError(group?.length ?? 0, inner, format), matrixNorm(ones(A), name), format);
}

/** The same for N*(M); the sum over groups adds gamma of their number. */
export function dualNormErrorBound(M: Matrix, name: NormName, format: FloatFormat): number {
  if (M.data.length === 0) return 0;
  const { groups, inner } = NORM_TABLE[name];
  const value = dualNorm(M, name);
  const exponent = DUAL_EXPONENT[inner];
  const scale = 1 / normScale(name, M, FLOAT64.round);
  if (groups === 'singular-values') return spectralError(M, value, exponent, scale, format);
  const vectors = groupsOf(M, groups);
  const within = innerError(vectors[0]?.length ?? 0, exponent, format);
  const across = vectors.length > 1 ? sumError(vectors.length, format) : 0;
  return entrywiseError(value, compose(within, across), dualNorm(ones(M), name), format);
}

/** The relative error of a norm of k numbers. */
export function innerError(k: number, exponent: Exponent, format: FloatFormat): number {
  if (exponent === 'infinity') return 0;
  const sum = sumError(k, format);
  return exponent === 'one' ? sum : compose(sum, gamma(2, UNIT_ROUNDOFF[format]));
}

function entrywiseError(value: number, sums: number, ofOnes: number, format: FloatFormat): number {
  if (value === 0) return 0;
  const relative = compose(sums, gamma(5, UNIT_ROUNDOFF[format]));
  return inRange(value, relative * (1 + 2 * relative) * value + (ofOnes + 1) * SMALLEST_NORMAL[format], format);
}

function spectralError(A: Matrix, value: number, exponent: Exponent, scale: number, format: FloatFormat): number {
  if (value === 0) return 0;
  const decomposition = svd(A);
  const p = decomposition.values.length;
  const one = exponent === 'one';
  const moved = Math.max(
    (one ? Math.sqrt(p) : 1) * backwardError(A, decomposition, format),
    format === 'float64' ? (one ? p : 1) * decomposition.valuesError : 0,
  );
  const relative = compose(one ? sumError(p, format) : 0, gamma(5, UNIT_ROUNDOFF[format]));
  const error = scale * moved * (1 + relative) * (1 + gamma(16, UNIT_ROUNDOFF.float64));
  return inRange(value, error + relative * (value + error) + SMALLEST_NORMAL[format], format);
}

const inRange = (value: number, error: number, format: FloatFormat): number =>
  value + error < LARGEST_FINITE[format] ? error : Number.POSITIVE_INFINITY;

const ones = (A: Matrix): Matrix => map(A, () => 1);
