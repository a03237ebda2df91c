import { mistakesOf } from '../../mistakes/catalogue.ts';
import type { Mistake } from '../../mistakes/mistake.ts';
import { loadOperation } from '../../operations/catalogue.ts';
import { type AnyOperation, FLOAT_FORMATS, type FloatFormat } from '../../operations/operation.ts';
import { pinnedInputs, randomInputs } from './cases.ts';
import type { Examined } from './examined.ts';
import { COMPARED, comparedWith, likelyMistakes } from './names.ts';
import { simplestOf } from './simplest.ts';
import { standInPeer } from './stand-in.ts';
import type { Trial } from './trial.ts';
import { tryInput } from './try-input.ts';

/** What the referee sees of one mistake in one precision. */
export interface Sighting {
  readonly mistake: string;
  readonly name: string;
  readonly format: FloatFormat;
  /** A *must* failed. */
  readonly isCaught: boolean;
  /** The first mistake that was named was this one. */
  readonly isNamed: boolean;
}

/** What the referee says of the right answers in one precision. */
export interface Alarm {
  readonly format: FloatFormat;
  readonly calls: number;
  /** Right answers to a *must* that were rejected: there must be none. */
  readonly failed: number;
}

export interface OperationKillRate {
  readonly operation: string;
  readonly sightings: readonly Sighting[];
  readonly alarms: readonly Alarm[];
}

export interface KillRateTask {
  readonly operation: string;
  /** Random inputs beside those that pin the mistakes. */
  readonly runs: number;
  readonly seed: number;
}

const MOST_SIZE = 8;
/** Inputs where there is no mistake to look for: enough to see that right answers pass. */
const RUNS_WITHOUT_MISTAKES = 12;

/** Lets every known mistake of an operation, and the operation itself, stand in for an implementation in every precision. */
export async function killRate({ operation: id, runs, seed }: KillRateTask): Promise<OperationKillRate> {
  const operation = await loadOperation(id);
  if (operation === undefined) throw new RangeError(`killRate: an operation's id, got ${id}`);
  const mistakes = await mistakesOf(id);
  const [sightings, alarms]: [Sighting[], Alarm[]] = [[], []];
  for (const format of FLOAT_FORMATS) {
    const examined = { operation, mistakes, format };
    const count = mistakes.length === 0 ? Math.min(runs, RUNS_WITHOUT_MISTAKES) : runs;
    const cases = {
      pinned: pinnedInputs(examined),
      random: [...randomInputs(examined, { runs: count, seed, mostSize: MOST_SIZE })],
    };
    for (const mistake of mistakes) sightings.push(await sighting(examined, mistake, cases));
    alarms.push(await alarm(examined, [...cases.pinned, ...cases.random]));
  }
  return { operation: id, sightings, alarms };
}

/** Where the answer is owed, and is not accepted. */
const isFailed = ({ obligation, outcome }: Trial): boolean => obligation === 'must' && outcome.kind !== 'right';

async function trials(
  examined: Examined,
  mistake: Mistake | undefined,
  cases: readonly object[],
): Promise<readonly Trial[]> {
  const { operation, format }: { readonly operation: AnyOperation; readonly format: FloatFormat } = examined;
  const peer = standInPeer({ operation, format, ...(mistake === undefined ? {} : { mistake }) });
  const done: Trial[] = [];
  for (const input of cases) {
    const trial = await tryInput(peer, examined, input);
    if (trial !== undefined) done.push(trial);
  }
  return done;
}

interface Cases {
  readonly pinned: readonly object[];
  readonly random: readonly object[];
}

async function sighting(examined: Examined, mistake: Mistake, { pinned, random }: Cases): Promise<Sighting> {
  let seen = await trials(examined, mistake, pinned);
  // the rest is for what those do not catch
  if (!seen.some(isFailed)) seen = [...seen, ...(await trials(examined, mistake, random))];
  const [failures, rights] = [simplestOf(COMPARED), simplestOf(COMPARED)];
  for (const trial of seen) {
    if (isFailed(trial)) failures.add(trial);
    else if (trial.outcome.kind === 'right') rights.add(trial);
  }
  return {
    mistake: mistake.id,
    name: mistake.name,
    format: examined.format,
    isCaught: failures.kept().length > 0,
    isNamed: firstName(failures.kept(), comparedWith(failures.kept(), rights.kept()), examined) === mistake.id,
  };
}

/** The name given to the first failure that bears one. */
function firstName(failures: readonly Trial[], others: readonly Trial[], examined: Examined): string | undefined {
  for (const failure of failures) {
    const [likely] = likelyMistakes(failure, others, examined);
    if (likely !== undefined) return likely.mistake.id;
  }
  return undefined;
}

async function alarm(examined: Examined, cases: readonly object[]): Promise<Alarm> {
  const done = await trials(examined, undefined, cases);
  return {
    format: examined.format,
    calls: done.length,
    failed: done.filter(isFailed).length,
  };
}
