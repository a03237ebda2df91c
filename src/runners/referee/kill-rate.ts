import { mistakesOf } from '../../mistakes/catalogue.ts';
import type { Mistake } from '../../mistakes/mistake.ts';
import { loadOperation } from '../../operations/catalogue.ts';
import type { AnyOperation, FloatFormat } from '../../operations/operation.ts';
import { casesOf } from './cases.ts';
import type { Examined } from './examined.ts';
import { likelyMistakes } from './names.ts';
import { standInPeer } from './stand-in.ts';
import type { Trial } from './trial.ts';
import { tryInput } from './try-input.ts';

export const FORMATS: readonly FloatFormat[] = ['float64', 'float32', 'bfloat16'];

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
  readonly runs: number;
  readonly seed: number;
}

const MOST_SIZE = 8;

/** Lets every known mistake of an operation, and the operation itself, stand in for an implementation in every precision. */
export async function killRate({ operation: id, runs, seed }: KillRateTask): Promise<OperationKillRate> {
  const operation = await loadOperation(id);
  if (operation === undefined) throw new RangeError(`killRate: an operation's id, got ${id}`);
  const mistakes = await mistakesOf(id);
  const [sightings, alarms]: [Sighting[], Alarm[]] = [[], []];
  for (const format of FORMATS) {
    const examined = { operation, mistakes, format };
    const cases = [...casesOf(examined, { runs, seed, mostSize: MOST_SIZE })];
    for (const mistake of mistakes) sightings.push(await sighting(examined, mistake, cases));
    alarms.push(await alarm(examined, cases));
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

async function sighting(examined: Examined, mistake: Mistake, cases: readonly object[]): Promise<Sighting> {
  // its own witness and what the other mistakes' witnesses show come first; the rest is for those that they do not catch
  const pinned = cases.slice(0, examined.mistakes.length);
  let seen = await trials(examined, mistake, pinned);
  if (!seen.some(isFailed)) seen = [...seen, ...(await trials(examined, mistake, cases.slice(pinned.length)))];
  const failures = seen.filter(isFailed);
  const named = failures
    .map((failure) => likelyMistakes(failure, seen, examined)[0]?.mistake.id)
    .find((name) => name !== undefined);
  return {
    mistake: mistake.id,
    name: mistake.name,
    format: examined.format,
    isCaught: failures.length > 0,
    isNamed: named === mistake.id,
  };
}

async function alarm(examined: Examined, cases: readonly object[]): Promise<Alarm> {
  const done = await trials(examined, undefined, cases);
  return {
    format: examined.format,
    calls: done.length,
    failed: done.filter(isFailed).length,
  };
}
