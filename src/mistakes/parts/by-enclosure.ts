import type { Interval } from '../../kernels/exact/interval.ts';
import { gamma, UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { FloatFormat } from '../../operations/operation.ts';
import type { FunctionMistake } from '../mistake.ts';

type Computed = Pick<FunctionMistake, 'reference' | 'errorBound'>;

/** A number of which an enclosure of all that a format admits is known: the middle of that of float64. */
export const valueByEnclosure = <I>(enclosure: (input: I, format: FloatFormat) => Interval): Computed => ({
  reference: (input: I) => ({ value: middle(enclosure(input, 'float64')) }),
  errorBound: (input: I, format) => reach(enclosure(input, 'float64'), enclosure(input, format)),
});

/** The same for every entry of a matrix. */
export const matrixByEnclosure = <I>(
  enclosures: (input: I, format: FloatFormat) => readonly (readonly Interval[])[],
): Computed => ({
  reference: (input: I) => ({ matrix: enclosures(input, 'float64').map((row) => row.map(middle)) }),
  errorBound: (input: I, format) => {
    const admitted = enclosures(input, format).flat();
    const reaches = enclosures(input, 'float64')
      .flat()
      .map((own, k) => reach(own, admitted[k] ?? own));
    return reaches.reduce((most, x) => Math.max(most, x), 0);
  },
});

const middle = ({ lo, hi }: Interval): number => (lo === hi ? lo : lo + (hi - lo) / 2) + 0;

/** How far an admitted number can be from the middle; the difference is rounded, hence the last factor. */
const reach = (own: Interval, { lo, hi }: Interval): number => {
  const centre = middle(own);
  return Math.max(hi - centre, centre - lo) * (1 + gamma(4, UNIT_ROUNDOFF.float64));
};
