import { type Arithmetic, FLOAT64 } from './arithmetic.ts';
import { type Matrix, map, maxAbsolute } from './matrix.ts';
import { DUAL_EXPONENT, groupsOf, NORM_TABLE, type NormName, normScale } from './norm-table.ts';
import { factorsIn } from './polar.ts';
import { binaryExponent, timesPowerOfTwo } from './power-of-two.ts';
import { vectorNorm } from './vector-norms.ts';

/**
 * N(A) = scale · max over groups of the inner norm, by `NORM_TABLE`; 0 for an empty matrix. Error: `normErrorBound`.
 * @throws RangeError where the value exceeds the largest number of the format.
 */
export function matrixNorm(A: Matrix, name: NormName, arithmetic: Arithmetic = FLOAT64): number {
  const { inner } = NORM_TABLE[name];
  return homogeneous('matrixNorm', A, arithmetic, (scaled) => {
    const largest = groupValues(scaled, name, inner, arithmetic).reduce((most, x) => Math.max(most, x), 0);
    return arithmetic.round(largest * normScale(name, A, arithmetic.round));
  });
}

/**
 * N*(M) = max of <M, Z> over N(Z) <= 1: the sum over groups of the dual of the inner norm, divided by the scale; 0 for an empty
 * matrix. Error: `dualNormErrorBound`.
 * @throws RangeError where the value exceeds the largest number of the format.
 */
export function dualNorm(M: Matrix, name: NormName, arithmetic: Arithmetic = FLOAT64): number {
  const { round } = arithmetic;
  const { inner } = NORM_TABLE[name];
  return homogeneous('dualNorm', M, arithmetic, (scaled) => {
    const sum = groupValues(scaled, name, DUAL_EXPONENT[inner], arithmetic).reduce((total, x) => round(total + x), 0);
    return round(sum / normScale(name, M, round));
  });
}

function groupValues(
  A: Matrix,
  name: NormName,
  exponent: 'one' | 'two' | 'infinity',
  arithmetic: Arithmetic,
): readonly number[] {
  const { groups } = NORM_TABLE[name];
  const vectors = groups === 'singular-values' ? [factorsIn(A, arithmetic).values] : groupsOf(A, groups);
  return vectors.map((vector) => vectorNorm(vector, exponent, arithmetic.round));
}

/** f(A) for a homogeneous f, through a power of two, so that nothing overflows on the way. */
function homogeneous(caller: string, A: Matrix, { round, format }: Arithmetic, f: (scaled: Matrix) => number): number {
  const rounded = map(A, round);
  const most = maxAbsolute(rounded);
  if (most === 0) return 0;
  if (!Number.isFinite(most))
    throw new RangeError(`${caller}: entries in the range of ${format}, got ${maxAbsolute(A)}`);
  const exponent = binaryExponent(most);
  const value = round(timesPowerOfTwo(f(map(rounded, (x) => round(timesPowerOfTwo(x, -exponent)))), exponent));
  if (!Number.isFinite(value)) throw new RangeError(`${caller}: a value in the range of ${format}, got overflow`);
  return value;
}
