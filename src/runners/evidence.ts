import { type CheckEntry, isAsDeclared } from './check.ts';

type Row = Pick<CheckEntry, 'subject' | 'verdict' | 'tally'> & { readonly note?: string };

/** How many instances were decided. */
export const countedIn = ({ tally }: Pick<CheckEntry, 'tally'>): number =>
  tally.holds + tally.violated + tally.withinRounding;

/** What a subject's run shows, in words that claim no more than it does. */
export function rowEvidence(row: Row, falseAlarm: number | undefined): string {
  const counted = countedIn(row);
  switch (row.verdict) {
    case 'proved':
      return `proved, ${row.subject === 'exact' ? 'exact' : 'certified'} on ${counted}`;
    case 'exact':
      return `exact on ${counted}`;
    case 'certified':
      return `certified on ${counted}`;
    case 'not-rejected':
      return `not rejected (false alarm ${falseAlarm ?? 'unknown'}) on ${counted}`;
    case 'refuted':
      return 'REFUTED';
    case 'malformed':
      return 'MALFORMED';
    case 'skipped':
      return 'skipped';
  }
}

/** The same for a line of its own: why it was skipped, and that something else is not as declared. */
export function evidenceIn(entry: CheckEntry, falseAlarm: number | undefined): string {
  const said = rowEvidence(entry, falseAlarm);
  if (entry.verdict === 'skipped') return `${said}: ${entry.note ?? 'no reason given'}`;
  const isStrange = entry.verdict !== 'refuted' && entry.verdict !== 'malformed' && !isAsDeclared(entry);
  return isStrange ? `${said}, NOT AS DECLARED` : said;
}
