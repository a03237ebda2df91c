import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { averaged } from '../../methods/averaged.ts';
import { signs } from '../../methods/signs.ts';
import type { Parts } from '../parts/assembly.ts';

/** What Lion's direction needs to know. */
export interface LionSettings {
  readonly beta1: number;
  readonly beta2: number;
}

/** Lion's direction in pieces. */
export interface LionPieces {
  /** What is remembered after the gradient. */
  mean<T>(numbers: Numbers<T>, h: LionSettings, past: Grid<T>, gradient: Grid<T>): Grid<T>;
  /** c, from the average before the gradient and after it. */
  followed<T>(numbers: Numbers<T>, h: LionSettings, past: Grid<T>, mean: Grid<T>, gradient: Grid<T>): Grid<T>;
  signed<T>(numbers: Numbers<T>, c: Grid<T>): Grid<T>;
}

/** c = beta1 m + (1 - beta1) g of the m before the gradient. */
export const lionFollowed: LionPieces['followed'] = (numbers, { beta1 }, past, _, gradient) =>
  averaged(numbers, beta1, past, gradient);

const LION: LionPieces = {
  mean: (numbers, { beta2 }, past, gradient) => averaged(numbers, beta2, past, gradient),
  followed: lionFollowed,
  signed: signs,
};

/** Lion's direction with some of its pieces exchanged. */
export const lionRule = (changes: Partial<LionPieces> = {}): Parts<LionSettings>['direct'] => {
  const { mean, followed, signed } = { ...LION, ...changes };
  return (numbers, h, { memory }, gradient) => {
    const next = mean(numbers, h, memory.mean, gradient);
    const c = followed(numbers, h, memory.mean, next, gradient);
    return { direction: signed(numbers, c), memory: { ...memory, mean: next } };
  };
};
