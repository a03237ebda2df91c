import type { AnyClaim } from '../claim/claim.ts';
import { loadClaim } from '../claims/load.ts';
import { type CheckOptions, checkClaim } from './check.ts';
import { type CheckResult, resultOf } from './check-result.ts';
import { type Crew, hereCrew } from './crew.ts';
import type { Progress } from './progress.ts';
import { onOneLine } from './usage-error.ts';
import { type Crews, workerCrews } from './worker-crew.ts';

/** A claim that does not load is not as declared; the others' results stay. */
const broken = (id: string, { subject }: CheckOptions, error: unknown): CheckResult => ({
  entries: [
    {
      id,
      subject: subject === 'all' ? 'reference' : subject,
      verdict: 'malformed',
      runs: 0,
      tally: { holds: 0, violated: 0, withinRounding: 0 },
      best: null,
      controls: [],
      seconds: 0,
      note: onOneLine(error instanceof Error ? error.message : String(error)),
    },
  ],
  failures: [],
});

/** The same crew, which says when a part was ordered and when it has ended. */
function watched(crew: Crew, onPart: (change: 'ordered' | 'ended') => void): Crew {
  const watch = async <T>(part: Promise<T>): Promise<T> => {
    onPart('ordered');
    return part.finally(() => onPart('ended'));
  };
  return {
    family: (part) => watch(crew.family(part)),
    control: (part) => watch(crew.control(part)),
    certificate: () => watch(crew.certificate()),
    missingBackend: () => crew.missingBackend(),
  };
}

/** Checks claims side by side; the results stand in the order of the ids. */
export async function checkClaims(
  ids: readonly string[],
  options: CheckOptions,
  progress: Progress,
): Promise<readonly CheckResult[]> {
  // one instance, or TypeScript sources, which a worker of Node 20 cannot read
  const crews: Crews | undefined =
    options.replay !== undefined || import.meta.url.endsWith('.ts') ? undefined : await workerCrews();
  const crewOf = (claim: AnyClaim): Crew =>
    crews === undefined
      ? hereCrew(claim)
      : crews.crewOf(claim.id, new Map(claim.families.map(({ id, role }) => [id, role])));
  const parts = { ordered: 0, ended: 0 };
  let done = 0;
  const tell = (): void => progress(done, ids.length, parts.ended / Math.max(1, parts.ordered));
  const onPart = (change: keyof typeof parts): void => {
    parts[change] += 1;
    tell();
  };
  const check = async (id: string): Promise<CheckResult> => {
    try {
      const claim = await loadClaim(id);
      if (claim === undefined) throw new RangeError(`check: a claim, got ${id}`);
      return resultOf(claim, await checkClaim(claim, options, watched(crewOf(claim), onPart)));
    } catch (error) {
      if (options.replay !== undefined) throw error;
      return broken(id, options, error);
    } finally {
      done += 1;
      tell();
    }
  };
  try {
    tell();
    return await Promise.all(ids.map(check));
  } finally {
    await crews?.dismiss();
  }
}
