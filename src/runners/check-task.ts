import { loadClaim } from '../claims/load.ts';
import { type CheckEntry, type CheckOptions, checkClaim } from './check.ts';
import type { Failure } from './refute.ts';

export interface CheckTask {
  readonly id: string;
  readonly options: CheckOptions;
}

/** What one claim's check hands to those who print it: plain data, so that it can cross from a worker. */
export interface CheckResult {
  readonly entries: readonly CheckEntry[];
  /** By subject, what failed first; its token repeats it alone. */
  readonly failures: readonly (Failure & { readonly subject: CheckEntry['subject'] })[];
  /** Of a statistical claim. */
  readonly falseAlarm?: number;
  /** What was wrong with `--replay`, where that is why nothing ran. */
  readonly badReplay?: string;
}

/** Checks one claim. */
export async function checkTask({ id, options }: CheckTask): Promise<CheckResult> {
  const claim = await loadClaim(id);
  if (claim === undefined) throw new RangeError(`checkTask: a claim, got ${id}`);
  const { replay } = options;
  if (replay !== undefined && !claim.families.some((family) => family.id === replay.family)) {
    const families = claim.families.map((family) => family.id).join(', ');
    return {
      entries: [],
      failures: [],
      badReplay: `--replay: required a family of ${id} (${families}), got ${replay.family}`,
    };
  }
  try {
    const checked = await checkClaim(claim, options);
    return {
      entries: checked.map(({ entry }) => entry),
      failures: checked.flatMap(({ entry: { subject }, families }) =>
        families.flatMap(({ failure }) => (failure === null ? [] : [{ subject, ...failure }])),
      ),
      ...(claim.exactness.level === 'statistical' ? { falseAlarm: claim.exactness.falseAlarm } : {}),
    };
  } catch (error) {
    if (replay === undefined || !(error instanceof Error)) throw error;
    return { entries: [], failures: [], badReplay: `--replay: ${error.message.replace(/^--replay: /, '')}` };
  }
}
