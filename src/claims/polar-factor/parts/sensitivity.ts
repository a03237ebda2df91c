import type { Factored } from '../../../instances/spectra.ts';
import { log } from '../../../kernels/exact/elementary.ts';
import { around, divide, type Interval, multiply, negate, subtract } from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { type RationalMatrix, rationalMatrix } from '../../../kernels/exact/rational-matrix.ts';
import { normWithin } from './answered.ts';
import { spectrumOf } from './matrices.ts';

/** A perturbed matrix of known spectrum. */
export interface Perturbed {
  readonly matrix: Factored;
  readonly perturbation: readonly (readonly string[])[];
}

export const perturbationOf = ({ perturbation }: Perturbed): RationalMatrix => rationalMatrix(perturbation);

export const isSquare = ({ left, right }: Factored): boolean => left.length === right.length;

/** The singular values, ascending. */
export const ascending = (matrix: Factored): readonly Rational[] =>
  [...spectrumOf(matrix)].sort((a, b) => a.compare(b));

/**
 * -ln(1 - 2e / (s + t)) for a square matrix, s and t its two least singular values: the derivative has norm 2/(s + t) (Higham,
 * Functions of Matrices, Theorem 8.9), at most 2/(s + t - 2x) a distance x along the way, integrated (Mathias, SIAM J. Matrix
 * Anal. Appl. 14, 1993).
 */
export function squareBound(instance: Perturbed): Interval {
  const [s = Rational.ZERO, t = s] = ascending(instance.matrix);
  const e = normWithin(perturbationOf(instance), 0);
  const part = divide(multiply(around(2), e), around(s.plus(t)));
  // the part exceeds 1 where e exceeds s, and so does the logarithm every bound
  const rest = subtract(around(1), part);
  return rest.lo > 0 ? negate(log(rest)) : { lo: 0, hi: Number.POSITIVE_INFINITY };
}

/** e / (s - e) for a rectangular matrix: 1 over the least singular value met on the way, by the dilation. */
export function rectangularBound(instance: Perturbed): Interval {
  const [s = Rational.ZERO] = ascending(instance.matrix);
  const e = normWithin(perturbationOf(instance), 0);
  const gap = subtract(around(s), e);
  return gap.lo > 0 ? divide(e, gap) : { lo: 0, hi: Number.POSITIVE_INFINITY };
}
