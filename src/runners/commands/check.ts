import { claimFiles, loadClaim } from '../../claims/load.ts';
import { type CheckEntry, isAsDeclared } from '../check.ts';
import { checkClaims } from '../check-claims.ts';
import type { CheckResult } from '../check-result.ts';
import { evidenceIn } from '../evidence.ts';
import { jsonLine } from '../json-text.ts';
import { columns } from '../layout.ts';
import { known } from '../nearest.ts';
import { progressLine } from '../progress.ts';
import { fromToken, type Replay } from '../replay.ts';
import type { SubjectId } from '../subject.ts';
import { got, UsageError } from '../usage-error.ts';
import type { CommandResult, Format, Surroundings } from './result.ts';

export interface CheckCommandOptions {
  readonly runs: number;
  readonly seed: number;
  /** Absent where it was not given: a replay brings its own. */
  readonly subject?: SubjectId | 'all';
  readonly replay?: string;
  readonly format: Format;
}

const LONGEST_INSTANCE = 2000;

function tokenOf(text: string): Replay {
  try {
    return fromToken(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--replay: required a token claim@subject@family@seed@path, got ${got(text)}`);
  }
}

/** The token of `--replay`, which must agree with what else was given. */
function replayOf({ replay: text, subject }: CheckCommandOptions, wanted: readonly string[]): Replay | undefined {
  if (text === undefined) return undefined;
  const replay = tokenOf(text);
  const other = wanted.find((id) => id !== replay.claim);
  if (other !== undefined) throw new UsageError(`--replay: required a token of ${other}, got one of ${replay.claim}`);
  if (subject !== undefined && subject !== 'all' && subject !== replay.subject) {
    throw new UsageError(`--replay: required a token of the subject ${subject}, got one of ${replay.subject}`);
  }
  return replay;
}

const ratioText = ({ best }: CheckEntry): string => (best === null ? '' : `ratio ${Number(best.ratio.toPrecision(6))}`);

function controlsText({ controls }: CheckEntry): string {
  if (controls.length === 0) return '';
  const dead = controls.filter(({ refuted }) => refuted).length;
  const found = controls.filter(({ foundBySearchAfter }) => foundBySearchAfter !== null).length;
  return `${dead} of ${controls.length} controls refuted, ${found} by search`;
}

function failureLines({ entries, failures }: CheckResult): readonly string[] {
  return entries
    .filter((entry) => !isAsDeclared(entry))
    .flatMap((entry) => {
      const failure = failures.find(({ subject }) => subject === entry.subject);
      if (failure === undefined) return [`${entry.id} on ${entry.subject}: ${entry.note ?? entry.verdict}`];
      const instance = jsonLine(failure.instance) ?? 'nothing';
      const shown = instance.length <= LONGEST_INSTANCE ? instance : `${instance.slice(0, LONGEST_INSTANCE)}…`;
      return [
        `${entry.id} on ${entry.subject}: ${failure.kind}: ${failure.message}`,
        `  at ${shown}`,
        `  again: npx lemmata check --replay '${failure.replay}'`,
      ];
    });
}

function forPeople(results: readonly CheckResult[], { runs, seed, replay }: CheckCommandOptions): string {
  const entries = results.flatMap((result) => result.entries);
  const rows = results.flatMap(({ entries: own, falseAlarm }) =>
    own.map((entry) => [entry.id, entry.subject, evidenceIn(entry, falseAlarm), ratioText(entry), controlsText(entry)]),
  );
  const failures = results.flatMap(failureLines);
  const skipped = entries.filter(({ verdict }) => verdict === 'skipped').length;
  const wrong = entries.filter((entry) => !isAsDeclared(entry)).length;
  const summary = [
    `${results.length} ${results.length === 1 ? 'claim' : 'claims'}`,
    `${entries.length - skipped - wrong} as declared`,
    ...(wrong === 0 ? [] : [`${wrong} not`]),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
    ...(replay === undefined ? [`${runs} instances a family`, `seed ${seed}`] : []),
  ].join(', ');
  return [columns(rows), ...(failures.length === 0 ? [] : ['', ...failures]), '', summary, ''].join('\n');
}

/** A token can be well formed and lead nowhere. */
function refuseReplay(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  throw new UsageError(`--replay: ${error.message.replace(/^--replay: /, '')}`, { cause: error });
}

async function assertFamily({ claim: id, family }: Replay): Promise<void> {
  const families = (await loadClaim(id))?.families.map((candidate) => candidate.id) ?? [];
  known('--replay', `a family of ${id}`, family, families);
}

/** `lemmata check [ID…]`. */
export async function checkCommand(
  wanted: readonly string[],
  options: CheckCommandOptions,
  { stderr }: Surroundings,
): Promise<CommandResult> {
  const all = claimFiles().map(({ id }) => id);
  for (const id of wanted) known('ID', "a claim's id", id, all);
  const replay = replayOf(options, wanted);
  if (replay !== undefined) {
    known('--replay', "a claim's id", replay.claim, all);
    await assertFamily(replay);
  }
  const ids = replay !== undefined ? [replay.claim] : wanted.length > 0 ? [...new Set(wanted)] : all;
  const subject = replay?.subject ?? options.subject ?? 'all';
  const { runs, seed } = options;
  const line = progressLine(stderr, 'claims checked');
  const checking = checkClaims(ids, { runs, seed, subject, ...(replay === undefined ? {} : { replay }) }, line.report);
  const results = await (replay === undefined ? checking : checking.catch(refuseReplay)).finally(line.clear);
  const entries = results.flatMap((result) => result.entries);
  const text = options.format === 'json' ? `${jsonLine(entries)}\n` : forPeople(results, options);
  return { text, exit: entries.every(isAsDeclared) ? 0 : 1 };
}
