import type { Grid } from '../../kernels/numbers/numbers.ts';
import type { OptimiserOperation } from '../../operations/optimiser.ts';
import type { Run } from '../../operations/optimiser-run.ts';

type Rows = readonly (readonly number[])[];

/**
 * The runs of a method of entries that takes all parameters for one: they are joined to a single row, so that a norm, a
 * mean or a rank goes over all of them.
 */
export const byConcatenation =
  ({ start }: Pick<OptimiserOperation, 'start'>): OptimiserOperation['start'] =>
  (numbers, parameters, hyperparameters) => {
    const shapes = parameters.map((rows) => ({ rows: rows.length, columns: rows[0]?.length ?? 0 }));
    return split(start(numbers, joined(parameters), hyperparameters), shapes);
  };

interface Shape {
  readonly rows: number;
  readonly columns: number;
}

const joined = (layers: readonly Rows[]): readonly Rows[] => [[layers.flat(2)]];

const split = <T>(run: Run<T>, shapes: readonly Shape[]): Run<T> => {
  const layers = (together: readonly Grid<T>[]): readonly Grid<T>[] => {
    const data = together.flatMap((grid) => grid.data);
    let at = 0;
    return shapes.map(({ rows, columns }) => {
      const from = at;
      at += rows * columns;
      return { rows, columns, data: data.slice(from, at) };
    });
  };
  return {
    parameters: layers(run.parameters),
    step: (gradients) => {
      const { run: next, updates } = run.step(joined(gradients));
      return { run: split(next, shapes), updates: layers(updates) };
    },
    at: (parameters) => split(run.at(joined(parameters)), shapes),
  };
};
