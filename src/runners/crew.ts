import { certifies } from '../claim/certificate.ts';
import type { AnyClaim, Claim } from '../claim/claim.ts';
import { BackendUnavailable } from '../kernels/gpu/backend.ts';
import { type ControlRun, runControl } from './controls.ts';
import { type FamilyOptions, type FamilyRun, refuteFamily } from './refute.ts';
import type { SubjectId } from './subject.ts';

/** A result with the time that it took alone. */
export interface Timed<T> {
  readonly result: T;
  readonly milliseconds: number;
}

export interface FamilyPart {
  readonly subject: SubjectId;
  readonly family: string;
  readonly options: FamilyOptions;
}

export interface ControlPart {
  readonly control: string;
  readonly options: { readonly runs: number; readonly seed: number };
}

/** Who runs the parts of one claim's check: this process, or workers. The parts do not depend on each other. */
export interface Crew {
  family(part: FamilyPart): Promise<Timed<FamilyRun>>;
  control(part: ControlPart): Promise<Timed<ControlRun>>;
  /** Whether every obligation of the certificate holds. */
  certificate(): Promise<Timed<boolean>>;
  /** Why this machine has no backend for the twins, or undefined. */
  missingBackend(): Promise<string | undefined>;
}

async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  return { result: await work(), milliseconds: performance.now() - started };
}

export async function missingBackend(): Promise<string | undefined> {
  const { arrayBackend } = await import('../kernels/gpu/select-backend.ts');
  try {
    await arrayBackend();
    return undefined;
  } catch (error) {
    if (error instanceof BackendUnavailable) return error.message;
    throw error;
  }
}

function named<T extends { readonly id: string }>(items: readonly T[], id: string): T {
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw new RangeError(`check: one of ${items.map((item) => item.id).join(', ')}, got ${id}`);
  return found;
}

/** This process, one part after the other. */
export function hereCrew(anyClaim: AnyClaim): Crew {
  const claim = anyClaim as unknown as Claim<unknown, unknown>;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => T | Promise<T>): Promise<Timed<T>> => {
    const next = last.then(() => timed(work));
    last = next.catch(() => undefined);
    return next;
  };
  return {
    family: ({ subject, family, options }) =>
      inTurn(() => refuteFamily(claim, subject, named(claim.families, family), options)),
    control: ({ control, options }) => inTurn(() => runControl(claim, named(claim.controls, control), options)),
    certificate: () =>
      inTurn(() => claim.exactness.level === 'algebraic-proof' && certifies(claim.exactness.certify())),
    missingBackend,
  };
}
