import { basename, dirname, join } from 'node:path';
import type { Contents } from './contents.ts';
import type { GeneratedFolder } from './generated.ts';

/** Absolute folders. */
export interface Places {
  readonly reports: string;
  readonly counterexamples: string;
}

/** The counterexamples lie beside a folder `reports`, as in the repository, and inside any other. */
export const placesFor = (reports: string): Places => ({
  reports,
  counterexamples: join(basename(reports) === 'reports' ? dirname(reports) : reports, 'counterexamples'),
});

/** The generated folders; one where the other lies inside it, so that neither takes the other's files for superfluous. */
export function foldersOf(places: Places, { reports, counterexamples }: Contents): readonly GeneratedFolder[] {
  if (dirname(places.counterexamples) !== places.reports) {
    return [
      { folder: places.reports, files: reports },
      { folder: places.counterexamples, files: counterexamples },
    ];
  }
  const inside = [...counterexamples].map(([name, text]): [string, string] => [
    join(basename(places.counterexamples), name),
    text,
  ]);
  return [{ folder: places.reports, files: new Map([...reports, ...inside]) }];
}
