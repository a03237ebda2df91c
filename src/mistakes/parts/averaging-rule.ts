import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { averaged } from '../../methods/averaged.ts';
import type { Parts } from './assembly.ts';

/** What a method with one average needs to know. */
export interface Averaging {
  readonly momentum: number;
}

/** An average, and a direction made from it, in pieces. */
export interface AveragingPieces {
  /** What is remembered of the gradients. */
  mean<T>(numbers: Numbers<T>, momentum: number, past: Grid<T>, gradient: Grid<T>): Grid<T>;
  direction<T>(numbers: Numbers<T>, momentum: number, grids: AveragedGrids<T>): Grid<T>;
}

export interface AveragedGrids<T> {
  readonly past: Grid<T>;
  readonly mean: Grid<T>;
  readonly gradient: Grid<T>;
}

/** M = beta M + (1 - beta) G and a direction made from it: Signum and normalized SGD. */
export const averagingRule =
  (pieces: Pick<AveragingPieces, 'direction'> & Partial<AveragingPieces>): Parts<Averaging>['direct'] =>
  (numbers, { momentum }, { memory }, gradient) => {
    const past = memory.mean;
    const mean = pieces.mean?.(numbers, momentum, past, gradient) ?? averaged(numbers, momentum, past, gradient);
    return { direction: pieces.direction(numbers, momentum, { past, mean, gradient }), memory: { ...memory, mean } };
  };
