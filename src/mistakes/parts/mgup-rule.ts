import { zipped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { type MgupHyperparameters, mgupFactors } from '../../methods/mgup.ts';
import type { Parts, Scene } from './assembly.ts';

/** What multiplies the chosen entries and what the others. */
export interface Factors<T> {
  readonly amplified: T;
  readonly damped: T;
}

/** The choice of MGUP in pieces. */
export interface MgupPieces {
  scores<T>(numbers: Numbers<T>, scene: Scene<T>): Grid<T>;
  /** K, of which the integer part counts, for d entries. */
  count<T>(numbers: Numbers<T>, h: MgupHyperparameters, entries: number): T;
  factors<T>(numbers: Numbers<T>, h: MgupHyperparameters): Factors<T>;
  /** The factor of every entry. */
  chosen<T>(numbers: Numbers<T>, scores: Grid<T>, count: T, factors: Factors<T>): readonly T[];
}

/** tau d. */
export const share = <T>(numbers: Numbers<T>, tau: number, entries: number): T =>
  numbers.multiply(numbers.of(tau), numbers.of(entries));

const MGUP: MgupPieces = {
  scores: (numbers, { direction, gradient }) => zipped(direction, gradient, numbers.multiply),
  count: (numbers, { tau }, entries) => share(numbers, tau, entries),
  factors: mgupFactors,
  chosen: (numbers, { data }, count, { amplified, damped }) => numbers.whereLargest(data, count, amplified, damped),
};

/** The direction, amplified at the K largest scores and damped elsewhere, with some pieces exchanged. */
export const mgupRule = (changes: Partial<MgupPieces> = {}): Parts<MgupHyperparameters>['shape'] => {
  const { scores, count, factors, chosen } = { ...MGUP, ...changes };
  return (numbers, h, scene) => {
    const given = scores(numbers, scene);
    const data = chosen(numbers, given, count(numbers, h, given.data.length), factors(numbers, h));
    return { direction: zipped({ ...given, data }, scene.direction, numbers.multiply), memory: scene.memory };
  };
};

/** The sign form: amplified where the score is positive, damped elsewhere. */
export const bySign: MgupPieces['chosen'] = (numbers, { data }, _, { amplified, damped }) =>
  data.map((score) => numbers.wherePositive(score, amplified, damped));
