import type { Certificate, Obligation } from '../../claim/certificate.ts';
import type { AnyClaim, Claim, Relation, Role, Source } from '../../claim/claim.ts';
import { type CheckEntry, type Checked, type CheckVerdict, checkClaim } from '../check.ts';
import type { ControlRun } from '../controls.ts';
import type { Tally } from '../refute.ts';
import type { SubjectId } from '../subject.ts';
import { type Refutation, refutationBy } from './refutation.ts';
import { REPORT_RUNS, REPORT_SEED } from './settings.ts';
import { bests, type Tightest, tightestOf } from './tightest.ts';

/** The ratios of one family on the subject that counted most of its instances. */
export interface Distribution {
  readonly family: string;
  readonly role: Role;
  readonly subject: SubjectId;
  readonly ratios: readonly number[];
}

/** What one subject's run shows; a `check` entry without its clock. */
export interface SubjectRow {
  readonly subject: SubjectId;
  readonly verdict: CheckVerdict;
  readonly runs: number;
  readonly tally: Tally;
  readonly bestRatio: number | null;
  readonly note?: string;
}

/** Everything that the report says of one claim, as plain data. */
export interface Dossier {
  readonly id: string;
  /** The folder of the claim's paper. */
  readonly paper: string;
  readonly statement: string;
  readonly source: Source;
  readonly relation: Relation;
  readonly level: Claim<unknown, unknown>['exactness']['level'];
  readonly falseAlarm?: number;
  readonly samples?: number;
  readonly supremum: number | 'unknown';
  readonly assumptions: readonly { readonly id: string; readonly text: string }[];
  /** The most exact first. */
  readonly subjects: readonly SubjectRow[];
  readonly distributions: readonly Distribution[];
  readonly tightest: Tightest | null;
  /** The tightest instance that leaves a gap, where the tightest one leaves none: there the steps show what they lose. */
  readonly gapped?: Tightest;
  readonly obligations: readonly Obligation[];
  readonly controls: readonly (ControlRun & Refutation)[];
}

/** For every family the subject with the most ratios, the most exact of them where several are equal. */
function distributionsOf(checked: readonly Checked[]): readonly Distribution[] {
  const first = checked[0]?.families ?? [];
  return first.flatMap((_, index) => {
    const candidates = checked.flatMap(({ entry, families }) => {
      const run = families[index];
      return run === undefined ? [] : [{ subject: entry.subject, run }];
    });
    const fullest = candidates.reduce<(typeof candidates)[number] | undefined>(
      (best, next) => (best === undefined || next.run.ratios.length > best.run.ratios.length ? next : best),
      undefined,
    );
    if (fullest === undefined || fullest.run.ratios.length === 0) return [];
    const { subject, run } = fullest;
    return [{ family: run.family, role: run.role, subject, ratios: run.ratios }];
  });
}

const rowOf = ({ subject, verdict, runs, tally, best, note }: CheckEntry): SubjectRow => ({
  subject,
  verdict,
  runs,
  tally,
  bestRatio: best?.ratio ?? null,
  ...(note === undefined ? {} : { note }),
});

/** The claim with a certificate that is computed once, since the check and the report both read it. */
function certifiedOnce(claim: Claim<unknown, unknown>): Claim<unknown, unknown> {
  const { exactness } = claim;
  if (exactness.level !== 'algebraic-proof') return claim;
  let certificate: Certificate | undefined;
  const certify = (): Certificate => {
    certificate ??= exactness.certify();
    return certificate;
  };
  return { ...claim, exactness: { ...exactness, certify } };
}

/** Checks one claim on every subject, and keeps what the report says of it. */
export async function dossierOf(
  anyClaim: AnyClaim,
  paper: string,
  { runs = REPORT_RUNS, seed = REPORT_SEED }: { readonly runs?: number; readonly seed?: number } = {},
): Promise<Dossier> {
  const claim = certifiedOnce(anyClaim as unknown as Claim<unknown, unknown>);
  const checked = await checkClaim(claim as unknown as AnyClaim, { runs, seed, subject: 'all' });
  const ran = checked[0]?.entry.controls ?? [];
  const isMalformed = checked.some(({ entry }) => entry.verdict === 'malformed');
  const { exactness, source, tightness } = claim;
  return {
    id: claim.id,
    paper,
    statement: claim.statement,
    source,
    relation: claim.relation,
    level: exactness.level,
    ...(exactness.level === 'statistical' ? { falseAlarm: exactness.falseAlarm, samples: exactness.samples } : {}),
    supremum: tightness.supremum,
    assumptions: claim.assumptions.map(({ id, text }) => ({ id, text })),
    subjects: checked.map(({ entry }) => rowOf(entry)),
    distributions: distributionsOf(checked),
    ...(isMalformed ? { tightest: bests(checked)[0] ?? null } : tightestOf(claim, checked)),
    obligations: exactness.level === 'algebraic-proof' && !isMalformed ? exactness.certify().obligations : [],
    controls: claim.controls.flatMap((control) => {
      const run = ran.find(({ id }) => id === control.id);
      return run === undefined ? [] : [{ ...run, ...refutationBy(claim, control) }];
    }),
  };
}
