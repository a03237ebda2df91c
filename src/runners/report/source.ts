import type { Source } from '../../claim/claim.ts';
import { texToMarkdown } from './latex.ts';

/** Paper, place and arXiv link. */
export function sourceText({ paper, locus, arxiv }: Source): string {
  const link = arxiv === undefined ? [] : [`[arXiv ${arxiv}](https://arxiv.org/abs/${arxiv})`];
  return [texToMarkdown(paper, 'line'), texToMarkdown(locus, 'line'), ...link].join(', ');
}
