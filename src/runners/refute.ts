import fc from 'fast-check';
import type { Answer, Call } from '../claim/ask.ts';
import type { Claim, Family } from '../claim/claim.ts';
import { Refuted } from '../claim/refuted.ts';
import { brokenAssumption, type Examined, examine } from './examine.ts';
import { toToken } from './replay.ts';
import { answerOnGpu, NotCounted, observeLater, observeNow, type SubjectId } from './subject.ts';

export interface Tally {
  readonly holds: number;
  readonly violated: number;
  readonly withinRounding: number;
}

export interface Best<I = unknown> {
  readonly ratio: number;
  readonly family: string;
  readonly instance: I;
}

export interface Failure {
  readonly kind: 'refuted' | 'malformed';
  readonly message: string;
  readonly instance: unknown;
  /** Repeats this failure alone. */
  readonly replay: string;
}

export interface FamilyRun<I = unknown> {
  readonly family: string;
  readonly role: Family<I>['role'];
  readonly runs: number;
  readonly tally: Tally;
  /** The guaranteed ratio (lower end) of every counted instance that has one. */
  readonly ratios: readonly number[];
  readonly best: Best<I> | null;
  readonly failure: Failure | null;
}

export interface FamilyOptions {
  readonly runs: number;
  readonly seed: number;
  /** Replays this path alone. */
  readonly path?: string;
}

/** The running count of one family; frozen at the first failure, so that shrinking is not counted. */
class Count<I> {
  readonly #claim: Claim<I, unknown>;
  readonly #family: string;
  readonly tally = { holds: 0, violated: 0, withinRounding: 0 };
  readonly ratios: number[] = [];
  best: Best<I> | null = null;
  #failed = false;

  constructor(claim: Claim<I, unknown>, family: string) {
    this.#claim = claim;
    this.#family = family;
  }

  /** @throws RangeError where the instance is outside the assumptions. */
  admit(instance: I): void {
    const broken = brokenAssumption(this.#claim, instance);
    if (broken !== undefined) {
      throw new RangeError(`family ${this.#family}: instances inside the assumption ${broken}, got one outside`);
    }
  }

  /** @throws Refuted where the claim is violated. */
  take(instance: I, observed: unknown): void {
    const examined = examine(this.#claim, instance, observed);
    if (!this.#failed) this.#count(instance, examined);
    if (examined.verdict === 'violated') {
      this.#failed = true;
      throw new Refuted(described(examined), instance, examined.step);
    }
  }

  #count(instance: I, { verdict, ratio }: Examined): void {
    if (verdict === 'holds') this.tally.holds += 1;
    else if (verdict === 'violated') this.tally.violated += 1;
    else this.tally.withinRounding += 1;
    if (ratio === undefined || !Number.isFinite(ratio.lo)) return;
    this.ratios.push(ratio.lo);
    if (this.best === null || ratio.lo > this.best.ratio)
      this.best = { ratio: ratio.lo, family: this.#family, instance };
  }
}

const shown = (e: { readonly lo: number; readonly hi: number; readonly at?: string }): string =>
  e.at !== undefined && e.at.length <= 40 ? e.at : e.lo === e.hi ? `${e.lo}` : `[${e.lo}, ${e.hi}]`;

const described = ({ step, measured, bound }: Examined): string =>
  step === undefined ? `measured ${shown(measured)}, bound ${shown(bound)}` : `proof step ${step} is violated`;

/** Tries to refute a claim on one family and one subject. Never throws: what goes wrong stands in `failure`. */
export async function refuteFamily<I>(
  claim: Claim<I, unknown>,
  subject: SubjectId,
  family: Family<I>,
  { runs, seed, path }: FamilyOptions,
): Promise<FamilyRun<I>> {
  const count = new Count(claim, family.id);
  const token = (at: string): string => toToken({ claim: claim.id, subject, family: family.id, seed, path: at });
  const failed = (error: unknown, instance: unknown, at: string): Failure => ({
    kind: error instanceof Refuted ? 'refuted' : 'malformed',
    message: error instanceof Error ? error.message : String(error),
    instance,
    replay: token(at),
  });
  const now = (instance: I): void => {
    count.admit(instance);
    count.take(instance, observeNow(claim.observe(instance), subject === 'exact' ? 'exact' : 'reference'));
  };
  const later = async (instance: I): Promise<void> => {
    count.admit(instance);
    count.take(
      instance,
      await observeLater(claim.observe(instance), answerOnGpu as (call: Call) => Promise<Answer<unknown>>),
    );
  };
  const finish = (ran: number, failure: Failure | null): FamilyRun<I> => ({
    family: family.id,
    role: family.role,
    runs: ran,
    tally: count.tally,
    ratios: count.ratios,
    best: count.best,
    failure,
  });

  if ('instances' in family) {
    const chosen = path === undefined ? family.instances.map((_, i) => i) : [Number(path)];
    for (const [done, index] of chosen.entries()) {
      const instance = family.instances[index];
      if (instance === undefined) {
        throw new RangeError(`--replay: a path below ${family.instances.length} in ${family.id}, got ${index}`);
      }
      try {
        if (subject === 'gpu') await later(instance);
        else now(instance);
      } catch (error) {
        if (!(error instanceof NotCounted)) return finish(done + 1, failed(error, instance, `${index}`));
      }
    }
    return finish(chosen.length, null);
  }

  const parameters = { numRuns: runs, seed, ...(path === undefined ? {} : { path, endOnFailure: true }) };
  const details =
    subject === 'gpu'
      ? await fc.check(
          fc.asyncProperty(family.arbitrary, (instance) => later(instance).catch(unlessNotCounted)),
          parameters,
        )
      : fc.check(
          fc.property(family.arbitrary, (instance) => {
            try {
              now(instance);
            } catch (error) {
              unlessNotCounted(error);
            }
          }),
          parameters,
        );
  if (!details.failed) return finish(details.numRuns, null);
  return finish(
    details.numRuns,
    failed(details.errorInstance, details.counterexample?.[0], details.counterexamplePath ?? '0'),
  );
}

function unlessNotCounted(error: unknown): void {
  if (!(error instanceof NotCounted)) throw error;
}
