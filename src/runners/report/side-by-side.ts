import { inWorkers } from '../workers.ts';
import type { Plotted } from './contents.ts';
import { type PlottedTask, plotted } from './plotted.ts';

/** Every claim's part of the report, in the order of the tasks whatever the order they end in. */
export const sideBySide = (tasks: readonly PlottedTask[], onDone: () => void): Promise<readonly Plotted[]> =>
  inWorkers(tasks, {
    module: new URL('./plotted.js', import.meta.url),
    name: plotted.name,
    here: plotted,
    onDone,
    lost: ({ id }, error) => {
      throw new Error(`report: ${id} could not be checked: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    },
  });
