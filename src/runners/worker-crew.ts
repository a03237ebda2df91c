import { fileURLToPath } from 'node:url';
import type { Crew, Timed } from './crew.ts';
import { type CrewTask, crewTask } from './crew-task.ts';
import { createPool } from './pool.ts';
import type { FamilyRun } from './refute.ts';
import { toToken } from './replay.ts';
import { onOneLine } from './usage-error.ts';

export interface Crews {
  readonly crewOf: (id: string, roles: ReadonlyMap<string, FamilyRun['role']>) => Crew;
  dismiss(): Promise<void>;
}

const words = (error: unknown): string => onOneLine(error instanceof Error ? error.message : String(error));

/** Workers that share the parts of all claims' checks; for the built package alone, since a worker of Node 20 reads no TypeScript. */
export async function workerCrews(): Promise<Crews> {
  const filename = fileURLToPath(new URL('./crew-task.js', import.meta.url));
  const pool = await createPool(filename);
  const run = <T>(task: CrewTask): Promise<T> => pool.run(task, { name: crewTask.name }) as Promise<T>;
  let missing: Promise<string | undefined> | undefined;
  return {
    crewOf: (id, roles) => ({
      async family(part) {
        try {
          return await run<Timed<FamilyRun>>({ kind: 'family', id, part });
        } catch (error) {
          // a family never throws, so its worker died, of too little memory for instance: the others' results stay
          const { subject, family, options } = part;
          const failure = {
            kind: 'malformed',
            message: `the check died: ${words(error)}`,
            instance: null,
            replay: toToken({ claim: id, subject, family, seed: options.seed, path: '0' }),
          } as const;
          const tally = { holds: 0, violated: 0, withinRounding: 0 };
          const role = roles.get(family) ?? 'generic';
          return { result: { family, role, runs: 0, tally, ratios: [], best: null, failure }, milliseconds: 0 };
        }
      },
      control: (part) => run({ kind: 'control', id, part }),
      certificate: () => run({ kind: 'certificate', id }),
      missingBackend() {
        missing ??= run({ kind: 'missing-backend' });
        return missing;
      },
    }),
    dismiss: () => pool.destroy(),
  };
}
