import type { Interval } from '../kernels/exact/interval.ts';
import { gridOf, mapped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';
import { initialState, type Method, type State } from '../methods/method.ts';

type Rows = readonly (readonly number[])[];

/**
 * An optimiser between two steps, in one number system. A step makes a new one, so that several continuations of
 * one past can be compared.
 */
export interface Run<T> {
  readonly parameters: readonly Grid<T>[];
  /** One step with the gradients of all parameters. @throws TypeError where their number or shapes differ. */
  step(gradients: readonly Rows[]): Moved<T>;
  /** The same memory at other parameters: those that a process has returned, so that its errors do not add up. */
  at(parameters: readonly Rows[]): Run<T>;
}

export interface Moved<T> {
  readonly run: Run<T>;
  /** Parameters before minus after. */
  readonly updates: readonly Grid<T>[];
}

/** A run before its first step. */
export function startRun<T, H, N extends string>(
  method: Method<H, N>,
  numbers: Numbers<T>,
  parameters: readonly Rows[],
  hyperparameters: H,
): Run<T> {
  const input = (rows: Rows): Grid<T> => mapped(gridOf(rows), numbers.of);
  const running = (states: readonly State<T, N>[]): Run<T> => ({
    parameters: states.map((state) => state.parameters),
    step: (gradients) => {
      const inputs = sameShapes(states, gradients.map(input), 'gradients');
      const stepped = states.map((state, i) => method.step(numbers, hyperparameters, state, inputs[i] as Grid<T>));
      return { run: running(stepped.map(({ state }) => state)), updates: stepped.map(({ update }) => update) };
    },
    at: (moved) => {
      const inputs = sameShapes(states, moved.map(input), 'parameters');
      return running(states.map((state, i) => ({ ...state, parameters: inputs[i] as Grid<T> })));
    },
  });
  return running(parameters.map((rows, layer) => initialState(method, numbers, hyperparameters, input(rows), layer)));
}

function sameShapes<T>(
  states: readonly State<T, string>[],
  grids: readonly Grid<T>[],
  name: string,
): readonly Grid<T>[] {
  if (grids.length !== states.length) {
    throw new TypeError(`step: as many ${name} as parameters (${states.length}), got ${grids.length}`);
  }
  for (const [i, { rows, columns }] of grids.entries()) {
    const wanted = (states[i] as State<T, string>).parameters;
    if (rows !== wanted.rows || columns !== wanted.columns) {
      throw new TypeError(`step: ${name}[${i}] of shape ${wanted.rows}x${wanted.columns}, got ${rows}x${columns}`);
    }
  }
  return grids;
}

/**
 * The largest distance between what a format admits and the exact value, given enclosures of both; Infinity where an end is
 * infinite.
 */
export function largestError(exact: readonly Grid<Interval>[], admitted: readonly Grid<Interval>[]): number {
  let largest = 0;
  for (const [i, grid] of exact.entries()) {
    for (const [j, { lo, hi }] of grid.data.entries()) {
      const other = admitted[i]?.data[j] as Interval;
      const distance = Math.max(other.hi - lo, hi - other.lo);
      // opposite infinities, or a difference of equal ones, leave nothing guaranteed
      if (!(distance < Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
      largest = Math.max(largest, distance);
    }
  }
  // the differences above are rounded to nearest
  return largest * (1 + 2 ** -52);
}
