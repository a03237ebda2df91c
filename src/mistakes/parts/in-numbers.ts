import { enclosedNumbers } from '../../kernels/numbers/enclosed-numbers.ts';
import { gridOf, mapped, rowsOf } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { DOUBLES } from '../../kernels/numbers/rounded-numbers.ts';
import { largestError } from '../../operations/optimiser-run.ts';
import type { FunctionMistake } from '../mistake.ts';

/** The output of a function in some numbers. */
export type InNumbers<T> = { readonly matrix: Grid<T> } | { readonly values: readonly T[] } | { readonly value: T };

/** What a function answers, written once for all numbers. */
export type Answer<I> = <T>(numbers: Numbers<T>, input: I) => InNumbers<T>;

/**
 * The answer in doubles, and its error bound from two runs in intervals as for optimisers: no admissible answer is further from the
 * exact one than the ends of its enclosure are. The answer in doubles is admissible in float64.
 */
export const inNumbers = <I>(answer: Answer<I>): Pick<FunctionMistake, 'reference' | 'errorBound'> => ({
  reference: (input: I) => {
    const output = answer(DOUBLES, input);
    // JSON knows one zero
    const signless = (x: number): number => x + 0;
    if ('matrix' in output) return { matrix: rowsOf(mapped(output.matrix, signless)) };
    return 'values' in output ? { values: output.values.map(signless) } : { value: signless(output.value) };
  },
  errorBound: (input: I, format) =>
    largestError([gridIn(answer(enclosedNumbers('exact'), input))], [gridIn(answer(enclosedNumbers(format), input))]),
});

const gridIn = <T>(output: InNumbers<T>): Grid<T> => {
  if ('matrix' in output) return output.matrix;
  return gridOf([[...('values' in output ? output.values : [output.value])]]);
};
