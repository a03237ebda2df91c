import type { Figure } from '../../claim/figure.ts';
import { counterexampleFiles } from '../counterexamples.ts';
import type { Dossier } from './dossier.ts';
import { drawn, figurePath } from './figures.ts';
import { tightnessJson } from './json.ts';
import { pages } from './pages.ts';
import { byPaper } from './papers.ts';
import { plotPath } from './section.ts';

/** A dossier with its plot; none where no instance has a ratio. */
export interface Plotted {
  readonly dossier: Dossier;
  readonly plot: string | undefined;
}

export interface Contents {
  readonly reports: ReadonlyMap<string, string>;
  readonly counterexamples: ReadonlyMap<string, string>;
}

/** Every generated file by name. `toCounterexamples` leads from the report's folder to the other one, `toReports` back. */
export async function contents(
  plotted: readonly Plotted[],
  figures: ReadonlyMap<string, readonly Figure[]>,
  { toCounterexamples, toReports }: { readonly toCounterexamples: string; readonly toReports: string },
): Promise<Contents> {
  const papers = byPaper(
    plotted.map(({ dossier }) => dossier),
    figures,
  );
  const { files, hrefOf } = pages(papers, toCounterexamples);
  const plots = plotted.flatMap(({ dossier, plot }): [string, string][] =>
    plot === undefined ? [] : [[plotPath(dossier), plot]],
  );
  const drawings: [string, string][] = [];
  for (const paper of papers) {
    for (const figure of paper.figures) drawings.push([figurePath(paper, figure), await drawn(figure)]);
  }
  return {
    reports: new Map([...files, ['tightness.json', tightnessJson(papers)], ...plots, ...drawings]),
    counterexamples: counterexampleFiles(papers, (dossier) => `${toReports}/${hrefOf(dossier)}`),
  };
}
