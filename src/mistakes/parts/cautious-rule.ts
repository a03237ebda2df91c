import { mapped, zipped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import type { Rescale } from '../../methods/cautious.ts';
import type { Parts, Scene } from './assembly.ts';

/** What masking needs to know. */
export interface Masking {
  readonly rescale: Rescale;
}

/** The mask of Cautious and how it is rescaled, in pieces. */
export interface CautiousPieces {
  /** 1 where an entry is kept, else 0. */
  mask<T>(numbers: Numbers<T>, scene: Scene<T>): Grid<T>;
  /** By what the kept entries are multiplied, given how many of how many are kept. */
  factor<T>(numbers: Numbers<T>, rescale: Rescale, kept: T, size: T): T;
}

/** 1{a b > 0}, entry by entry. */
export const agreeing = <T>(numbers: Numbers<T>, A: Grid<T>, B: Grid<T>): Grid<T> =>
  zipped(A, B, (a, b) => numbers.wherePositive(numbers.multiply(a, b), numbers.of(1), numbers.of(0)));

/** d / max(kept, floor d). */
export const byMean = <T>(numbers: Numbers<T>, kept: T, size: T, floor: number): T =>
  numbers.divide(numbers.of(1), numbers.maximum(numbers.divide(kept, size), numbers.of(floor)));

/** 1{u g > 0}. */
const masking: CautiousPieces['mask'] = (numbers, { direction, gradient }) => agreeing(numbers, direction, gradient);

/** By the asked rule; the floor under the mean is that of the authors' code. */
export const rescaled: CautiousPieces['factor'] = (numbers, rescale, kept, size) => {
  if (rescale === 'none') return numbers.of(1);
  return rescale === 'count'
    ? numbers.divide(size, numbers.add(kept, numbers.of(1)))
    : byMean(numbers, kept, size, 1e-3);
};

/** The direction masked and rescaled, with some pieces exchanged. */
export const cautiousRule = (changes: Partial<CautiousPieces> = {}): Parts<Masking>['shape'] => {
  const { mask = masking, factor = rescaled } = changes;
  return (numbers, { rescale }, scene) => {
    const kept = mask(numbers, scene);
    const count = kept.data.reduce((sum, x) => numbers.add(sum, x), numbers.of(0));
    const scale = factor(numbers, rescale, count, numbers.of(kept.data.length));
    const scaled = mapped(kept, (x) => numbers.multiply(x, scale));
    return { direction: zipped(scaled, scene.direction, numbers.multiply), memory: scene.memory };
  };
};
