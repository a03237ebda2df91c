import { progressLine } from '../progress.ts';
import { report } from '../report.ts';
import { assertWritableFolder } from '../writable-folder.ts';
import type { CommandResult, Surroundings } from './result.ts';

export interface ReportCommandOptions {
  readonly out: string;
  readonly mode: 'write' | 'compare';
}

/** `lemmata report`. */
export async function reportCommand(
  { out, mode }: ReportCommandOptions,
  { stderr }: Surroundings,
): Promise<CommandResult> {
  if (mode === 'write') assertWritableFolder('--out', out);
  const line = progressLine(stderr, 'claims checked');
  const { stale, objections } = await report({ out, mode, progress: line.report }).finally(line.clear);
  const files =
    mode === 'write'
      ? [stale.length === 0 ? `${out}: nothing has changed` : `${out}: ${stale.length} files written`]
      : stale.map((path) => `stale: ${path}`);
  const said = [...objections.map((objection) => `not as declared: ${objection}`), ...files];
  if (said.length === 0) said.push(`${out}: current`);
  const isFine = objections.length === 0 && (mode === 'write' || stale.length === 0);
  return { text: `${said.join('\n')}\n`, exit: isFine ? 0 : 1 };
}
