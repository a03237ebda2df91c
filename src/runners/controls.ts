import fc from 'fast-check';
import type { Claim, Control, Mutation } from '../claim/claim.ts';
import { brokenAssumption, type Examined, examine } from './examine.ts';
import { derivedSeed } from './seed.ts';
import { NotCounted, observeNow, subjectsOf } from './subject.ts';

export interface ControlRun {
  readonly id: string;
  readonly mutation: Mutation;
  /** The witness violates the mutant. */
  readonly refuted: boolean;
  /** How many instances the search needed; null where only the witness shows it. */
  readonly foundBySearchAfter: number | null;
}

/** The first of the exact and the float64 subject that counts this instance. @throws NotCounted where none does. */
export function examineExactly<I>(claim: Claim<I, unknown>, instance: I): Examined & { readonly observed: unknown } {
  let declined: NotCounted | undefined;
  for (const subject of subjectsOf(claim)) {
    if (subject === 'gpu') continue;
    try {
      const observed = observeNow(claim.observe(instance), subject);
      return { ...examine(claim, instance, observed), observed };
    } catch (error) {
      if (!(error instanceof NotCounted)) throw error;
      declined = error;
    }
  }
  throw declined ?? new NotCounted('no subject');
}

const isViolated = <I>(claim: Claim<I, unknown>, instance: I): boolean => {
  try {
    return examineExactly(claim, instance).verdict === 'violated';
  } catch (error) {
    if (error instanceof NotCounted) return false;
    throw error;
  }
};

class Found extends Error {}

/** How many instances of the mutant's own families pass before one violates it. */
function search<I>(mutant: Claim<I, unknown>, runs: number, seed: number): number | null {
  let tried = 0;
  for (const family of mutant.families) {
    const violated = (instance: I): boolean => {
      tried += 1;
      return brokenAssumption(mutant, instance) === undefined && isViolated(mutant, instance);
    };
    if ('instances' in family) {
      if (family.instances.some(violated)) return tried;
    } else {
      const details = fc.check(
        fc.property(family.arbitrary, (instance) => {
          if (violated(instance)) throw new Found();
        }),
        { numRuns: runs, seed: derivedSeed(seed, mutant.id, family.id), endOnFailure: true },
      );
      if (details.errorInstance instanceof Found) return tried;
      if (details.failed) throw details.errorInstance;
    }
  }
  return null;
}

/**
 * Runs one control: its witness must violate the mutant, and random search is asked whether it finds a violation too.
 * @throws RangeError where the witness breaks an assumption that the mutant keeps, since it would then prove nothing.
 */
export function runControl<I>(
  claim: Claim<I, unknown>,
  control: Control<I, unknown>,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): ControlRun {
  const mutant = control.mutate(claim);
  const broken = brokenAssumption(mutant, control.witness);
  if (broken !== undefined) {
    throw new RangeError(`control ${control.id}: a witness inside the assumption ${broken}, got one outside`);
  }
  return {
    id: control.id,
    mutation: control.mutation,
    refuted: isViolated(mutant, control.witness),
    foundBySearchAfter: search(mutant, runs, seed),
  };
}
