import { mapped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { power } from '../../kernels/numbers/power.ts';
import type { AdamHyperparameters } from '../../methods/adam-direction.ts';
import type { Parts } from './assembly.ts';

/** One entry of a parameter matrix before its step t (from 1). */
export interface AdamPast<T> {
  readonly parameter: T;
  readonly gradient: T;
  readonly mean: T;
  readonly square: T;
  /** What a mistake remembers besides. */
  readonly other: T;
  readonly t: number;
}

/** The averages of one entry after its gradient, and by what they are divided to remove their bias. */
export interface AdamMoments<T> {
  readonly mean: T;
  readonly square: T;
  readonly other: T;
  /** 1 - beta1^t and 1 - beta2^t. */
  readonly meanWeight: T;
  readonly squareWeight: T;
}

/** Adam's direction, entry by entry, in pieces. Adam's own are those of `ADAM`. */
export interface AdamPieces {
  mean<T>(numbers: Numbers<T>, h: AdamHyperparameters, past: AdamPast<T>): T;
  square<T>(numbers: Numbers<T>, h: AdamHyperparameters, past: AdamPast<T>, mean: T): T;
  weights<T>(
    numbers: Numbers<T>,
    h: AdamHyperparameters,
    t: number,
  ): Pick<AdamMoments<T>, 'meanWeight' | 'squareWeight'>;
  other<T>(numbers: Numbers<T>, h: AdamHyperparameters, past: AdamPast<T>, moments: AdamMoments<T>): T;
  /** What is divided. */
  numerator<T>(numbers: Numbers<T>, h: AdamHyperparameters, past: AdamPast<T>, moments: AdamMoments<T>): T;
  /** By what it is divided. */
  size<T>(numbers: Numbers<T>, h: AdamHyperparameters, past: AdamPast<T>, moments: AdamMoments<T>): T;
  /** What is remembered after the step. */
  kept<T>(moments: AdamMoments<T>, corrected: { readonly mean: T; readonly square: T }): { mean: T; square: T };
}

/** beta x + (1 - beta) y. */
export const average = <T>(numbers: Numbers<T>, beta: number, x: T, y: T): T => {
  const kept = numbers.of(beta);
  return numbers.add(numbers.multiply(kept, x), numbers.multiply(numbers.subtract(numbers.of(1), kept), y));
};

/** 1 - beta^exponent. */
export const weight = <T>(numbers: Numbers<T>, beta: number, exponent: number): T =>
  numbers.subtract(numbers.of(1), power(numbers, numbers.of(beta), exponent));

/** m^ = m / (1 - beta1^t) and v^ = v / (1 - beta2^t). */
export const correctedMean = <T>(numbers: Numbers<T>, { mean, meanWeight }: AdamMoments<T>): T =>
  numbers.divide(mean, meanWeight);
export const correctedSquare = <T>(numbers: Numbers<T>, { square, squareWeight }: AdamMoments<T>): T =>
  numbers.divide(square, squareWeight);

const ADAM: AdamPieces = {
  mean: (numbers, { beta1 }, { mean, gradient }) => average(numbers, beta1, mean, gradient),
  square: (numbers, { beta2 }, { square, gradient }) =>
    average(numbers, beta2, square, numbers.multiply(gradient, gradient)),
  weights: (numbers, { beta1, beta2 }, t) => ({
    meanWeight: weight(numbers, beta1, t),
    squareWeight: weight(numbers, beta2, t),
  }),
  other: (_, __, { other }) => other,
  numerator: (numbers, _, __, moments) => correctedMean(numbers, moments),
  size: (numbers, { epsilon }, _, moments) =>
    numbers.add(numbers.squareRoot(correctedSquare(numbers, moments)), numbers.of(epsilon)),
  kept: ({ mean, square }) => ({ mean, square }),
};

/** Adam's direction with some of its pieces exchanged. */
export const adamRule =
  (changes: Partial<AdamPieces> = {}): Parts<AdamHyperparameters>['direct'] =>
  (numbers, h, { steps, parameters, memory }, gradient) => {
    const pieces = { ...ADAM, ...changes };
    const t = steps + 1;
    const entries = gradient.data.map((g, i) => {
      const at = <T>(grid: Grid<T>): T => grid.data[i] as T;
      const past = {
        parameter: at(parameters),
        gradient: g,
        mean: at(memory.mean),
        square: at(memory.square),
        other: at(memory.other),
        t,
      };
      const mean = pieces.mean(numbers, h, past);
      const square = pieces.square(numbers, h, past, mean);
      const before = { mean, square, other: past.other, ...pieces.weights(numbers, h, t) };
      const moments = { ...before, other: pieces.other(numbers, h, past, before) };
      const direction = numbers.divide(
        pieces.numerator(numbers, h, past, moments),
        pieces.size(numbers, h, past, moments),
      );
      const corrected = { mean: correctedMean(numbers, moments), square: correctedSquare(numbers, moments) };
      return { direction, other: moments.other, ...pieces.kept(moments, corrected) };
    });
    const grid = { ...gradient, data: entries };
    return {
      direction: mapped(grid, ({ direction }) => direction),
      memory: {
        mean: mapped(grid, ({ mean }) => mean),
        square: mapped(grid, ({ square }) => square),
        other: mapped(grid, ({ other }) => other),
      },
    };
  };
