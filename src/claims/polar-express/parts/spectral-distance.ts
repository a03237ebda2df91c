import type { Enclosure } from '../../../claim/enclosure.ts';
import type { Factored } from '../../../instances/spectra.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { productOf, rationalMatrix, transposed } from '../../../kernels/exact/rational-matrix.ts';
import { BITS } from './best-error.ts';

/** What a subject returned, and what ||computed - exact||_F is at most. */
export interface Computed {
  readonly rows: readonly (readonly Numeric[])[];
  readonly radius: number;
}

/**
 * The singular values that X = U diag(k) V^T has in the directions of the factors, k = diag(U^T X V), and what ||X - U diag(k) V^T||_F
 * is at most: 0 where X keeps the singular vectors exactly.
 */
export function alongFactors(
  rows: Computed['rows'],
  { left, right, spectrum }: Factored,
): { readonly values: readonly Rational[]; readonly rest: Rational } {
  const X = rows.map((row) => row.map((x) => Rational.from(x)));
  const [U, V] = [rationalMatrix(left), rationalMatrix(right)];
  const K = productOf(productOf(transposed(U), X), V);
  const values = spectrum.map((_, i) => K[i]?.[i] ?? Rational.ZERO);
  const scaled = U.map((row) => row.map((x, j) => x.times(values[j] ?? Rational.ZERO)));
  const kept = productOf(scaled, transposed(V));
  const square = Rational.sum(
    X.flatMap((row, i) =>
      row.map((x, j) => {
        const difference = x.minus(kept[i]?.[j] ?? Rational.ZERO);
        return difference.times(difference);
      }),
    ),
  );
  return { values, rest: square.sign() === 0 ? Rational.ZERO : square.squareRootBounds(BITS)[1] };
}

/**
 * ||polar(M) - X||_op for M = U S V^T: the largest |1 - k_i| over the positive singular values of M and |k_i| over the others, within
 * what X misses of its factors and what the subject may be wrong by.
 */
export function polarDistance(computed: Computed, factored: Factored): Enclosure {
  const { values, rest } = alongFactors(computed.rows, factored);
  const targets = factored.spectrum.map((s) => Rational.of(Rational.from(s).sign()));
  const largest = Rational.max(Rational.ZERO, ...values.map((k, i) => k.minus(targets[i] ?? Rational.ZERO).absolute()));
  return around(largest, rest.plus(Rational.from(computed.radius)));
}

/** [x - by, x + by] as an enclosure, exact for by = 0; no part below 0. */
export function around(x: Rational, by: Rational): Enclosure {
  const { lo, hi }: RationalInterval = { lo: Rational.max(x.minus(by), Rational.ZERO), hi: x.plus(by) };
  const ends = { lo: lo.lowerDouble(), hi: hi.upperDouble() };
  return lo.equals(hi) && ends.lo !== ends.hi ? { ...ends, at: `${lo}` } : ends;
}
