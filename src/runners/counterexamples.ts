import { abbreviated } from './report/abbreviate.ts';
import { counterexamplePath } from './report/counterexample-path.ts';
import type { Dossier } from './report/dossier.ts';
import { texToMarkdown } from './report/latex.ts';
import { MARKDOWN_MARK } from './report/pages.ts';
import type { Paper } from './report/papers.ts';
import { shownNumber, shownText } from './report/round.ts';
import { GENERATED } from './report/settings.ts';
import { sourceText } from './report/source.ts';
import { code } from './report/table.ts';
import { MUTATIONS } from './report/words.ts';

type ControlOf = Dossier['controls'][number];

const LONGEST_WITNESS = 300;

/** One key a line, its value on that line. */
const keyALine = (value: Readonly<Record<string, unknown>>): string =>
  `{\n${Object.entries(value)
    .map(([key, item]) => `  ${JSON.stringify(key)}: ${JSON.stringify(item)}`)
    .join(',\n')}\n}\n`;

const counterexample = (dossier: Dossier, control: ControlOf): string =>
  keyALine({
    generated: GENERATED,
    claim: dossier.id,
    control: control.id,
    belief: control.belief,
    mutation: control.mutation,
    ...(control.dropped === undefined ? {} : { dropped: control.dropped }),
    witness: control.witness,
    relation: control.relation,
    ...(control.step === undefined ? {} : { step: control.step }),
    measured: shownNumber(control.measured),
    bound: shownNumber(control.bound),
    ratio: control.ratio === undefined ? null : shownNumber(control.ratio),
    foundBySearchAfter: control.foundBySearchAfter,
    replay: `npx lemmata check ${dossier.id}`,
  });

const RELATIONS = { 'at-most': 'at most', 'at-least': 'at least', equals: 'equal to' } as const;

function belief(dossier: Dossier, control: ControlOf): string {
  const against = `${shownText(control.measured)} is not ${RELATIONS[control.relation]} ${shownText(control.bound)}`;
  const where =
    control.step === undefined ? '' : ` (step ${code(control.step.id)}: ${texToMarkdown(control.step.text, 'line')})`;
  const how =
    control.dropped === undefined
      ? MUTATIONS[control.mutation]
      : `${MUTATIONS[control.mutation]}: ${texToMarkdown(control.dropped, 'line')}`;
  return [
    `### ${texToMarkdown(control.belief, 'line')}`,
    `Not so: on ${code(abbreviated(control.witness, LONGEST_WITNESS))} ${against}${where}. [Witness](${counterexamplePath(dossier.id, control.id)}); kind of mistake: ${how}.`,
  ].join('\n\n');
}

/** What is true, and then the beliefs beside it, each with its witness. */
function beliefs(dossier: Dossier, report: string): readonly string[] {
  const refuted = dossier.controls.filter(isRefuted);
  if (refuted.length === 0) return [];
  const truth = `**True.** ${texToMarkdown(dossier.statement, 'paragraph')}`;
  const link = `([${dossier.id}](${report}); ${sourceText(dossier.source)}.) What one might believe instead:`;
  return [truth, link, ...refuted.map((control) => belief(dossier, control)), '---'];
}

const isRefuted = ({ refuted }: ControlOf): boolean => refuted;

/** The index by false belief. */
function index(papers: readonly Paper[], reportOf: ReportOf): string {
  const chapters = papers.flatMap((paper) => {
    const entries = paper.dossiers.flatMap((dossier) => beliefs(dossier, reportOf(dossier)));
    return entries.length === 0 ? [] : [`## ${paper.title}`, ...entries];
  });
  return `${[MARKDOWN_MARK, HEAD, ...chapters].join('\n\n')}\n`;
}

const HEAD = `# Counterexamples, by what one might believe

Each heading of the third level is a false statement near the true one above it. On its witness it fails, and every check
of the claim replays that.`;

type ReportOf = (dossier: Dossier) => string;

/** The files of `counterexamples/` by name: one a refuted control, and an index by false belief. */
export function counterexampleFiles(papers: readonly Paper[], reportOf: ReportOf): ReadonlyMap<string, string> {
  const files = papers.flatMap(({ dossiers }) =>
    dossiers.flatMap((dossier) =>
      dossier.controls
        .filter(isRefuted)
        .map((control): [string, string] => [
          counterexamplePath(dossier.id, control.id),
          counterexample(dossier, control),
        ]),
    ),
  );
  return new Map([['README.md', index(papers, reportOf)], ...files]);
}
