import type { Slack, StepSlack } from '../slack.ts';
import { abbreviated } from './abbreviate.ts';
import { counterexamplePath } from './counterexample-path.ts';
import type { Dossier, SubjectRow } from './dossier.ts';
import { texToMarkdown } from './latex.ts';
import { fourDigitText, shownText } from './round.ts';
import { sourceText } from './source.ts';
import { code, details, table } from './table.ts';
import type { Tightest } from './tightest.ts';
import { countedBy, evidenceOf, MUTATIONS, objectionOf, PRINTED } from './words.ts';

const LONGEST_INSTANCE = 360;
const LONGEST_WITNESS = 80;
const LONGEST_EVIDENCE = 160;

/** The plot's file, from the report's folder. */
export const plotPath = ({ id }: Dossier): string => `plots/${id}.svg`;

/** Everything of one claim; `counterexamples` leads from the report's folder to that of the counterexamples. */
export function section(dossier: Dossier, counterexamples: string): string {
  return [
    `### ${dossier.id}`,
    `${sourceText(dossier.source)}. Printed statement: **${PRINTED[dossier.source.printed]}**. Evidence: **${evidenceOf(dossier).replaceAll('**', '')}**.`,
    objection(dossier),
    texToMarkdown(dossier.statement, 'paragraph'),
    erratum(dossier),
    assumptions(dossier),
    dossier.distributions.length === 0
      ? 'No instance has a ratio (0/0, or a side that is not finite), so there is no plot.'
      : `![Ratios of ${dossier.id} by family](${plotPath(dossier)})`,
    tightest(dossier),
    steps(dossier),
    details(controlsTitle(dossier), controls(dossier, counterexamples)),
    details('Subjects', subjects(dossier)),
    dossier.obligations.length === 0
      ? ''
      : details(`Certificate: ${dossier.obligations.length} obligations`, obligations(dossier)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const objection = (dossier: Dossier): string => {
  const said = objectionOf(dossier);
  return said === undefined ? '' : `> **Not as declared.** ${texToMarkdown(said, 'line')}`;
};

const erratum = ({ source }: Dossier): string =>
  source.erratum === undefined ? '' : `**Erratum.** ${texToMarkdown(source.erratum, 'paragraph')}`;

const assumptions = (dossier: Dossier): string =>
  dossier.assumptions.length === 0
    ? ''
    : `**Assumes** ${dossier.assumptions.map(({ text }) => texToMarkdown(text, 'line')).join('; ')}.`;

const placed = ({ ratio, family, instance }: Tightest, supremum: string): string =>
  `ratio **${fourDigitText(ratio)}**${supremum}, family ${code(family)}, ${code(abbreviated(instance, LONGEST_INSTANCE))}`;

function tightest({ tightest: found, supremum }: Dossier): string {
  if (found === null) return '';
  const known = typeof supremum === 'number' ? ` (supremum ${fourDigitText(supremum)})` : ' (supremum unknown)';
  return `**Tightest instance**: ${placed(found, known)}`;
}

const NOTHING = '–';

const percent = (share: number | undefined): string =>
  share === undefined ? NOTHING : `${Math.round(share * 1000) / 10} %`;

/** Only between positive sides does a ratio say how close they are. */
const ratioText = ({ lhs, rhs, ratio }: StepSlack): string =>
  ratio === undefined || lhs.lo < 0 || rhs.lo <= 0 ? NOTHING : shownText(ratio);

const sides = ({ measured, bound }: Slack): string => `measured ${shownText(measured)}, bound ${shownText(bound)}`;

function steps({ tightest: found, gapped, relation }: Dossier): string {
  const slack = found?.slack;
  if (slack === undefined) return '';
  if (slack.steps.length === 0) return `There: ${sides(slack)}.`;
  if (slack.gap > 0 && relation !== 'equals')
    return `There: ${sides(slack)}; ${shareText(slack)}\n\n${stepTable(slack)}`;
  const agree = `There: ${sides(slack)}; they cannot be told apart, so no step loses anything between them.`;
  if (gapped?.slack === undefined) return `${agree}\n\n${stepTable(slack)}`;
  const open = `**Tightest instance with a gap**: ${placed(gapped, '')}`;
  return [agree, open, `There: ${sides(gapped.slack)}; ${shareText(gapped.slack)}`, stepTable(gapped.slack)].join(
    '\n\n',
  );
}

const shareText = ({ isChain }: Slack): string =>
  isChain
    ? 'the steps with a share lead from the one to the other.'
    : "a share is the step's own slack, in its own units, over that gap, where it is not larger.";

/** A row a step; a column in which no step has anything is left out. */
function stepTable({ steps: of }: Slack): string {
  const columns = (
    [
      ['step', 'left', ({ id }) => code(id)],
      ['inequality', 'left', ({ text }) => texToMarkdown(text, 'line')],
      ['left', 'right', ({ lhs }) => shownText(lhs)],
      ['right', 'right', ({ rhs }) => shownText(rhs)],
      ['left / right', 'right', ratioText],
      ['of the gap', 'right', ({ share }) => percent(share)],
    ] as readonly (readonly [string, 'left' | 'right', (step: StepSlack) => string])[]
  ).filter(([, , cell]) => of.some((step) => cell(step) !== NOTHING));
  return table(
    columns.map(([name]) => name),
    of.map((step) => columns.map(([, , cell]) => cell(step))),
    columns.map(([, align]) => align),
  );
}

const SUBJECTS = { exact: 'exact rationals', reference: 'float64 reference', gpu: 'float32 twin (gpu.js)' } as const;

function subjects(dossier: Dossier): string {
  const row = (subject: SubjectRow): readonly string[] => [
    SUBJECTS[subject.subject],
    subject.verdict,
    `${countedBy(subject)}`,
    `${subject.runs - countedBy(subject)}`,
    `${subject.tally.holds}`,
    `${subject.tally.withinRounding}`,
    subject.bestRatio === null ? '–' : fourDigitText(subject.bestRatio),
  ];
  const header = ['subject', 'verdict', 'instances', 'not counted', 'holds', 'within rounding', 'best ratio'];
  return table(header, dossier.subjects.map(row), ['left', 'left', 'right', 'right', 'right', 'right', 'right']);
}

const controlsTitle = ({ controls: all }: Dossier): string =>
  `Counterexamples: ${all.filter(({ refuted }) => refuted).length} of ${all.length} false neighbours refuted`;

function controls(dossier: Dossier, counterexamples: string): string {
  const rows = dossier.controls.map((control) => [
    texToMarkdown(control.belief, 'line'),
    control.dropped === undefined ? MUTATIONS[control.mutation] : `without: ${texToMarkdown(control.dropped, 'line')}`,
    `[${code(abbreviated(control.witness, LONGEST_WITNESS))}](${counterexamples}/${counterexamplePath(dossier.id, control.id)})`,
    `${shownText(control.measured)} against ${shownText(control.bound)}${control.step === undefined ? '' : ` in step ${code(control.step.id)}`}`,
    control.refuted
      ? control.foundBySearchAfter === null
        ? 'witness only'
        : `search, after ${control.foundBySearchAfter}`
      : '**survives**',
  ]);
  return rows.length === 0
    ? 'The controls did not run.'
    : table(['false belief', 'kind', 'witness', 'measured against bound', 'found by'], rows);
}

const obligations = (dossier: Dossier): string =>
  dossier.obligations
    .map(({ text, holds, evidence }) => {
      const shown = evidence.length <= LONGEST_EVIDENCE ? evidence : `${evidence.slice(0, LONGEST_EVIDENCE)} …`;
      return `- ${holds ? '' : '**does not hold:** '}${texToMarkdown(text, 'line')}: ${code(shown.replace(/\s+/g, ' '))}`;
    })
    .join('\n');
