import { filled } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import type { Method, State, Stepped } from '../../methods/method.ts';

/** What is remembered from step to step: averages of the gradient and of its square, and whatever else a mistake keeps. */
export type Memory = 'mean' | 'square' | 'other';

export type Remembered<T> = Readonly<Record<Memory, Grid<T>>>;

/** A direction to go in, and what is remembered after it. */
export interface Directed<T> {
  readonly direction: Grid<T>;
  readonly memory: Remembered<T>;
}

/** One step of one parameter matrix before the parameters move. */
export interface Scene<T> extends Directed<T> {
  readonly state: State<T, Memory>;
  readonly gradient: Grid<T>;
}

/** A step in its four parts, so that a mistake can be made in one of them. */
export interface Parts<H> {
  /** The gradient that the other parts see. */
  see<T>(numbers: Numbers<T>, hyperparameters: H, state: State<T, Memory>, gradient: Grid<T>): Grid<T>;
  /** The direction of the method on which others are built: Adam's, Lion's, Muon's. */
  direct<T>(numbers: Numbers<T>, hyperparameters: H, state: State<T, Memory>, gradient: Grid<T>): Directed<T>;
  /** What a method such as Cautious or MGUP makes of the direction. */
  shape<T>(numbers: Numbers<T>, hyperparameters: H, scene: Scene<T>): Directed<T>;
  /** The parameters after the step. */
  move<T>(numbers: Numbers<T>, hyperparameters: H, scene: Scene<T>): Stepped<T, Memory>;
}

/** The method of these parts. All that is remembered begins as 0. */
export const assembled = <H>({ see, direct, shape, move }: Parts<H>): Method<H, Memory> => ({
  remember: (numbers, _, { rows, columns }) => {
    const zero = filled(rows, columns, numbers.of(0));
    return { mean: zero, square: zero, other: zero };
  },
  step: (numbers, hyperparameters, state, given) => {
    const gradient = see(numbers, hyperparameters, state, given);
    const scene = { state, gradient, ...direct(numbers, hyperparameters, state, gradient) };
    return move(numbers, hyperparameters, { ...scene, ...shape(numbers, hyperparameters, scene) });
  },
});
