import type { Figure } from '../../claim/figure.ts';
import { texToMarkdown } from './latex.ts';
import type { Paper } from './papers.ts';
import { marked, rendered } from './render.ts';
import { fourDigitText } from './round.ts';
import { table } from './table.ts';

/** The drawing's file, from the report's folder. */
export const figurePath = ({ folder }: Paper, { id }: Figure): string => `plots/figure-${folder}-${id}.svg`;

export const drawn = async ({ drawing }: Figure): Promise<string> =>
  'svg' in drawing ? marked(drawing.svg) : rendered(drawing.vegaLite);

/** The figures at the head of a paper's section. */
export const figureText = (paper: Paper): string =>
  paper.figures
    .map((figure) =>
      [
        `**${texToMarkdown(figure.title, 'line')}**`,
        texToMarkdown(figure.caption, 'paragraph'),
        `![${figure.title.replace(/[^\p{L}\p{N} ,.()-]/gu, '')}](${figurePath(paper, figure)})`,
        figure.table === undefined
          ? ''
          : table(
              figure.table.header.map((text) => texToMarkdown(text, 'line')),
              figure.table.rows.map((row) =>
                row.map((cell) => (typeof cell === 'number' ? fourDigitText(cell) : texToMarkdown(cell, 'line'))),
              ),
              figure.table.rows[0]?.map((cell) => (typeof cell === 'number' ? 'right' : 'left')) ?? [],
            ),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    )
    .join('\n\n');
