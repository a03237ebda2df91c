import { zipped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';
import type { State, Stepped } from './method.ts';

/** What a step does to the parameters. */
export interface Move<T, N extends string> {
  readonly learningRate: number;
  /** lambda: the parameters are first multiplied by 1 - eta lambda. */
  readonly weightDecay: number;
  /** Subtracted after that, times eta. */
  readonly direction: Grid<T>;
  readonly memory: Readonly<Record<N, Grid<T>>>;
}

/** W <- (1 - eta lambda) W - eta direction, and the state after it. */
export function moved<T, N extends string>(
  numbers: Numbers<T>,
  state: State<T, N>,
  { learningRate, weightDecay, direction, memory }: Move<T, N>,
): Stepped<T, N> {
  const eta = numbers.of(learningRate);
  const kept = numbers.subtract(numbers.of(1), numbers.multiply(eta, numbers.of(weightDecay)));
  const parameters = zipped(state.parameters, direction, (w, u) =>
    numbers.subtract(numbers.multiply(kept, w), numbers.multiply(eta, u)),
  );
  return {
    state: { layer: state.layer, steps: state.steps + 1, parameters, memory },
    update: zipped(state.parameters, parameters, numbers.subtract),
  };
}
