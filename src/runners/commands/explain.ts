import { claimFiles, loadClaim } from '../../claims/load.ts';
import { rowEvidence } from '../evidence.ts';
import { columns, wrapped } from '../layout.ts';
import { known } from '../nearest.ts';
import { type Dossier, dossierOf } from '../report/dossier.ts';
import { shownText } from '../report/round.ts';
import { DEFAULT_SEED } from '../seed.ts';
import type { CommandResult, Surroundings } from './result.ts';

/** As many instances a family as `check` draws where nothing else is said. */
const RUNS = 100;
const WIDEST = 110;
const LONGEST_INSTANCE = 600;

type Print = (text: string, indent?: string) => string;

const RELATION = { 'at-most': '<=', 'at-least': '>=', equals: '=' } as const;

const PRINTED = {
  holds: 'The printed statement holds.',
  corrected: 'The printed statement is corrected here.',
  false: 'The printed statement is false.',
  'not-printed': 'Not printed in this form.',
} as const;

function instanceText(instance: unknown): string {
  const text = JSON.stringify(instance);
  return text.length <= LONGEST_INSTANCE ? text : `${text.slice(0, LONGEST_INSTANCE)}… (${text.length} characters)`;
}

const heading = (title: string): string => `\n${title}`;

function sourceLines({ source }: Dossier, print: Print): readonly string[] {
  const { paper, locus, arxiv, printed, erratum } = source;
  return [
    heading('Source'),
    print(`${paper}, ${locus}${arxiv === undefined ? '' : `, arXiv:${arxiv}`}`),
    print(PRINTED[printed]),
    ...(erratum === undefined ? [] : [heading('Erratum'), print(erratum)]),
  ];
}

const listed = (items: readonly { readonly id: string; readonly text: string }[], print: Print): readonly string[] =>
  items.flatMap(({ id, text }) => [print(`${id}: ${text}`)]);

function tightestLines({ tightest, supremum, relation }: Dossier, print: Print): readonly string[] {
  if (tightest === null) return [heading('Tightest instance'), print('No instance has a ratio.')];
  const { ratio, family, subject, instance, slack } = tightest;
  const of = supremum === 'unknown' ? 'an unknown supremum' : `the supremum ${supremum}`;
  const sides =
    slack === undefined
      ? []
      : [
          print(
            `measured ${shownText(slack.measured)} ${RELATION[relation]} bound ${shownText(slack.bound)}, gap ${shownText({ lo: slack.gap, hi: slack.gap })}`,
          ),
        ];
  return [
    heading('Tightest instance'),
    print(`ratio ${Number(ratio.toPrecision(6))} of ${of}, from family ${family} on the ${subject} subject`),
    ...sides,
    print(instanceText(instance)),
  ];
}

function stepLines({ tightest }: Dossier, print: Print): readonly string[] {
  const slack = tightest?.slack;
  if (slack === undefined || slack.steps.length === 0) return [];
  const title = slack.isChain
    ? 'Proof steps there, which lead from one side to the other without a hole'
    : 'Proof steps there';
  return [
    heading(title),
    ...slack.steps.flatMap(({ id, text, lhs, rhs, slack: gives, share }) => {
      const part = share === undefined ? '' : `, ${(100 * share).toPrecision(3)} % of the gap`;
      return [
        print(`${id}: ${text}`),
        print(`${shownText(lhs)} <= ${shownText(rhs)}, slack ${shownText({ lo: gives, hi: gives })}${part}`, '      '),
      ];
    }),
  ];
}

function certificateLines({ obligations }: Dossier, print: Print): readonly string[] {
  if (obligations.length === 0) return [];
  return [
    heading('Certificate, for all inputs'),
    ...obligations.flatMap(({ id, text, holds, evidence }) => [
      print(`${holds ? 'holds' : 'DOES NOT HOLD'}  ${id}: ${text}`),
      print(evidence, '      '),
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
          print(`"${belief}" (${id}, ${mutation}${dropped === undefined ? '' : `: without ${dropped}`})`),
          print(refuted ? `refuted: ${sides}; ${search}` : 'SURVIVES', '      '),
          print(`witness ${instanceText(witness)}`, '      '),
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

/** `lemmata explain ID`. */
export async function explainCommand(id: string, { width, stderr }: Surroundings): Promise<CommandResult> {
  const files = claimFiles();
  known(
    'ID',
    "a claim's id",
    id,
    files.map((file) => file.id),
  );
  const paper = files.find((file) => file.id === id)?.paper ?? '';
  const claim = await loadClaim(id);
  if (claim === undefined) throw new RangeError(`explain: a claim, got ${id}`);
  if (stderr.isTTY === true) stderr.write(`checking ${id}`);
  const dossier = await dossierOf(claim, paper, { runs: RUNS, seed: DEFAULT_SEED });
  if (stderr.isTTY === true) stderr.write('\r\u001b[K');
  const print: Print = (text, indent = '  ') => wrapped(text, Math.min(width, WIDEST), indent);
  const lines = [
    id,
    heading('Statement'),
    print(dossier.statement),
    ...sourceLines(dossier, print),
    ...(dossier.assumptions.length === 0 ? [] : [heading('Assumptions'), ...listed(dossier.assumptions, print)]),
    ...evidenceLines(dossier),
    ...tightestLines(dossier, print),
    ...stepLines(dossier, print),
    ...certificateLines(dossier, print),
    ...controlLines(dossier, print),
  ];
  return { text: `${lines.join('\n')}\n`, exit: 0 };
}
