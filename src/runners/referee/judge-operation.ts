import type { Mistake } from '../../mistakes/mistake.ts';
import type { Obligation } from '../../operations/verdict/obligation.ts';
import { type CaseOptions, casesOf } from './cases.ts';
import type { Examined } from './examined.ts';
import { type Found, find } from './find.ts';
import { COMPARED, comparedWith, isExplained } from './names.ts';
import type { Peer } from './peer.ts';
import { simplestOf } from './simplest.ts';
import type { Trial } from './trial.ts';
import { tryInput } from './try-input.ts';

/** What came of the trials of one operation. */
export interface Judged {
  /** Calls or sequences that were judged, shrinking not counted. */
  readonly calls: number;
  /** How many of them a *must* stood on; at the others nothing is guaranteed, or nothing is defined. */
  readonly owed: number;
  /** How many of them failed. */
  readonly failed: Readonly<Record<Obligation, number>>;
  /** The furthest right answer, in units of its bound. */
  readonly furthest: number;
  readonly found: readonly Found[];
  /** Set where the rest was not asked: a process that does not answer. */
  readonly abandoned: boolean;
}

/** A process that dies or hangs so often is not asked again. */
const MOST_BROKEN = 3;
/** Different findings of one obligation. */
const MOST_FINDINGS = 3;
/** Failures that are kept to be told apart. */
const MOST_KEPT = 60;

const OBLIGATIONS: readonly Obligation[] = ['must', 'should', 'informative'];

export interface JudgeOperationOptions extends CaseOptions {
  /** Inputs to try before all others. */
  readonly first: readonly object[];
  /** Mistakes that the implementer knows of: the simplest answer that each explains is reported as it is. */
  readonly excused: readonly Mistake[];
  /** Whether the implementer knows of this very input. */
  isListed(found: Found): boolean;
  onTrial(): void;
}

/** Tries an operation of an implementation, shrinks and names what fails. */
export async function judgeOperation(
  peer: Peer,
  examined: Examined,
  { first, excused, isListed, onTrial, ...options }: JudgeOperationOptions,
): Promise<Judged> {
  const excuses = new Map(excused.map((mistake) => [mistake, simplestOf(1)]));
  const rights = simplestOf(COMPARED);
  const failures = { must: simplestOf(MOST_KEPT), should: simplestOf(MOST_KEPT), informative: simplestOf(MOST_KEPT) };
  const failed: Record<Obligation, number> = { must: 0, should: 0, informative: 0 };
  let [calls, owed, furthest, broken] = [0, 0, 0, 0];
  for (const input of inputs(first, casesOf(examined, options))) {
    const trial = await tryInput(peer, examined, input);
    onTrial();
    if (trial === undefined) continue;
    calls += 1;
    const { outcome, obligation } = trial;
    if (obligation === 'must') owed += 1;
    if (outcome.kind === 'right') {
      furthest = Math.max(furthest, outcome.distance);
      rights.add(trial);
      continue;
    }
    failed[obligation] += 1;
    const excuse = excused.find((mistake) => isExplained(trial, [mistake], examined));
    if (excuse === undefined) failures[obligation].add(trial);
    else excuses.get(excuse)?.add(trial);
    if (outcome.kind === 'broken') broken += 1;
    if (broken === MOST_BROKEN) break;
  }
  const kept = OBLIGATIONS.map((obligation) => failures[obligation].kept());
  const listed = [...excuses].flatMap(([mistake, simplest]) =>
    simplest.kept().map((trial): Found => ({ trial, likely: [{ mistake, alsoExplains: 0 }], others: 0 })),
  );
  const found = [...listed, ...(await findings(peer, examined, { failures: kept, rights: rights.kept(), isListed }))];
  return { calls, owed, failed, furthest, found, abandoned: broken === MOST_BROKEN };
}

function* inputs(first: readonly object[], rest: Iterable<object>): Generator<object> {
  yield* first;
  yield* rest;
}

interface Sorted {
  /** Those of one obligation together, the simplest first. */
  readonly failures: readonly (readonly Trial[])[];
  readonly rights: readonly Trial[];
  isListed(found: Found): boolean;
}

/** The failures, each shrunk and named unless a mistake that was named before explains it. What is listed does not crowd out the rest. */
async function findings(
  peer: Peer,
  examined: Examined,
  { failures, rights, isListed }: Sorted,
): Promise<readonly Found[]> {
  const others = comparedWith(failures.flat(), rights);
  const found: Found[] = [];
  const known: Mistake[] = [];
  const seen = new Set<string>();
  for (const alike of failures) {
    let left = MOST_FINDINGS;
    for (const failure of alike) {
      if (left === 0) break;
      const end = endOf(failure);
      if (seen.has(end ?? '') || isExplained(failure, known, examined)) continue;
      const next = await find(peer, examined, failure, { others, known });
      if (!isListed(next)) left -= 1;
      const text = JSON.stringify([next.trial.input, next.trial.outcome.kind]);
      if (seen.has(text)) continue;
      seen.add(text);
      if (end !== undefined) seen.add(end);
      found.push(next);
      known.push(...next.likely.slice(0, 1).map(({ mistake }) => mistake));
    }
  }
  return found;
}

/** How a process came to its end, whatever the numbers in that: one end is reported once. */
const endOf = ({ outcome }: Trial): string | undefined =>
  outcome.kind === 'broken' ? outcome.how.replaceAll(/\d+/g, '#') : undefined;
