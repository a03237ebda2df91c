import { relative, resolve } from 'node:path';
import { claimFiles, loadFigures } from '../claims/load.ts';
import { contents } from './report/contents.ts';
import { bringUpToDate, staleIn } from './report/generated.ts';
import { foldersOf, placesFor } from './report/places.ts';
import { sideBySide } from './report/side-by-side.ts';
import { objectionOf } from './report/words.ts';

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
  progress?.(done, tasks.length);
  const plotted = await sideBySide(tasks, () => {
    done += 1;
    progress?.(done, tasks.length);
  });
  const made = await contents(plotted, await loadFigures(), {
    toCounterexamples: relative(places.reports, places.counterexamples),
    toReports: relative(places.counterexamples, places.reports),
  });
  const generated = foldersOf(places, made);
  const stale = generated.flatMap(staleIn).map((path) => relative(process.cwd(), path));
  if (mode === 'write') generated.forEach(bringUpToDate);
  const objections = plotted.flatMap(({ dossier }) => {
    const said = objectionOf(dossier);
    return said === undefined ? [] : [`${dossier.id}: ${said}`];
  });
  return { stale, objections };
}
