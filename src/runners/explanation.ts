import { type Enclosure, exactValue } from '../claim/enclosure.ts';
import { rowEvidence } from './evidence.ts';
import { columns, wrapped } from './layout.ts';
import type { Dossier } from './report/dossier.ts';
import { shownText } from './report/round.ts';

const WIDEST = 110;
const LONGEST_INSTANCE = 600;

interface Print {
  /** A paragraph. */
  paragraph(text: string): string;
  /** An entry of a list: what follows its first line stands further in. */
  item(text: string): string;
  /** What is said of an entry. */
  detail(text: string): string;
}

function printer(width: number): Print {
  const to = Math.min(width, WIDEST);
  return {
    paragraph: (text) => wrapped(text, { width: to, indent: '  ' }),
    item: (text) => wrapped(text, { width: to, indent: '  ', hanging: '    ' }),
    detail: (text) => wrapped(text, { width: to, indent: '      ' }),
  };
}

const RELATION = { 'at-most': '<=', 'at-least': '>=', equals: '=' } as const;

const PRINTED = {
  holds: 'The printed statement holds.',
  corrected: 'The printed statement is corrected here.',
  false: 'The printed statement is false.',
  'not-printed': 'Not printed in this form.',
} as const;

/** Still JSON, with blanks at which a line may break. */
function instanceText(instance: unknown): string {
  const text = JSON.stringify(instance).replace(/("(?:[^"\\]|\\.)*")|,/g, (found) => (found === ',' ? ', ' : found));
  return text.length <= LONGEST_INSTANCE ? text : `${text.slice(0, LONGEST_INSTANCE)}… (${text.length} characters)`;
}

const heading = (title: string): string => `\n${title}`;

function sourceLines({ source }: Dossier, print: Print): readonly string[] {
  const { paper, locus, arxiv, printed, erratum } = source;
  return [
    heading('Source'),
    print.paragraph(`${paper}, ${locus}${arxiv === undefined ? '' : `, arXiv:${arxiv}`}`),
    print.paragraph(PRINTED[printed]),
    ...(erratum === undefined ? [] : [heading('Erratum'), print.paragraph(erratum)]),
  ];
}

const listed = (items: readonly { readonly id: string; readonly text: string }[], print: Print): readonly string[] =>
  items.flatMap(({ id, text }) => [print.item(`${id}: ${text}`)]);

function tightestLines({ tightest, supremum, relation }: Dossier, print: Print): readonly string[] {
  if (tightest === null) return [heading('Tightest instance'), print.paragraph('No instance has a ratio.')];
  const { ratio, family, subject, instance, slack } = tightest;
  const of = supremum === 'unknown' ? 'an unknown supremum' : `the supremum ${supremum}`;
  const sides =
    slack === undefined
      ? []
      : [
          print.paragraph(
            `measured ${shownText(slack.measured)} ${RELATION[relation]} bound ${shownText(slack.bound)}, gap ${shownText({ lo: slack.gap, hi: slack.gap })}`,
          ),
        ];
  return [
    heading('Tightest instance'),
    print.paragraph(`ratio ${Number(ratio.toPrecision(6))} of ${of}, from family ${family} on the ${subject} subject`),
    ...sides,
    print.paragraph(instanceText(instance)),
  ];
}

const ATTAINED = 'The bound is attained here, so the way to it gives nothing away; these are conclusions beside it.';
const LOST = 'The gap is smaller than the rounding, so it has no parts to show.';

const isKnown = (side: Enclosure): boolean => exactValue(side) !== undefined;

function stepLines({ tightest }: Dossier, print: Print): readonly string[] {
  const slack = tightest?.slack;
  if (slack === undefined || slack.steps.length === 0) return [];
  const title = slack.isChain
    ? 'Proof steps there, which lead from one side to the other without a hole'
    : 'Proof steps there';
  const attained =
    slack.gap === 0 ? [print.paragraph(isKnown(slack.measured) && isKnown(slack.bound) ? ATTAINED : LOST)] : [];
  return [
    heading(title),
    ...attained,
    ...slack.steps.flatMap(({ id, text, lhs, rhs, slack: gives, share }) => {
      const part = share === undefined ? '' : `, ${(100 * share).toPrecision(3)} % of the gap`;
      return [
        print.item(`${id}: ${text}`),
        print.detail(`${shownText(lhs)} <= ${shownText(rhs)}, slack ${shownText({ lo: gives, hi: gives })}${part}`),
      ];
    }),
  ];
}

function certificateLines({ obligations }: Dossier, print: Print): readonly string[] {
  if (obligations.length === 0) return [];
  return [
    heading('Certificate, for all inputs'),
    ...obligations.flatMap(({ id, text, holds, evidence }) => [
      print.item(`${holds ? 'holds' : 'DOES NOT HOLD'}, ${id}: ${text}`),
      print.detail(evidence),
    ]),
  ];
}

function controlLines({ controls }: Dossier, print: Print): readonly string[] {
  return [
    heading('False neighbours'),
    ...controls.flatMap(
      ({ id, mutation, belief, dropped, refuted, foundBySearchAfter, witness, step, measured, bound, relation }) => {
        const search =
          foundBySearchAfter === null
            ? 'shown by the witness only'
            : `found by search after ${foundBySearchAfter} ${foundBySearchAfter === 1 ? 'instance' : 'instances'}`;
        const where = step === undefined ? '' : ` (proof step ${step.id})`;
        const sides = `${shownText(measured)} is not ${RELATION[relation]} ${shownText(bound)}${where}`;
        return [
          print.item(`"${belief}" (${id}, ${mutation}${dropped === undefined ? '' : `: without ${dropped}`})`),
          print.detail(refuted ? `refuted: ${sides}; ${search}` : 'SURVIVES'),
          print.detail(`witness ${instanceText(witness)}`),
        ];
      },
    ),
  ];
}

function evidenceLines({ subjects, falseAlarm }: Dossier): readonly string[] {
  const rows = subjects.map((row) => [
    `  ${row.subject}`,
    rowEvidence(row, falseAlarm),
    row.bestRatio === null ? '' : `best ratio ${shownText({ lo: row.bestRatio, hi: row.bestRatio })}`,
    row.note ?? '',
  ]);
  return [heading('Evidence'), columns(rows)];
}

/** A claim for a theorist at a terminal of so many columns; LaTeX stays as it is. */
export function explanation(dossier: Dossier, width: number): string {
  const print = printer(width);
  const lines = [
    dossier.id,
    heading('Statement'),
    print.paragraph(dossier.statement),
    ...sourceLines(dossier, print),
    ...(dossier.assumptions.length === 0 ? [] : [heading('Assumptions'), ...listed(dossier.assumptions, print)]),
    ...evidenceLines(dossier),
    ...tightestLines(dossier, print),
    ...stepLines(dossier, print),
    ...certificateLines(dossier, print),
    ...controlLines(dossier, print),
  ];
  return `${lines.join('\n')}\n`;
}
