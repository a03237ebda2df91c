import { euclideanNorm } from './euclidean-norm.ts';
import type { Exponent } from './norm-table.ts';
import { binaryExponent, timesPowerOfTwo } from './power-of-two.ts';

type Rounding = (x: number) => number;

/** ||x||_p, 0 for no entries; relative error at most gamma_(k-1) for one, gamma_(k+2) for two, 0 for infinity. */
export function vectorNorm(values: ArrayLike<number>, exponent: Exponent, round: Rounding): number {
  const entries = Array.from(values);
  switch (exponent) {
    case 'one':
      return entries.reduce((sum, x) => round(sum + Math.abs(x)), 0);
    case 'two':
      return euclideanNorm(entries, round);
    case 'infinity':
      return entries.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  }
}

/** The index of the first entry of largest absolute value, -1 for none. */
export function firstLargest(values: ArrayLike<number>): number {
  let at = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size > most) [at, most] = [i, size];
  }
  return at;
}

/**
 * The z that maximises <x, z> over the unit ball of the l_p norm; 0 for 0.
 *
 * Signs (0 for 0) for infinity, x / ||x||_2 for two, the sign at the first largest entry for one.
 */
export function dualVector(x: Float64Array, exponent: Exponent, round: Rounding): Float64Array {
  switch (exponent) {
    case 'infinity':
      return x.map(Math.sign);
    case 'one': {
      const at = firstLargest(x);
      return x.map((value, i) => (i === at ? Math.sign(value) : 0));
    }
    case 'two': {
      const most = vectorNorm(x, 'infinity', round);
      if (most === 0) return new Float64Array(x.length);
      // scaled first, since the quotient of two subnormal numbers has few correct digits
      const exponentOfMost = binaryExponent(most);
      const scaled = x.map((value) => round(timesPowerOfTwo(value, -exponentOfMost)));
      const norm = euclideanNorm(scaled, round);
      return scaled.map((value) => round(value / norm));
    }
  }
}
