import fc, { type Arbitrary } from 'fast-check';
import type { Rows, Shape } from './context.ts';
import { DOUBLES, FEW_BITS } from './entries.ts';
import { filled, matrices } from './matrices.ts';
import { scaled } from './scales.ts';
import { shapes } from './shapes.ts';

/** What an optimiser is asked to do, without its hyperparameters. */
export interface Sequence {
  readonly parameters: readonly Rows[];
  /** One entry a step, each with one gradient a parameter. */
  readonly gradients: readonly (readonly Rows[])[];
}

/** The shapes of the parameters, and how many steps are taken. */
interface Plan {
  readonly shapes: readonly Shape[];
  readonly steps: number;
}

/** Thirty gradients of a matrix this large are some hundred numbers. */
const TINY = 3;
const SMALL = 6;
const MEDIUM = 16;

/** One to three parameters, two of one shape among them often; the longer the sequence, the smaller they are. */
const plans = (mostSize: number): Arbitrary<Plan> => {
  const upTo = (most: number) => shapes(Math.min(most, mostSize));
  return fc.oneof(
    { weight: 60, arbitrary: plan(upTo(SMALL), { min: 1, max: 4 }) },
    { weight: 25, arbitrary: plan(upTo(TINY), { min: 5, max: 8 }) },
    { weight: 5, arbitrary: plan(upTo(TINY), { min: 9, max: 30 }) },
    { weight: 8, arbitrary: plan(upTo(MEDIUM), { min: 1, max: 2 }) },
    { weight: 1, arbitrary: alone(upTo(mostSize), { min: 1, max: 2 }) },
  );
};

interface Range {
  readonly min: number;
  readonly max: number;
}

/** Which parameters there are, given two shapes. */
const LAYOUTS: readonly ((first: Shape, other: Shape) => readonly Shape[])[] = [
  (first) => [first],
  (first) => [first, first],
  (first, other) => [first, other],
  (first, other) => [first, other, first],
];

const plan = (shape: Arbitrary<Shape>, steps: Range): Arbitrary<Plan> =>
  fc.record({
    shapes: fc.tuple(shape, shape, fc.constantFrom(...LAYOUTS)).map(([first, other, layout]) => layout(first, other)),
    steps: fc.integer(steps),
  });

const alone = (shape: Arbitrary<Shape>, steps: Range): Arbitrary<Plan> =>
  fc.record({ shapes: shape.map((one) => [one]), steps: fc.integer(steps) });

/** What one parameter meets: its start, and its gradients. */
interface Stream {
  readonly start: Rows;
  readonly gradients: readonly Rows[];
}

/**
 * Changes the gradients of one parameter where they leave the domain that an optimiser is judged on. It sees them in order,
 * with those that it has let pass.
 */
export type Admit = (candidate: Rows, before: readonly Rows[]) => Rows;

/** Parameters of at most mostSize rows and columns, of size about 1, and gradients of size about `scale`, each admitted. */
export const sequences = (mostSize: number, scale: number, admit: Admit): Arbitrary<Sequence> =>
  plans(mostSize).chain(({ shapes: all, steps }) =>
    fc.tuple(...all.map((shape) => stream(shape, steps, scale))).map((streams) => {
      const admitted = streams.map(({ start, gradients }) => {
        const passed: Rows[] = [];
        for (const G of gradients) passed.push(admit(G, passed));
        return { start, gradients: passed };
      });
      return {
        parameters: admitted.map(({ start }) => start),
        gradients: Array.from({ length: steps }, (_, t) => admitted.map(({ gradients }) => gradients[t] ?? [])),
      };
    }),
  );

/** How a gradient comes about: drawn, as the one before, its negative, or zero throughout or at some entries. */
const TURNS = ['fresh', 'fresh', 'fresh', 'again', 'negated', 'zero', 'sparse', 'sparse'] as const;

const stream = (shape: Shape, steps: number, factor: number): Arbitrary<Stream> =>
  fc
    .record({
      start: starts(shape),
      fresh: fc.array(matrices(shape), { minLength: steps, maxLength: steps }),
      turns: fc.array(fc.constantFrom(...TURNS), { minLength: steps, maxLength: steps }),
      erased: fc.integer({ min: 2, max: 4 }),
      // entries that have no gradient from the first step on, in a third of the streams
      dead: fc.constantFrom(undefined, undefined, undefined, undefined, 2, 3),
    })
    .map(({ start, fresh, turns, erased, dead }) => {
      const gradients: Rows[] = [];
      for (const [t, G] of fresh.entries()) {
        const turn = turns[t] ?? 'fresh';
        const drawn = turn === 'sparse' ? without(G, erased, t) : turn === 'zero' ? without(G, 1, 0) : G;
        const before = gradients[t - 1];
        const repeats = before !== undefined && (turn === 'again' || turn === 'negated');
        const living = dead === undefined ? drawn : without(drawn, dead, 0);
        gradients.push(repeats ? scaled(before, turn === 'again' ? 1 : -1) : scaled(living, factor));
      }
      return { start, gradients };
    });

/** Every entry whose place plus `offset` is a multiple of `every` set to 0. */
const without = (A: Rows, every: number, offset: number): Rows =>
  A.map((row, i) => row.map((x, j) => ((i * row.length + j + offset) % every === 0 ? 0 : x)));

/** Zero or small parameters let an update be seen to all its digits; others show the rounding of the sum and the decay. */
const starts = (shape: Shape): Arbitrary<Rows> =>
  fc.oneof(
    { weight: 4, arbitrary: filled(shape, FEW_BITS) },
    { weight: 2, arbitrary: filled(shape, DOUBLES) },
    { weight: 2, arbitrary: filled(shape, FEW_BITS).map((W) => scaled(W, 2 ** -12)) },
    { weight: 1, arbitrary: filled(shape, FEW_BITS).map((W) => scaled(W, 0)) },
  );
