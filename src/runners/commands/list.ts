import { claimFiles } from '../../claims/load.ts';
import { claimList } from '../claim-list.ts';
import { jsonLine } from '../json-text.ts';
import { columns } from '../layout.ts';
import { known } from '../nearest.ts';
import type { CommandResult, Format } from './result.ts';

/** `lemmata list`. */
export async function listCommand(options: {
  readonly paper?: string;
  readonly format: Format;
}): Promise<CommandResult> {
  const papers = [...new Set(claimFiles().map((file) => file.paper))];
  const paper = options.paper === undefined ? undefined : known('--paper', "a paper's folder", options.paper, papers);
  const list = (await claimList()).filter((entry) => paper === undefined || entry.paper === paper);
  if (options.format === 'json') return { text: `${jsonLine(list)}\n`, exit: 0 };
  const rows = list.map((entry) => [entry.id, entry.paper, entry.exactness, entry.printed]);
  return { text: `${columns([['claim', 'paper', 'exactness', 'printed statement'], ...rows])}\n`, exit: 0 };
}
