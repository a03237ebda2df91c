import { gamma, LARGEST_FINITE, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { compose } from './accumulation.ts';
import { FLOAT64, type FloatFormat } from './arithmetic.ts';
import { euclideanNorm } from './euclidean-norm.ts';
import type { Matrix } from './matrix.ts';
import { innerError } from './norm-errors.ts';
import { type Exponent, groupsOf, NORM_TABLE, type NormName, normScale } from './norm-table.ts';
import { polarErrorBound, subspaceError } from './polar-error.ts';
import { isRepresentable } from './representable.ts';
import { svd } from './svd.ts';
import { firstLargest } from './vector-norms.ts';

/**
 * A bound on the error of every entry of radius · argmin <M, Z>, for a stable algorithm in the format.
 *
 * The length t = radius / scale carries five roundings, times entries of size at most 1. Signs and the first largest entry are
 * right where rounding M to the format cannot change them, and off by t at most where it can (a nonzero entry below
 * the normal range; two different entries within 4u of each other that are no numbers of the format). A normalised
 * group has the relative error of its norm, twice u for its entries, one division. Spectral family: `polarErrorBound`; nuclear: the
 * same argument for the leading singular pair, so Infinity for a double largest singular value.
 */
export function lmoErrorBound(M: Matrix, name: NormName, radius: number, format: FloatFormat): number {
  if (M.data.every((x) => x === 0) || radius === 0) return 0;
  const length = radius / normScale(name, M, FLOAT64.round);
  if (!(Math.max(length, radius) * (1 + gamma(8, UNIT_ROUNDOFF[format])) < LARGEST_FINITE[format]))
    return Number.POSITIVE_INFINITY;
  const relative = compose(directionError(M, name, format), gamma(6, UNIT_ROUNDOFF[format]));
  // a scale of 1 and signs leave nothing to round but the radius
  const rounding = relative * length * (1 + gamma(8, UNIT_ROUNDOFF.float64));
  return rounding + SMALLEST_NORMAL[format];
}

function directionError(M: Matrix, name: NormName, format: FloatFormat): number {
  const { groups, inner } = NORM_TABLE[name];
  if (groups !== 'singular-values') {
    return groupsOf(M, groups).reduce((most, group) => Math.max(most, groupError(group, inner, format)), 0);
  }
  return inner === 'infinity' ? polarErrorBound(M, format) : subspaceError(M, svd(M), 1, format);
}

function groupError(group: Float64Array, inner: Exponent, format: FloatFormat): number {
  const lost = group.some((x) => x !== 0 && Math.abs(x) < SMALLEST_NORMAL[format]);
  switch (inner) {
    case 'infinity':
      return lost ? 1 : 0;
    case 'one':
      return isDecided(group, format) ? 0 : 1;
    case 'two': {
      const norm = euclideanNorm(group);
      if (norm === 0) return 0;
      const underflow = lost ? (2 * Math.sqrt(group.length) * SMALLEST_NORMAL[format]) / norm : 0;
      return compose(innerError(group.length, 'two', format), gamma(4, UNIT_ROUNDOFF[format])) + underflow;
    }
  }
}

/** Whether the first largest entry is the same after rounding to the format. */
function isDecided(group: Float64Array, format: FloatFormat): boolean {
  const at = firstLargest(group);
  const largest = Math.abs(group[at] ?? 0);
  if (largest === 0) return true;
  if (largest < SMALLEST_NORMAL[format]) return false;
  const near = largest * (1 - 4 * UNIT_ROUNDOFF[format]);
  return group.every((x, i) => {
    const size = Math.abs(x);
    if (i === at || size === largest || size < near) return true;
    return isRepresentable(size, format) && isRepresentable(largest, format);
  });
}
