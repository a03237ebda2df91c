import type { AnyClaim } from '../claim/claim.ts';
import type { CheckEntry, Checked } from './check.ts';
import type { Failure } from './refute.ts';

/** What one claim's check hands to those who print it. */
export interface CheckResult {
  readonly entries: readonly CheckEntry[];
  /** By subject, what failed; its token repeats it alone. */
  readonly failures: readonly (Failure & { readonly subject: CheckEntry['subject'] })[];
  /** Of a statistical claim. */
  readonly falseAlarm?: number;
}

export const resultOf = ({ exactness }: AnyClaim, checked: readonly Checked[]): CheckResult => ({
  entries: checked.map(({ entry }) => entry),
  failures: checked.flatMap(({ entry: { subject }, families }) =>
    families.flatMap(({ failure }) => (failure === null ? [] : [{ subject, ...failure }])),
  ),
  ...(exactness.level === 'statistical' ? { falseAlarm: exactness.falseAlarm } : {}),
});
