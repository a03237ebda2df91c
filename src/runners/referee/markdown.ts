import { jsonLine } from '../json-text.ts';
import { type ImplementationReport, isConforming, type OperationReport, tokenOf } from './report-types.ts';
import { replayLine } from './text.ts';
import {
  ALLOWED_ERROR,
  complaint,
  missInWords,
  obligationInWords,
  sizeInWords,
  standing,
  tallyInWords,
} from './words.ts';

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');

/** A code span that may hold backticks. */
const code = (text: string): string => {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence}${text.startsWith('`') ? ' ' : ''}${text}${text.endsWith('`') ? ' ' : ''}${fence}`;
};

const title = ({ implementation: { name, version, precision }, command }: ImplementationReport): string =>
  name === '' ? command : `${name} ${version} (${precision})`;

/** One row an operation, one column an implementation. */
function matrix(reports: readonly ImplementationReport[]): string {
  const ids = [...new Set(reports.flatMap(({ operations }) => operations.map(({ id }) => id)))];
  const cell = (report: ImplementationReport, id: string): string => {
    const found = report.operations.find((operation) => operation.id === id);
    if (found === undefined || found.verdict === 'unsupported') return '–';
    const first = found.findings.find(({ trial, accepted }) => trial.obligation === 'must' && accepted === undefined);
    const name = first?.likely[0]?.mistake.name;
    return name === undefined ? found.verdict : `${found.verdict}: ${name}`;
  };
  const rows = ids
    .filter((id) => reports.some((report) => cell(report, id) !== '–'))
    .map((id) => `| ${[id, ...reports.map((report) => escaped(cell(report, id)))].join(' | ')} |`);
  return [
    `| operation | ${reports.map((report) => escaped(title(report))).join(' | ')} |`,
    `|---|${reports.map(() => '---|').join('')}`,
    ...rows,
  ].join('\n');
}

function findings(report: ImplementationReport, { id, findings: found }: OperationReport): readonly string[] {
  return found.map((finding) => {
    const { trial, accepted } = finding;
    const { outcome, input, obligation } = trial;
    const [names, token] = [standing(finding), tokenOf(id, finding)];
    const miss = outcome.kind === 'wrong' && !Number.isNaN(outcome.miss.expected) ? outcome.miss : undefined;
    const lines = [
      `- **${escaped(complaint(id, finding))}**${names === '' ? '' : ` (${escaped(names)})`}`,
      `  - ${obligationInWords(obligation)}${accepted === undefined ? '' : `; accepted: ${escaped(accepted.reason ?? 'listed')}`}`,
      `  - smallest input: ${sizeInWords(input)}, ${code(jsonLine(input))}`,
      ...(miss === undefined
        ? []
        : [`  - at ${code(miss.place)}: expected ${miss.expected}, got ${miss.got}, ${missInWords(miss)}`]),
      ...(token === '' ? [] : [`  - ${code(replayLine(report.command, token))}`]),
    ];
    return lines.join('\n');
  });
}

const section = (report: ImplementationReport): string => {
  const judged = report.operations.filter(({ verdict }) => verdict !== 'unsupported');
  return [
    `## ${escaped(title(report))}`,
    code(report.command),
    [
      '| operation | verdict | |',
      '|---|---|---|',
      ...judged.map((o) => `| ${o.id} | ${o.verdict} | ${escaped(tallyInWords(o))} |`),
    ].join('\n'),
    ...judged.flatMap((operation) => findings(report, operation)),
  ].join('\n\n');
};

/** A page that can be linked: the matrix of all implementations, then the findings of each. */
export function judgeMarkdown(reports: readonly ImplementationReport[]): string {
  const conforming = reports.filter(isConforming).length;
  return `${[
    '# Judged by Lemmata',
    `${conforming} of ${reports.length} ${reports.length === 1 ? 'implementation' : 'implementations'} conform. *conforms* means: no answer that the definition fixes was off by more than the derived error of the declared precision.`,
    matrix(reports),
    ...reports.map(section),
    ALLOWED_ERROR,
  ].join('\n\n')}\n`;
}
