import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Plotted } from './contents.ts';
import { type PlottedTask, plotted } from './plotted.ts';

/**
 * Every claim's part of the report, in the order of the tasks whatever the order they end in. Runs in workers from the
 * built package; from the sources, which a worker of Node 20 cannot read, in this process.
 */
export async function sideBySide(tasks: readonly PlottedTask[], onDone: () => void): Promise<readonly Plotted[]> {
  const worker = new URL('./plotted.js', import.meta.url);
  if (!import.meta.url.endsWith('.js')) {
    const results: Plotted[] = [];
    for (const task of tasks) {
      results.push(await plotted(task));
      onDone();
    }
    return results;
  }
  const { default: Tinypool } = await import('tinypool');
  const pool = new Tinypool({
    filename: fileURLToPath(worker),
    minThreads: 1,
    maxThreads: Math.max(1, Math.min(availableParallelism(), tasks.length)),
  });
  try {
    return await Promise.all(
      tasks.map(async (task) => {
        const result = (await pool.run(task, { name: 'plotted' })) as Plotted;
        onDone();
        return result;
      }),
    );
  } finally {
    await pool.destroy();
  }
}
