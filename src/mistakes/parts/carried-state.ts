import { gridOf, mapped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { initialState, type Method, type State } from '../../methods/method.ts';
import type { OptimiserOperation } from '../../operations/optimiser.ts';
import type { Run } from '../../operations/optimiser-run.ts';

type Rows = readonly (readonly number[])[];

/** What one parameter matrix hands on to the next one, and which ones belong together. */
interface Carrying {
  key<T>(state: State<T, string>): string;
  carried<T, N extends string>(from: State<T, N>, to: State<T, N>): State<T, N>;
}

/** The runs of a method in which parameters of one key hand on a part of their state, each step in their order. */
const byCarriedState =
  ({ key, carried }: Carrying) =>
  <H, N extends string>(operation: OptimiserOperation, method: Method<H, N>): OptimiserOperation['start'] =>
  <T>(numbers: Numbers<T>, parameters: readonly Rows[], given: unknown): Run<T> => {
    const hyperparameters = operation.complete(given) as H;
    const input = (rows: Rows): Grid<T> => mapped(gridOf(rows), numbers.of);
    const running = (states: readonly State<T, N>[]): Run<T> => ({
      parameters: states.map((state) => state.parameters),
      step: (gradients) => {
        const latest = new Map<string, State<T, N>>();
        const continued = (state: State<T, N>): State<T, N> => {
          const from = latest.get(key(state));
          return from === undefined ? state : carried(from, state);
        };
        const stepped = states.map((state, i) => {
          const after = method.step(numbers, hyperparameters, continued(state), input(gradients[i] ?? []));
          latest.set(key(state), after.state);
          return after;
        });
        return {
          run: running(stepped.map(({ state }) => continued(state))),
          updates: stepped.map(({ update }) => update),
        };
      },
      at: (moved) =>
        running(states.map((state, i) => ({ ...state, parameters: moved[i] ? input(moved[i]) : state.parameters }))),
    });
    return running(parameters.map((rows, layer) => initialState(method, numbers, hyperparameters, input(rows), layer)));
  };

/** One state, step count included, for all parameters of one shape: a dictionary that is keyed by what two of them share. */
export const bySharedState = byCarriedState({
  key: ({ parameters: { rows, columns } }) => `${rows}x${columns}`,
  carried: (from, to) => ({ ...to, memory: from.memory, steps: from.steps }),
});

/** One step count for all parameters, advanced by each of them. */
export const bySharedCount = byCarriedState({
  key: () => 'all',
  carried: (from, to) => ({ ...to, steps: from.steps }),
});
