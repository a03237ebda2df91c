import { quote } from 'shlex';
import { jsonLine } from '../json-text.ts';
import { columns, wrapped } from '../layout.ts';
import { type ImplementationReport, type OperationReport, type ReportedFinding, tokenOf } from './report-types.ts';
import { ALLOWED_ERROR, missInWords, obligationInWords, sentence, standing, tallyInWords } from './words.ts';

/** Longer JSON is cut here; `--json` has it whole. */
const LONGEST = 600;

const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (whole with --json)`;

/** What a replay line looks like for this command. */
export const replayLine = (command: string, token: string): string =>
  `npx lemmata judge --exec ${quote(command)} --replay ${token}`;

function findingText(id: string, finding: ReportedFinding, command: string): string {
  const { trial, accepted } = finding;
  const { input, obligation, outcome } = trial;
  const names = standing(finding);
  const lines = [
    sentence(id, finding),
    ...(names === '' ? [] : [`  ${names}`]),
    `  ${obligationInWords(obligation)}${accepted === undefined ? '' : ` (accepted: ${accepted.reason ?? 'listed'})`}`,
  ];
  if (outcome.kind === 'wrong') {
    const { place, expected, got } = outcome.miss;
    if (!Number.isNaN(expected)) {
      lines.push(`  at ${place}: expected ${expected}, got ${got}, ${missInWords(outcome.miss)}`);
    } else if (place !== 'error') lines.push(`  at ${place}`);
    lines.push(`  got       ${cut(jsonLine(outcome.got))}`);
  }
  if (outcome.kind !== 'right') lines.push(`  expected  ${cut(jsonLine(outcome.expected))}`);
  const token = tokenOf(id, finding);
  lines.push(
    `  input     ${cut(jsonLine(input))}`,
    ...(token === '' ? [] : [`  repeat    ${replayLine(command, token)}`]),
  );
  return lines.join('\n');
}

function passedText({ id, passed }: OperationReport): readonly string[] {
  return passed.map(
    ({ likely, replay }) =>
      `${id}: ${likely ?? replay ?? ''} is listed as expected, but nothing of it was found; it can go from the list`,
  );
}

/** A judgement for people: a line an operation, then every finding with its smallest input and the line that repeats it. */
export function judgeText(
  { implementation, command, operations, unknown }: ImplementationReport,
  width: number,
): string {
  const { name, version, precision } = implementation;
  const heading = name === '' ? command : `${name} ${version}, ${precision}: ${command}`;
  const judged = operations.filter(({ verdict }) => verdict !== 'unsupported');
  const missing = operations.length - judged.length;
  const rows = judged.map((report) => [report.id, report.verdict, tallyInWords(report)]);
  const parts = [
    heading,
    ...(rows.length === 0
      ? ['nothing was judged: none of the operations that were asked for is offered']
      : [columns(rows)]),
    ...(missing === 0 ? [] : [`${missing} operations not offered`]),
    ...(unknown.length === 0 ? [] : [`not known here, ignored: ${unknown.join(', ')}`]),
    ...operations.flatMap(({ id, findings }) => findings.map((finding) => findingText(id, finding, command))),
    ...operations.flatMap(passedText),
  ];
  const hasNumbers = operations.some(({ findings }) => findings.some(({ trial }) => trial.outcome.kind === 'wrong'));
  if (hasNumbers) parts.push(wrapped(ALLOWED_ERROR, { width, indent: '' }));
  return `${parts.join('\n\n')}\n`;
}
