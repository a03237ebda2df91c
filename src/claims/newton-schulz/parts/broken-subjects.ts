import { type NewtonSchulzInput, newtonSchulzOperation } from '../../../operations/newton-schulz.ts';
import type { Observed } from './iteration.ts';

/** The subject runs the iteration on another input. */
export const asking = (change: (input: NewtonSchulzInput) => NewtonSchulzInput) => (input: NewtonSchulzInput) =>
  newtonSchulzOperation.exact?.({ ...change(input), normalisation: 'none' });

/** The subject returns square answers transposed. */
export const transposing = (_: NewtonSchulzInput, { matrix }: { readonly matrix: Observed['rows'] }) => ({
  matrix: matrix.length === matrix[0]?.length ? matrix.map((row, i) => row.map((_, j) => matrix[j]?.[i])) : matrix,
});
