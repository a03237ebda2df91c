import type { Claim } from '../claim/claim.ts';
import type { Enclosure } from '../claim/enclosure.ts';
import { judge, ratioOf, type Verdict } from '../claim/judge.ts';

export interface Examined {
  readonly verdict: Verdict;
  /** The proof step that is violated, where one is. */
  readonly step: string | undefined;
  readonly measured: Enclosure;
  readonly bound: Enclosure;
  readonly ratio: Enclosure | undefined;
}

/** The first assumption of the claim that the instance breaks. */
export const brokenAssumption = <I, O>(claim: Claim<I, O>, instance: I): string | undefined =>
  claim.assumptions.find((assumption) => !assumption.holds(instance))?.id;

/**
 * Judges one observation: the statement, then every step of its proof.
 * @throws RangeError on a malformed enclosure.
 */
export function examine<I, O>(claim: Claim<I, O>, instance: I, observed: O): Examined {
  const measured = claim.measure(instance, observed);
  const bound = claim.bound(instance);
  const verdict = judge(claim.relation, measured, bound);
  const ratio = claim.tightness.ratio?.(instance, observed) ?? ratioOf(claim.relation, measured, bound);
  const step =
    verdict === 'violated'
      ? undefined
      : claim.proof?.find((s) => judge('at-most', s.lhs(instance, observed), s.rhs(instance, observed)) === 'violated');
  return { verdict: step === undefined ? verdict : 'violated', step: step?.id, measured, bound, ratio };
}
