import type { Claim } from '../claim/claim.ts';
import type { ControlRun } from './controls.ts';
import type { FamilyRun, Tally } from './refute.ts';

/** At most this part of the counted instances of a family that does not approach equality may stay within rounding. */
const WITHIN_ROUNDING_CAP = 0.1;

const NO_TALLY: Tally = { holds: 0, violated: 0, withinRounding: 0 };

/** How many instances were decided. */
export const countedBy = (t: Tally): number => t.holds + t.violated + t.withinRounding;

export const totalled = (families: readonly FamilyRun[]): Tally =>
  families.reduce(
    (sum, { tally }) => ({
      holds: sum.holds + tally.holds,
      violated: sum.violated + tally.violated,
      withinRounding: sum.withinRounding + tally.withinRounding,
    }),
    NO_TALLY,
  );

const capBroken =
  (claim: Claim<unknown, unknown>) =>
  (run: FamilyRun): boolean =>
    claim.relation !== 'equals' &&
    run.role !== 'extremal' &&
    run.tally.withinRounding > WITHIN_ROUNDING_CAP * countedBy(run.tally);

/** Everything that is not as declared, one phrase each. */
export function objections(
  claim: Claim<unknown, unknown>,
  families: readonly FamilyRun[],
  controls: readonly ControlRun[],
): readonly string[] {
  const { floor, family } = claim.tightness;
  const guarded = families.find((run) => run.family === family);
  const said: string[] = [];
  if (
    guarded !== undefined &&
    countedBy(guarded.tally) > 0 &&
    (guarded.best?.ratio ?? Number.NEGATIVE_INFINITY) < floor
  ) {
    said.push(`floor ${floor} of family ${family} not reached: ${guarded.best?.ratio ?? 'no ratio'}`);
  }
  for (const run of families.filter(capBroken(claim))) {
    said.push(`family ${run.family}: ${run.tally.withinRounding} of ${countedBy(run.tally)} within rounding`);
  }
  for (const control of controls.filter(({ refuted }) => !refuted)) said.push(`control ${control.id} survives`);
  return said;
}

/** Why the claim is malformed before anything runs, or undefined. */
export function malformation(claim: Claim<unknown, unknown>): string | undefined {
  const ids = claim.families.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return 'families with one id';
  if (!ids.includes(claim.tightness.family)) return `tightness names an unknown family ${claim.tightness.family}`;
  if (new Set(claim.controls.map(({ id }) => id)).size !== claim.controls.length) return 'controls with one id';
  const unknown = claim.controls.find(
    ({ drops }) => drops !== undefined && !claim.assumptions.some(({ id }) => id === drops),
  );
  return unknown === undefined ? undefined : `control ${unknown.id} drops an unknown assumption ${unknown.drops}`;
}
