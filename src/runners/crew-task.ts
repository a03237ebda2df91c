import { loadClaim } from '../claims/load.ts';
import { type ControlPart, type Crew, type FamilyPart, hereCrew, missingBackend } from './crew.ts';

/** One part of one claim's check, as plain data, for a worker. */
export type CrewTask =
  | { readonly kind: 'family'; readonly id: string; readonly part: FamilyPart }
  | { readonly kind: 'control'; readonly id: string; readonly part: ControlPart }
  | { readonly kind: 'certificate'; readonly id: string }
  | { readonly kind: 'missing-backend' };

/** Runs in a worker of the built package. */
export async function crewTask(task: CrewTask): Promise<unknown> {
  if (task.kind === 'missing-backend') return missingBackend();
  const claim = await loadClaim(task.id);
  if (claim === undefined) throw new RangeError(`crewTask: a claim, got ${task.id}`);
  const crew: Crew = hereCrew(claim);
  if (task.kind === 'family') return crew.family(task.part);
  return task.kind === 'control' ? crew.control(task.part) : crew.certificate();
}
