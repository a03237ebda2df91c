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
  /** Two summands of the direction that others subtract one after the other. */
  readonly summands?: readonly [Grid<T>, Grid<T>];
}

/**
 * W <- (1 - eta lambda) W - eta direction, and the state after it; others write W - eta (direction + lambda W), or subtract the summands
 * of the direction one by one.
 * @throws TypeError where the shapes differ.
 */
export function moved<T, N extends string>(
  numbers: Numbers<T>,
  state: State<T, N>,
  { learningRate, weightDecay, direction, memory, summands }: Move<T, N>,
): Stepped<T, N> {
  const eta = numbers.of(learningRate);
  const decay = numbers.multiply(eta, numbers.of(weightDecay));
  const [one, kept] = [numbers.of(1), numbers.subtract(numbers.of(1), decay)];
  const parts = summands ?? [direction];
  const stepped = zipped(state.parameters, direction, (w, u) =>
    numbers.subtract(numbers.multiply(kept, w), numbers.multiply(eta, u)),
  );
  // without decay and with one summand there is one order only
  const isOrdered = weightDecay === 0 && parts.length === 1;
  const data = stepped.data.map((x, at) => {
    const w = state.parameters.data[at] as T;
    const subtracted = parts.map((part): readonly [T, T] => [eta, part.data[at] as T]);
    return isOrdered ? x : numbers.reordered(x, [[one, w], [decay, w], ...subtracted]);
  });
  const parameters = { ...stepped, data };
  return {
    state: { layer: state.layer, steps: state.steps + 1, parameters, memory },
    update: zipped(state.parameters, parameters, numbers.subtract),
  };
}
