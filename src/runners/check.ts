import { certifies } from '../claim/certificate.ts';
import type { AnyClaim, Claim, Family } from '../claim/claim.ts';
import { BackendUnavailable } from '../kernels/gpu/backend.ts';
import { type ControlRun, runControl } from './controls.ts';
import { type Best, type FamilyRun, refuteFamily, type Tally } from './refute.ts';
import type { Replay } from './replay.ts';
import { derivedSeed } from './seed.ts';
import { type SubjectId, subjectsOf } from './subject.ts';

export type CheckVerdict = 'proved' | 'exact' | 'certified' | 'not-rejected' | 'refuted' | 'skipped' | 'malformed';

/** One claim on one subject: an entry of `check --json`. */
export interface CheckEntry {
  readonly id: string;
  readonly subject: SubjectId;
  readonly verdict: CheckVerdict;
  readonly runs: number;
  readonly tally: Tally;
  readonly best: Best | null;
  readonly controls: readonly ControlRun[];
  readonly seconds: number;
  /** What was not as declared, or why the subject was skipped. */
  readonly note?: string;
}

/** An entry with what the report draws. */
export interface Checked {
  readonly entry: CheckEntry;
  readonly families: readonly FamilyRun[];
}

export interface CheckOptions {
  readonly runs: number;
  readonly seed: number;
  readonly subject: SubjectId | 'all';
  readonly replay?: Replay;
}

/** At most this part of the counted instances of a family that does not approach equality may stay within rounding. */
const WITHIN_ROUNDING_CAP = 0.1;

const NO_TALLY: Tally = { holds: 0, violated: 0, withinRounding: 0 };

const LEVEL_VERDICT = {
  'algebraic-proof': 'proved',
  'exact-instance': 'exact',
  'float64-certified': 'certified',
  statistical: 'not-rejected',
} as const;

const counted = (t: Tally): number => t.holds + t.violated + t.withinRounding;

const totalled = (families: readonly FamilyRun[]): Tally =>
  families.reduce(
    (sum, { tally }) => ({
      holds: sum.holds + tally.holds,
      violated: sum.violated + tally.violated,
      withinRounding: sum.withinRounding + tally.withinRounding,
    }),
    NO_TALLY,
  );

const bestOf = (families: readonly FamilyRun[]): Best | null =>
  families.reduce<Best | null>(
    (best, { best: b }) => (b !== null && (best === null || b.ratio > best.ratio) ? b : best),
    null,
  );

/** The word for what a subject's run shows: the claim's own level on its most exact subject, below it at most *certified*. */
function shownBy(claim: Claim<unknown, unknown>, subject: SubjectId): CheckVerdict {
  const word = LEVEL_VERDICT[claim.exactness.level];
  return subject === subjectsOf(claim)[0] && (word !== 'exact' || subject === 'exact')
    ? word
    : word === 'not-rejected'
      ? word
      : 'certified';
}

const capBroken =
  (claim: Claim<unknown, unknown>) =>
  (run: FamilyRun): boolean =>
    claim.relation !== 'equals' &&
    run.role !== 'extremal' &&
    run.tally.withinRounding > WITHIN_ROUNDING_CAP * counted(run.tally);

/** Everything that is not as declared, one phrase each. */
function objections(
  claim: Claim<unknown, unknown>,
  families: readonly FamilyRun[],
  controls: readonly ControlRun[],
): readonly string[] {
  const { floor, family } = claim.tightness;
  const guarded = families.find((run) => run.family === family);
  const said: string[] = [];
  if (
    guarded !== undefined &&
    counted(guarded.tally) > 0 &&
    (guarded.best?.ratio ?? Number.NEGATIVE_INFINITY) < floor
  ) {
    said.push(`floor ${floor} of family ${family} not reached: ${guarded.best?.ratio ?? 'no ratio'}`);
  }
  for (const run of families.filter(capBroken(claim))) {
    said.push(`family ${run.family}: ${run.tally.withinRounding} of ${counted(run.tally)} within rounding`);
  }
  for (const control of controls.filter(({ refuted }) => !refuted)) said.push(`control ${control.id} survives`);
  return said;
}

