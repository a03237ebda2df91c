import type { LedgerComparison } from './ledger.ts';

const heading = (text: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${text} (${lines.length}):`, ...lines.map((line) => `  ${line}`)];

/** The comparison for a reader, the verdict last. */
export function ledgerText({ missing, below, overturned, unlisted, present }: LedgerComparison): string {
  const absent = [...missing.values()].reduce((sum, ids) => sum + ids.length, 0);
  const rooms = [...missing].flatMap(([room, ids]) => [`${room} (${ids.length})`, ...ids.map((id) => `  ${id}`)]);
  return [
    ...(absent === 0 ? [] : [`missing (${absent}):`, ...rooms.map((line) => `  ${line}`)]),
    ...heading(
      'printed statement other than predicted',
      overturned.map(({ id, printed, predicted }) => `${id}: ${printed}, predicted ${predicted}`),
    ),
    ...heading('not in the ledger', unlisted),
    ...heading(
      'below its level',
      below.map(({ id, level, wanted }) => `${id}: ${level}, wanted ${wanted}`),
    ),
    `${present} of ${present + absent} claims exist, ${below.length} below level`,
  ].join('\n');
}
