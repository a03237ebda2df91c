import { relative, resolve } from 'node:path';
import { claimFiles, loadFigures } from '../claims/load.ts';
import { operationIds } from '../operations/catalogue.ts';
import { killRate, type OperationKillRate } from './referee/kill-rate.ts';
import { contents } from './report/contents.ts';
import { bringUpToDate, staleIn } from './report/generated.ts';
import { foldersOf, placesFor } from './report/places.ts';
import { refereeObjections, refereePage } from './report/referee.ts';
import { REFEREE_RUNS, REPORT_SEED } from './report/settings.ts';
import { sideBySide } from './report/side-by-side.ts';
import { objectionOf } from './report/words.ts';
import { vectorFiles } from './vectors/vector-files.ts';
import { inWorkers } from './workers.ts';

/** What the referee sees of each operation's mistakes, side by side. */
const killRates = (onDone: () => void): Promise<readonly OperationKillRate[]> =>
  inWorkers(
    operationIds.map((operation) => ({ operation, runs: REFEREE_RUNS, seed: REPORT_SEED })),
    {
      module: new URL('./referee/kill-rate.js', import.meta.url),
      name: killRate.name,
      here: killRate,
      onDone,
      lost: ({ operation }, error) => {
        throw new Error(`report: the referee of ${operation} died: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      },
    },
  );

const vectorsInReport = async (): Promise<readonly (readonly [string, string])[]> =>
  [...(await vectorFiles())].map(([name, text]) => [`vectors/${name}`, text] as const);

export interface ReportOptions {
  /** The folder of the report. The counterexamples lie beside a folder `reports`, inside any other. */
  readonly out: string;
  /** `compare` changes nothing on disk. */
  readonly mode: 'write' | 'compare';
  progress?(done: number, total: number): void;
}

export interface Reported {
  /** Generated files that were missing, different or superfluous when the run began. */
  readonly stale: readonly string[];
  /** What is not as declared, one line a claim. */
  readonly objections: readonly string[];
}

/** Checks every claim and writes the report and the counterexamples, or compares them with what is there. */
export async function report({ out, mode, progress }: ReportOptions): Promise<Reported> {
  const places = placesFor(resolve(out));
  const tasks = claimFiles().map(({ id, paper }) => ({ id, paper }));
  let done = 0;
  const total = tasks.length + operationIds.length;
  progress?.(done, total);
  const onDone = (): void => {
    done += 1;
    progress?.(done, total);
  };
  const plotted = await sideBySide(tasks, onDone);
  const rates = await killRates(onDone);
  const made = await contents(plotted, await loadFigures(), {
    toCounterexamples: relative(places.reports, places.counterexamples),
    toReports: relative(places.counterexamples, places.reports),
  });
  const reports = new Map([...made.reports, ['referee.md', refereePage(rates)] as const, ...(await vectorsInReport())]);
  const generated = foldersOf(places, { ...made, reports });
  const stale = generated.flatMap(staleIn).map((path) => relative(process.cwd(), path));
  if (mode === 'write') generated.forEach(bringUpToDate);
  const objections = plotted.flatMap(({ dossier }) => {
    const said = objectionOf(dossier);
    return said === undefined ? [] : [`${dossier.id}: ${said}`];
  });
  return { stale, objections: [...objections, ...rates.flatMap(refereeObjections)] };
}
