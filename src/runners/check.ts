import type { AnyClaim, Claim, Family } from '../claim/claim.ts';
import type { ControlRun } from './controls.ts';
import { type Crew, hereCrew, type Timed } from './crew.ts';
import { countedBy, malformation, objections, totalled } from './objections.ts';
import type { Best, FamilyRun, Tally } from './refute.ts';
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

const LEVEL_VERDICT = {
  'algebraic-proof': 'proved',
  'exact-instance': 'exact',
  'float64-certified': 'certified',
  statistical: 'not-rejected',
} as const;

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

const isOfReplay =
  (replay: Replay | undefined) =>
  (family: Family<unknown>): boolean =>
    replay === undefined || family.id === replay.family;

interface Conclusion {
  readonly verdict: CheckVerdict;
  readonly note?: string;
  readonly controls?: readonly ControlRun[];
}

/** What the runs on one subject amount to, families aside. */
async function concluded(
  claim: Claim<unknown, unknown>,
  subject: SubjectId,
  families: readonly FamilyRun[],
  { controls, proof }: { readonly controls: Promise<readonly ControlRun[]>; readonly proof: Promise<boolean> },
): Promise<Conclusion> {
  try {
    const [ran, isProved] = await Promise.all([controls, proof]);
    if (!isProved) return { verdict: 'refuted', note: 'an obligation of the certificate does not hold', controls: ran };
    if (countedBy(totalled(families)) === 0) {
      // a subject that is not asked first may decline everything (a twin without singular values, say): nothing was shown by it
      const verdict = subject === subjectsOf(claim)[0] ? 'malformed' : 'skipped';
      return { verdict, note: 'no instance was counted', controls: ran };
    }
    return { verdict: shownBy(claim, subject), note: objections(claim, families, ran).join('; '), controls: ran };
  } catch (error) {
    return { verdict: 'malformed', note: error instanceof Error ? error.message : String(error) };
  }
}

/** Why nothing can run, or undefined. */
async function obstacle(
  claim: Claim<unknown, unknown>,
  subject: SubjectId,
  crew: Crew,
): Promise<Conclusion | undefined> {
  const wrong = malformation(claim);
  if (wrong !== undefined) return { verdict: 'malformed', note: wrong };
  if (!subjectsOf(claim).includes(subject)) return { verdict: 'skipped', note: `no ${subject} form` };
  const missing = subject === 'gpu' ? await crew.missingBackend() : undefined;
  return missing === undefined ? undefined : { verdict: 'skipped', note: missing };
}

/** One claim on one subject; `leading` marks the subject on which controls and certificate run too. */
async function checkSubject(
  claim: Claim<unknown, unknown>,
  { subject, role, crew }: { readonly subject: SubjectId; readonly role: 'leading' | 'other'; readonly crew: Crew },
  { runs, seed, replay }: CheckOptions,
): Promise<Checked> {
  let milliseconds = 0;
  const timed = async <T>(part: Promise<Timed<T>>): Promise<T> => {
    const { result, milliseconds: taken } = await part;
    milliseconds += taken;
    return result;
  };
  const checked = ({ verdict, note, controls = [] }: Conclusion, families: readonly FamilyRun[]): Checked => {
    const entry: CheckEntry = {
      id: claim.id,
      subject,
      verdict,
      runs: families.reduce((sum, run) => sum + run.runs, 0),
      tally: totalled(families),
      best: bestOf(families),
      controls,
      seconds: Math.round(milliseconds) / 1000,
      ...(note === undefined || note === '' ? {} : { note }),
    };
    return { entry, families };
  };
  const obstructed = await obstacle(claim, subject, crew);
  if (obstructed !== undefined) return checked(obstructed, []);
  const running = claim.families.filter(isOfReplay(replay)).map((family) => {
    const options =
      replay === undefined
        ? { runs, seed: derivedSeed(seed, claim.id, family.id) }
        : { runs: 1, seed: replay.seed, path: replay.path };
    return timed(crew.family({ subject, family: family.id, options }));
  });
  const leads = role === 'leading' && replay === undefined;
  const controls = Promise.all(
    leads ? claim.controls.map(({ id }) => timed(crew.control({ control: id, options: { runs, seed } }))) : [],
  );
  const proof =
    leads && claim.exactness.level === 'algebraic-proof' ? timed(crew.certificate()) : Promise.resolve(true);
  // awaited only where the families pass; until then a failure is not lost, it is not heard
  for (const part of [controls, proof]) part.catch(() => undefined);
  const families = await Promise.all(running);
  const failure = families.find((run) => run.failure !== null)?.failure ?? null;
  if (failure !== null) {
    return checked({ verdict: failure.kind, note: `${failure.message}; replay ${failure.replay}` }, families);
  }
  if (replay !== undefined) return checked({ verdict: shownBy(claim, subject) }, families);
  return checked(await concluded(claim, subject, families, { controls, proof }), families);
}

/** Tries to refute a claim on every subject that is asked for; its controls run once, on the most exact of these. */
export async function checkClaim(
  anyClaim: AnyClaim,
  options: CheckOptions,
  crew: Crew = hereCrew(anyClaim),
): Promise<readonly Checked[]> {
  const claim = anyClaim as unknown as Claim<unknown, unknown>;
  const subjects = options.subject === 'all' ? subjectsOf(claim) : [options.subject];
  return Promise.all(
    subjects.map((subject, at) =>
      checkSubject(claim, { subject, role: at === 0 ? 'leading' : 'other', crew }, options),
    ),
  );
}

/** As declared: nothing refuted or malformed, and nothing to note but why a subject was skipped. */
export const isAsDeclared = ({ verdict, note }: CheckEntry): boolean =>
  verdict === 'skipped' || (note === undefined && verdict !== 'refuted' && verdict !== 'malformed');
