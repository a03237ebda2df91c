import type { Mutation, Printed } from '../../claim/claim.ts';
import type { Dossier, SubjectRow } from './dossier.ts';
import { fourDigits } from './round.ts';

export const countedBy = ({ tally }: SubjectRow): number => tally.holds + tally.violated + tally.withinRounding;

/** How the printed statement fared. */
export const PRINTED: Readonly<Record<Printed, string>> = {
  holds: 'holds',
  corrected: 'corrected',
  false: 'false',
  'not-printed': 'not printed',
};

export const MUTATIONS: Readonly<Record<Mutation, string>> = {
  'dropped-assumption': 'an assumption dropped',
  'sharpened-constant': 'a sharper constant',
  'as-printed': 'as printed',
  'broken-subject': 'a wrong implementation',
};

const alarm = ({ falseAlarm }: Dossier): string =>
  falseAlarm === undefined ? '' : ` (false alarm ${fourDigits(falseAlarm)})`;

/** What the instances of the most exact subject show, in the words of its arithmetic. */
function onInstances(dossier: Dossier, row: SubjectRow): string {
  const counted = countedBy(row);
  if (dossier.level === 'statistical') return `not rejected${alarm(dossier)} on ${counted}`;
  // a certified claim may take roots of exact answers: its instances are decided by enclosures
  const isExact = row.subject === 'exact' && dossier.level !== 'float64-certified';
  return `${isExact ? 'exact' : 'certified'} on ${counted}`;
}

/**
 * What is known, in words that claim no more: *proved* (a certificate for all inputs), *exact on N*, *certified on N*,
 * *not rejected (false alarm α)*; or what is wrong.
 */
export function evidenceOf(dossier: Dossier): string {
  const wrong = dossier.subjects.find(({ verdict }) => verdict === 'refuted' || verdict === 'malformed');
  if (wrong !== undefined) return `**${wrong.verdict}** (${wrong.subject})`;
  const [first, ...others] = dossier.subjects.filter(({ verdict }) => verdict !== 'skipped');
  if (first === undefined) return 'skipped';
  const said = [...(first.verdict === 'proved' ? ['proved'] : []), onInstances(dossier, first)];
  const reference = others.find(({ subject }) => subject === 'reference');
  if (reference !== undefined && countedBy(reference) > countedBy(first)) said.push(onInstances(dossier, reference));
  return said.join(', ');
}

/** Everything that is not as declared, or undefined. */
export function objectionOf({ subjects }: Dossier): string | undefined {
  const said = subjects.flatMap(({ subject, verdict, note }) =>
    verdict === 'skipped' || (note === undefined && verdict !== 'refuted' && verdict !== 'malformed')
      ? []
      : [`${subject}: ${note ?? verdict}`],
  );
  return said.length === 0 ? undefined : said.join('; ');
}
