import type { Dossier } from './dossier.ts';
import { figureText } from './figures.ts';
import type { Paper } from './papers.ts';
import { section } from './section.ts';
import { GENERATED, LARGEST_PAGE } from './settings.ts';
import { summary } from './summary.ts';

export const MARKDOWN_MARK = `<!-- ${GENERATED} -->`;

const chapter = (paper: Paper, heading: string, counterexamples: string): string =>
  [
    `${heading} ${paper.title}`,
    figureText(paper),
    ...paper.dossiers.map((dossier) => section(dossier, counterexamples)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

export interface Pages {
  /** The Markdown of the report by file name. */
  readonly files: ReadonlyMap<string, string>;
  /** Where a claim's section stands, from the report's folder. */
  hrefOf(dossier: Dossier): string;
}

/** All in `tightness.md`, or, where GitHub would no longer show that, the summary there and a page a paper. */
export function pages(papers: readonly Paper[], counterexamples: string): Pages {
  const page = (...parts: readonly string[]): string => `${[MARKDOWN_MARK, ...parts].join('\n\n')}\n`;
  const whole = page(
    summary(papers, ({ id }) => `#${id}`),
    ...papers.map((paper) => chapter(paper, '##', counterexamples)),
  );
  if (Buffer.byteLength(whole) <= LARGEST_PAGE) {
    return { files: new Map([['tightness.md', whole]]), hrefOf: ({ id }) => `tightness.md#${id}` };
  }
  const hrefOf = ({ id, paper }: Dossier): string => `${paper}.md#${id}`;
  const chapters = papers.map((paper): [string, string] => [
    `${paper.folder}.md`,
    page('[The summary of all claims](tightness.md)', chapter(paper, '#', counterexamples)),
  ]);
  return { files: new Map([['tightness.md', page(summary(papers, hrefOf))], ...chapters]), hrefOf };
}
