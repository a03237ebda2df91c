import type { CheckOptions } from './check.ts';
import { type CheckResult, checkTask } from './check-task.ts';
import type { Progress } from './progress.ts';
import { onOneLine } from './usage-error.ts';
import { inWorkers } from './workers.ts';

/** A claim whose worker died, by running out of memory for instance, is not as declared; the others' results stay. */
const lost = (id: string, options: CheckOptions, error: unknown): CheckResult => ({
  entries: [
    {
      id,
      subject: options.subject === 'all' ? 'reference' : options.subject,
      verdict: 'malformed',
      runs: 0,
      tally: { holds: 0, violated: 0, withinRounding: 0 },
      best: null,
      controls: [],
      seconds: 0,
      note: `the check died: ${onOneLine(error instanceof Error ? error.message : String(error))}`,
    },
  ],
  failures: [],
});

/** Checks claims side by side; the results stand in the order of the ids. */
export async function checkClaims(
  ids: readonly string[],
  options: CheckOptions,
  progress: Progress,
): Promise<readonly CheckResult[]> {
  let done = 0;
  progress(done, ids.length);
  return inWorkers(
    ids.map((id) => ({ id, options })),
    {
      module: new URL('./check-task.js', import.meta.url),
      name: checkTask.name,
      here: checkTask,
      onDone: () => {
        done += 1;
        progress(done, ids.length);
      },
      lost: ({ id }, error) => lost(id, options, error),
    },
  );
}
