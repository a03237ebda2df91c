import { Rational } from '../exact/rational.ts';
import type { NormName } from './norm-table.ts';

export type RationalRows = readonly (readonly Rational[])[];

/** The norms whose values, duals and minimisers are rational on rational matrices. */
const RATIONAL_NORMS = ['max-entry', 'scaled-max-entry', 'entrywise-one', 'infinity-infinity'] as const;

export type RationalNorm = (typeof RATIONAL_NORMS)[number];

export const isRationalNorm = (name: NormName): name is RationalNorm => RATIONAL_NORMS.some((norm) => norm === name);

const sumOfAbsolute = (entries: readonly Rational[]): Rational => Rational.sum(entries.map((x) => x.absolute()));

const largestAbsolute = (entries: readonly Rational[]): Rational =>
  entries.reduce((most, x) => Rational.max(most, x.absolute()), Rational.ZERO);

const columnsOf = (A: RationalRows): Rational => Rational.of(A[0]?.length ?? 0);

/** N(A), exactly; 0 for an empty matrix. */
export function exactNorm(A: RationalRows, name: RationalNorm): Rational {
  switch (name) {
    case 'max-entry':
      return largestAbsolute(A.flat());
    case 'scaled-max-entry':
      return columnsOf(A).times(largestAbsolute(A.flat()));
    case 'entrywise-one':
      return sumOfAbsolute(A.flat());
    case 'infinity-infinity':
      return largestAbsolute(A.map(sumOfAbsolute));
  }
}

/** N*(M), exactly; 0 for an empty matrix. */
export function exactDualNorm(M: RationalRows, name: RationalNorm): Rational {
  const entries = M.flat();
  if (entries.length === 0) return Rational.ZERO;
  switch (name) {
    case 'max-entry':
      return sumOfAbsolute(entries);
    case 'scaled-max-entry':
      return sumOfAbsolute(entries).dividedBy(columnsOf(M));
    case 'entrywise-one':
      return largestAbsolute(entries);
    case 'infinity-infinity':
      return Rational.sum(M.map(largestAbsolute));
  }
}

/**
 * radius · argmin of <M, Z> over N(Z) <= 1, exactly: zero entries stay zero, of equal entries the first wins.
 * @throws RangeError for a negative radius.
 */
export function exactLinearMinimiser(M: RationalRows, name: RationalNorm, radius: Rational): Rational[][] {
  if (radius.sign() < 0) throw new RangeError(`exactLinearMinimiser: radius >= 0, got ${radius}`);
  switch (name) {
    case 'max-entry':
      return M.map((row) => row.map((x) => against(x, radius)));
    case 'scaled-max-entry':
      return M.map((row) => row.map((x) => against(x, radius.dividedBy(columnsOf(M)))));
    case 'entrywise-one': {
      const columns = M[0]?.length ?? 0;
      const flat = atFirstLargest(M.flat(), radius);
      return M.map((_, i) => flat.slice(i * columns, (i + 1) * columns));
    }
    case 'infinity-infinity':
      return M.map((row) => atFirstLargest(row, radius));
  }
}

/** -length · sign(x). */
function against(x: Rational, length: Rational): Rational {
  if (x.sign() === 0) return Rational.ZERO;
  return x.sign() > 0 ? length.negated() : length;
}

function atFirstLargest(entries: readonly Rational[], length: Rational): Rational[] {
  const largest = largestAbsolute(entries);
  const at = entries.findIndex((x) => x.absolute().equals(largest));
  return entries.map((x, i) => (i === at ? against(x, length) : Rational.ZERO));
}
