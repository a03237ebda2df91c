import type { Dossier } from './dossier.ts';
import type { Paper } from './papers.ts';
import { fourDigitText } from './round.ts';
import { REPORT_RUNS, REPORT_SEED } from './settings.ts';
import { sourceText } from './source.ts';
import { code, table } from './table.ts';
import { countedBy, evidenceOf, objectionOf, PRINTED } from './words.ts';

const HEADER = [
  'claim',
  'source',
  'printed statement',
  'evidence',
  'instances',
  'best ratio / supremum',
  'tightest family',
  'false neighbours refuted',
];

function bestOverSupremum({ tightest, supremum }: Dossier): string {
  const known = typeof supremum === 'number' ? fourDigitText(supremum) : 'unknown';
  return tightest === null ? `– / ${known}` : `${fourDigitText(tightest.ratio)} / ${known}`;
}

function controlsOf({ controls }: Dossier): string {
  const killed = controls.filter(({ refuted }) => refuted).length;
  const found = controls.filter(({ foundBySearchAfter }) => foundBySearchAfter !== null).length;
  return `${killed} of ${controls.length}, ${found} by search`;
}

const SUBJECTS = { exact: 'exact', reference: 'float64', gpu: 'twin' } as const;

const instancesOf = ({ subjects }: Dossier): string =>
  subjects
    .filter(({ verdict }) => verdict !== 'skipped')
    .map((row) => `${countedBy(row)} ${SUBJECTS[row.subject]}`)
    .join(', ');

const count = (n: number, singular: string): string => `${n} ${singular}${n === 1 ? '' : 's'}`;

/** What a reader should know before the first table. */
function overview(dossiers: readonly Dossier[]): string {
  const at = (wanted: Dossier['source']['printed']): number =>
    dossiers.filter(({ source }) => source.printed === wanted).length;
  const by = (verdict: string): number => dossiers.filter(({ subjects }) => subjects[0]?.verdict === verdict).length;
  const controls = dossiers.flatMap((dossier) => dossier.controls);
  const objections = dossiers.filter((dossier) => objectionOf(dossier) !== undefined);
  const evidence = [
    `${by('proved')} proved for all inputs`,
    `${by('exact')} exact on their instances`,
    `${by('certified')} certified on their instances`,
    `${by('not-rejected')} not rejected by a test with a stated false-alarm rate`,
  ];
  return [
    `${count(dossiers.length, 'claim')}: ${evidence.filter((part) => !part.startsWith('0 ')).join(', ')}.`,
    `Printed statements: ${at('holds')} of ${dossiers.length - at('not-printed')} as printed, ${at('corrected')} after a correction, ${at('false')} false; ${count(at('not-printed'), 'claim')} not printed anywhere.`,
    `False neighbours: ${controls.filter(({ refuted }) => refuted).length} of ${controls.length} refuted by their witness, ${controls.filter(({ foundBySearchAfter }) => foundBySearchAfter !== null).length} of them also found by random search.`,
    objections.length === 0
      ? 'Everything is as declared.'
      : `**Not as declared: ${objections.map(({ id }) => `[${id}](#${id})`).join(', ')}.**`,
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

const READING = `A *claim* is a theorem as a value that can be refuted. The *ratio* is what is measured over what bounds it (the other way
round for a lower bound): 1 is equality, more would refute the claim, and the *supremum* is the largest ratio that theory
allows. The tightest instance is the one with the largest ratio among those tried.
*Proved* means a certificate for all inputs that is checked again each time; *exact on N* that rational arithmetic decided
N instances; *certified on N* that floating point with an error bound did; *not rejected* that a statistical test with the
stated false-alarm rate did not object. *False neighbours* are nearby statements that are not true: that they are refuted
shows that the check can fail.`;

/** The head of the report and a row a claim; `hrefOf` says where a claim's section stands. */
export function summary(papers: readonly Paper[], hrefOf: (dossier: Dossier) => string): string {
  const dossiers = papers.flatMap((paper) => paper.dossiers);
  const rows = dossiers.map((dossier) => [
    `[${dossier.id}](${hrefOf(dossier)})`,
    sourceText(dossier.source),
    PRINTED[dossier.source.printed],
    evidenceOf(dossier),
    instancesOf(dossier),
    bestOverSupremum(dossier),
    dossier.tightest === null ? '–' : code(dossier.tightest.family),
    controlsOf(dossier),
  ]);
  return [
    '# How tight is the theory of modern optimisers?',
    overview(dossiers),
    READING,
    `Random families have ${REPORT_RUNS} instances a subject, seed ${REPORT_SEED}; finite families run once through.`,
    '## Summary',
    table(HEADER, rows, ['left', 'left', 'left', 'left', 'left', 'right']),
  ].join('\n\n');
}
