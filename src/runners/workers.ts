import { fileURLToPath } from 'node:url';
import { createPool } from './pool.ts';

export interface Work<Task, Result> {
  /** The compiled module that exports a function of `name`; `undefined` runs everything in this process. */
  readonly module: URL;
  readonly name: string;
  /** The same function, for where a worker cannot be had: TypeScript sources, which a worker of Node 20 cannot read. */
  here(task: Task): Promise<Result>;
  /** Called whenever a task has ended. */
  onDone(): void;
  /** What stands for the result of a task whose worker died. */
  lost(task: Task, error: unknown): Result;
}

/** The results in the order of the tasks, whatever the order in which they end. */
export async function inWorkers<Task, Result>(
  tasks: readonly Task[],
  { module, name, here, onDone, lost }: Work<Task, Result>,
): Promise<readonly Result[]> {
  if (import.meta.url.endsWith('.ts')) {
    const results: Result[] = [];
    for (const task of tasks) {
      results.push(await here(task));
      onDone();
    }
    return results;
  }
  const pool = await createPool(fileURLToPath(module));
  const run = async (task: Task): Promise<Result> => {
    try {
      return (await pool.run(task, { name })) as Result;
    } catch (error) {
      return lost(task, error);
    } finally {
      onDone();
    }
  };
  try {
    return await Promise.all(tasks.map(run));
  } finally {
    await pool.destroy();
  }
}
