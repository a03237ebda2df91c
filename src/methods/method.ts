import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';

/**
 * Everything that a method carries from step to step for one parameter matrix; N names what it remembers.
 *
 * `steps` counts the steps taken, `layer` says which matrix this is (for hyperparameters that come one a layer).
 */
export interface State<T, N extends string> {
  readonly layer: number;
  readonly steps: number;
  readonly parameters: Grid<T>;
  readonly memory: Readonly<Record<N, Grid<T>>>;
}

export interface Stepped<T, N extends string> {
  readonly state: State<T, N>;
  /** Parameters before minus after. */
  readonly update: Grid<T>;
}

/** An optimiser as a pure function, hyperparameters H in doubles. */
export interface Method<H, N extends string> {
  /** The memory before the first step. */
  remember<T>(numbers: Numbers<T>, hyperparameters: H, parameters: Grid<T>): Readonly<Record<N, Grid<T>>>;
  /** State and gradient in, state and update out, in whatever numbers. */
  step<T>(numbers: Numbers<T>, hyperparameters: H, state: State<T, N>, gradient: Grid<T>): Stepped<T, N>;
}

/** The state before the first step. */
export const initialState = <T, H, N extends string>(
  method: Method<H, N>,
  numbers: Numbers<T>,
  hyperparameters: H,
  parameters: Grid<T>,
  layer: number,
): State<T, N> => ({ layer, steps: 0, parameters, memory: method.remember(numbers, hyperparameters, parameters) });
