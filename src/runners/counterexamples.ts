import { abbreviated } from './report/abbreviate.ts';
import { counterexamplePath } from './report/counterexample-path.ts';
import type { Dossier } from './report/dossier.ts';
import { texToMarkdown } from './report/latex.ts';
import { MARKDOWN_MARK } from './report/pages.ts';
import type { Paper } from './report/papers.ts';
import { shownNumber, shownText } from './report/round.ts';
import { GENERATED, LARGEST_PAGE } from './report/settings.ts';
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

function instead(dossier: Dossier, control: ControlOf, truth: string, report: string): string {
  const against = `${shownText(control.measured)} is not ${RELATIONS[control.relation]} ${shownText(control.bound)}`;
  const where =
    control.step === undefined ? '' : ` (step ${code(control.step.id)}: ${texToMarkdown(control.step.text, 'line')})`;
  const how =
    control.dropped === undefined
      ? MUTATIONS[control.mutation]
      : `${MUTATIONS[control.mutation]}: ${texToMarkdown(control.dropped, 'line')}`;
  return [
    `### ${texToMarkdown(control.belief, 'line')}`,
    `Not so: on ${code(abbreviated(control.witness, LONGEST_WITNESS))} ${against}${where}. The false neighbour: ${how}.`,
    truth,
    `[Witness](${counterexamplePath(dossier.id, control.id)}) · [${dossier.id}](${report}) · ${sourceText(dossier.source)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const isRefuted = ({ refuted }: ControlOf): boolean => refuted;

/** The index by false belief; `truthOf` says what is true instead. */
function index(papers: readonly Paper[], reportOf: ReportOf, truthOf: (dossier: Dossier) => string): string {
  const chapters = papers.flatMap((paper) => {
    const entries = paper.dossiers.flatMap((dossier) =>
      dossier.controls
        .filter(isRefuted)
        .map((control) => instead(dossier, control, truthOf(dossier), reportOf(dossier))),
    );
    return entries.length === 0 ? [] : [`## ${paper.title}`, ...entries];
  });
  return `${[MARKDOWN_MARK, HEAD, ...chapters].join('\n\n')}\n`;
}

const HEAD = `# Counterexamples, by what one might believe

Each heading is a false statement near a true one. On its witness it fails, and every check of the claim replays that.`;

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
  const full = index(papers, reportOf, ({ statement }) => `True instead: ${texToMarkdown(statement, 'paragraph')}`);
  const readme = Buffer.byteLength(full) <= LARGEST_PAGE ? full : index(papers, reportOf, () => '');
  return new Map([['README.md', readme], ...files]);
}