/** Why the claim is malformed before anything runs, or undefined. */
function malformation(claim: Claim<unknown, unknown>): string | undefined {
  const ids = claim.families.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return 'families with one id';
  if (!ids.includes(claim.tightness.family)) return `tightness names an unknown family ${claim.tightness.family}`;
  if (new Set(claim.controls.map(({ id }) => id)).size !== claim.controls.length) return 'controls with one id';
  const unknown = claim.controls.find(
    ({ drops }) => drops !== undefined && !claim.assumptions.some(({ id }) => id === drops),
  );
  return unknown === undefined ? undefined : `control ${unknown.id} drops an unknown assumption ${unknown.drops}`;
}

const isOfReplay =
  (replay: Replay | undefined) =>
  (family: Family<unknown>): boolean =>
    replay === undefined || family.id === replay.family;

/** Why this machine has no backend for the twins, or undefined. */
async function missingBackend(): Promise<string | undefined> {
  const { arrayBackend } = await import('../kernels/gpu/select-backend.ts');
  try {
    await arrayBackend();
    return undefined;
  } catch (error) {
    if (error instanceof BackendUnavailable) return error.message;
    throw error;
  }
}

/** Tries to refute a claim on every subject that is asked for; its controls run once, on the most exact of these. */
export async function checkClaim(
  anyClaim: AnyClaim,
  { runs, seed, subject: wanted, replay }: CheckOptions,
): Promise<readonly Checked[]> {
  const claim = anyClaim as unknown as Claim<unknown, unknown>;
  const offered = subjectsOf(claim);
  const subjects = wanted === 'all' ? offered : [wanted];
  const results: Checked[] = [];
  for (const subject of subjects) {
    const started = performance.now();
    const done = (
      verdict: CheckVerdict,
      families: readonly FamilyRun[],
      controls: readonly ControlRun[],
      note?: string,
    ): void => {
      const entry: CheckEntry = {
        id: claim.id,
        subject,
        verdict,
        runs: families.reduce((sum, run) => sum + run.runs, 0),
        tally: totalled(families),
        best: bestOf(families),
        controls,
        seconds: Math.round(performance.now() - started) / 1000,
        ...(note === undefined || note === '' ? {} : { note }),
      };
      results.push({ entry, families });
    };
    const wrong = malformation(claim);
    if (wrong !== undefined) {
      done('malformed', [], [], wrong);
      continue;
    }
    if (!offered.includes(subject)) {
      done('skipped', [], [], `no ${subject} form`);
      continue;
    }
    const missing = subject === 'gpu' ? await missingBackend() : undefined;
    if (missing !== undefined) {
      done('skipped', [], [], missing);
      continue;
    }
    const families: FamilyRun[] = [];
    for (const family of claim.families.filter(isOfReplay(replay))) {
      const options =
        replay === undefined
          ? { runs, seed: derivedSeed(seed, claim.id, family.id) }
          : { runs: 1, seed: replay.seed, path: replay.path };
      families.push(await refuteFamily(claim, subject, family, options));
    }
    const failure = families.find((run) => run.failure !== null)?.failure ?? null;
    if (failure !== null) {
      done(failure.kind, families, [], `${failure.message}; replay ${failure.replay}`);
      continue;
    }
    if (replay !== undefined) {
      done(shownBy(claim, subject), families, []);
      continue;
    }
    try {
      const controls =
        subject === subjects[0] ? claim.controls.map((control) => runControl(claim, control, { runs, seed })) : [];
      const proofBroken =
        claim.exactness.level === 'algebraic-proof' && subject === subjects[0] && !certifies(claim.exactness.certify());
      if (proofBroken) done('refuted', families, controls, 'an obligation of the certificate does not hold');
      else if (families.every(({ tally }) => counted(tally) === 0))
        done('malformed', families, controls, 'no instance was counted');
      else done(shownBy(claim, subject), families, controls, objections(claim, families, controls).join('; '));
    } catch (error) {
      done('malformed', families, [], error instanceof Error ? error.message : String(error));
    }
  }
  return results;
}

/** As declared: nothing refuted or malformed, and nothing to note but why a subject was skipped. */
export const isAsDeclared = ({ verdict, note }: CheckEntry): boolean =>
  verdict === 'skipped' || (note === undefined && verdict !== 'refuted' && verdict !== 'malformed');
