import { type Matrix, map, maxAbsolute } from './matrix.ts';
import { binaryExponent, timesPowerOfTwo } from './power-of-two.ts';

/**
 * Entries below this, relative to the largest, are set to 0 before a decomposition.
 *
 * Iterations that work to a relative precision never end among subnormal numbers (ml-matrix hangs on a 20×20 Gaussian
 * matrix times 1e-310), and such a block can stand beside entries of size 1. 2^-256 is far below u, so nothing
 * is lost that a double-precision decomposition could keep, and leaves room for fourteen rounds of cancellation.
 */
export const NEGLIGIBLE = 2 ** -256;

/** A 2^-exponent with its largest entry in [1, 2); negligible entries are 0. The zero matrix and empty ones stay. */
export interface Scaled {
  readonly matrix: Matrix;
  readonly exponent: number;
  /** At least || A 2^-exponent - matrix ||_F. */
  readonly lost: number;
}

/** @throws RangeError on a NaN or an infinity; `caller` names the function at fault. */
export function scaledToOne(caller: string, A: Matrix): Scaled {
  const bad = A.data.find((x) => !Number.isFinite(x));
  if (bad !== undefined) throw new RangeError(`${caller}: finite entries, got ${bad}`);
  const largest = maxAbsolute(A);
  if (largest === 0) return { matrix: A, exponent: 0, lost: 0 };
  const exponent = binaryExponent(largest);
  let lost = 0;
  const matrix = map(A, (x) => {
    const scaled = timesPowerOfTwo(x, -exponent);
    if (scaled === 0 || Math.abs(scaled) >= NEGLIGIBLE) return scaled;
    lost = NEGLIGIBLE;
    return 0;
  });
  return { matrix, exponent, lost: lost * (Math.sqrt(A.data.length) + 1) };
}
