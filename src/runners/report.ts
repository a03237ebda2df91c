import { basename, dirname, join, relative, resolve } from 'node:path';
import { claimFiles, loadFigures } from '../claims/load.ts';
import { type Contents, contents } from './report/contents.ts';
import { bringUpToDate, type GeneratedFolder, staleIn } from './report/generated.ts';
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

/** The generated folders; one where the other lies inside it, so that neither takes the other's files for superfluous. */
function foldersOf(folder: string, beside: string, { reports, counterexamples }: Contents): readonly GeneratedFolder[] {
  if (dirname(beside) !== folder) {
    return [
      { folder, files: reports },
      { folder: beside, files: counterexamples },
    ];
  }
  const inside = [...counterexamples].map(([name, text]): [string, string] => [join(basename(beside), name), text]);
  return [{ folder, files: new Map([...reports, ...inside]) }];
}

const counterexamplesFor = (out: string): string =>
  basename(out) === 'reports' ? join(dirname(out), 'counterexamples') : join(out, 'counterexamples');

/** Checks every claim and writes the report and the counterexamples, or compares them with what is there. */
export async function report({ out, mode, progress }: ReportOptions): Promise<Reported> {
  const folder = resolve(out);
  const beside = counterexamplesFor(folder);
  const tasks = claimFiles().map(({ id, paper }) => ({ id, paper }));
  let done = 0;
  progress?.(done, tasks.length);
  const plotted = await sideBySide(tasks, () => {
    done += 1;
    progress?.(done, tasks.length);
  });
  const made = await contents(plotted, await loadFigures(), {
    toCounterexamples: relative(folder, beside),
    toReports: relative(beside, folder),
  });
  const generated = foldersOf(folder, beside, made);
  const stale = generated.flatMap(staleIn).map((path) => relative(process.cwd(), path));
  if (mode === 'write') generated.forEach(bringUpToDate);
  const objections = plotted.flatMap(({ dossier }) => {
    const said = objectionOf(dossier);
    return said === undefined ? [] : [`${dossier.id}: ${said}`];
  });
  return { stale, objections };
}
