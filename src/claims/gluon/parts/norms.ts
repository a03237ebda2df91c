import { Rational } from '../../../kernels/exact/rational.ts';
import type { NormName } from '../../../kernels/matrix/norm-enclosure.ts';

type Rows = readonly (readonly Rational[])[];

const absolutes = (entries: readonly Rational[]): readonly Rational[] => entries.map((x) => x.absolute());

/**
 * An upper bound on the operator norm of a symmetric H from N to N*: sup <V, H U> over the unit ball.
 *
 * In the unit ball of N every entry is at most kappa in magnitude, so <V, H U> <= kappa² sum |h_ij|; in the ball of the
 * entrywise 1-norm <V, H U> <= max |h_ij|; where H is diagonal and N at least the Frobenius norm, <V, H U> <= max |h_ii|.
 */
export function smoothnessBound(norm: NormName, rows: number, columns: number, hessian: Rows): Rational {
  const entries = absolutes(hessian.flat());
  const isDiagonal = hessian.every((row, i) => row.every((x, j) => i === j || x.sign() === 0));
  if (norm === 'entrywise-one' || (isDiagonal && (norm === 'frobenius' || norm === 'nuclear'))) {
    return Rational.max(Rational.ZERO, ...entries);
  }
  const kappaSquared: Readonly<Partial<Record<NormName, Rational>>> = {
    'rms-rms': Rational.of(rows, columns),
    'one-rms': Rational.of(rows),
    'rms-infinity': Rational.of(1, columns),
    'scaled-max-entry': Rational.of(1, columns * columns),
  };
  return Rational.sum(entries).times(kappaSquared[norm] ?? Rational.ONE);
}
