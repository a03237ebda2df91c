import { filled } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';
import { averaged } from './averaged.ts';
import type { State } from './method.ts';
import { signs } from './signs.ts';

export interface LionHyperparameters {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** m = 0. */
export const lionMemory = <T>(numbers: Numbers<T>, { rows, columns }: Grid<T>): Readonly<Record<'mean', Grid<T>>> => ({
  mean: filled(rows, columns, numbers.of(0)),
});

/** u = sign(c) with c = beta1 m + (1 - beta1) g of the m before this gradient; then m = beta2 m + (1 - beta2) g. */
export function lionDirection<T>(
  numbers: Numbers<T>,
  { beta1, beta2 }: Pick<LionHyperparameters, 'beta1' | 'beta2'>,
  { memory }: State<T, 'mean'>,
  gradient: Grid<T>,
): { readonly direction: Grid<T>; readonly memory: Readonly<Record<'mean', Grid<T>>> } {
  const direction = signs(numbers, averaged(numbers, beta1, memory.mean, gradient));
  return { direction, memory: { mean: averaged(numbers, beta2, memory.mean, gradient) } };
}
