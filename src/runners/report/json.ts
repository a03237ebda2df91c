import type { Enclosure } from '../../claim/enclosure.ts';
import { abbreviated } from './abbreviate.ts';
import { counterexamplePath } from './counterexample-path.ts';
import type { Dossier } from './dossier.ts';
import type { Paper } from './papers.ts';
import { fourDigits, shownNumber } from './round.ts';
import { GENERATED, REPORT_RUNS, REPORT_SEED } from './settings.ts';
import type { Tightest } from './tightest.ts';
import { evidenceOf } from './words.ts';

/** A longer instance is abbreviated, as text. */
const LONGEST_INSTANCE = 4000;

const shown = (enclosure: Enclosure | undefined): number | string | null =>
  enclosure === undefined ? null : shownNumber(enclosure);

const finite = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : fourDigits(value);

function spread({ ratios, ...of }: Dossier['distributions'][number]): object {
  const sorted = [...ratios].sort((a, b) => a - b);
  const at = (part: number): number | null => finite(sorted[Math.floor(part * (sorted.length - 1))] ?? null);
  return { ...of, count: ratios.length, least: at(0), median: at(0.5), greatest: at(1) };
}

function placed(found: Tightest | null | undefined): object | null {
  if (found === null || found === undefined) return null;
  const { slack, instance, ratio, ...of } = found;
  const isShort = JSON.stringify(instance).length <= LONGEST_INSTANCE;
  return {
    ratio: fourDigits(ratio),
    ...of,
    instance: isShort ? instance : abbreviated(instance, LONGEST_INSTANCE),
    ...(slack === undefined
      ? {}
      : {
          measured: shown(slack.measured),
          bound: shown(slack.bound),
          gap: finite(slack.gap),
          isChain: slack.isChain,
          steps: slack.steps.map((step) => ({
            id: step.id,
            lhs: shown(step.lhs),
            rhs: shown(step.rhs),
            ratio: shown(step.ratio),
            share: finite(step.share ?? null),
          })),
        }),
  };
}

const claim = (dossier: Dossier): object => ({
  id: dossier.id,
  folder: dossier.paper,
  source: dossier.source,
  statement: dossier.statement,
  relation: dossier.relation,
  evidence: evidenceOf(dossier).replaceAll('**', ''),
  level: dossier.level,
  assumptions: dossier.assumptions,
  supremum: dossier.supremum,
  subjects: dossier.subjects.map((row) => ({ ...row, bestRatio: finite(row.bestRatio) })),
  families: dossier.distributions.map(spread),
  tightest: placed(dossier.tightest),
  gapped: placed(dossier.gapped),
  controls: dossier.controls.map((control) => ({
    id: control.id,
    belief: control.belief,
    mutation: control.mutation,
    refuted: control.refuted,
    foundBySearchAfter: control.foundBySearchAfter,
    file: counterexamplePath(dossier.id, control.id),
  })),
  obligations: dossier.obligations.map(({ id, holds }) => ({ id, holds })),
});

/** The report as one JSON document, a claim a line. */
export function tightnessJson(papers: readonly Paper[]): string {
  const claims = papers.flatMap(({ dossiers }) => dossiers.map((dossier) => JSON.stringify(claim(dossier))));
  const head = JSON.stringify({ generated: GENERATED, runs: REPORT_RUNS, seed: REPORT_SEED }).slice(0, -1);
  return `${head},"claims":[\n${claims.join(',\n')}\n]}\n`;
}
