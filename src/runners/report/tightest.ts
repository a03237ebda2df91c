import type { Claim } from '../../claim/claim.ts';
import type { Checked } from '../check.ts';
import { type Slack, slackBySteps } from '../slack.ts';
import { NotCounted, type SubjectId } from '../subject.ts';

export interface Tightest {
  readonly ratio: number;
  readonly family: string;
  readonly subject: SubjectId;
  readonly instance: unknown;
  /** Absent where no subject but the twin counts the instance. */
  readonly slack?: Slack;
}

/** The best instance of every family and subject, the largest guaranteed ratio first; equal ones by exactness. */
export const bests = (checked: readonly Checked[]): readonly Tightest[] =>
  checked
    .flatMap(({ entry: { subject }, families }) =>
      families.flatMap(({ best }) => (best === null ? [] : [{ ...best, subject }])),
    )
    .sort((a, b) => b.ratio - a.ratio);

function withSlack(claim: Claim<unknown, unknown>, best: Tightest): Tightest {
  try {
    return { ...best, slack: slackBySteps(claim, best.instance) };
  } catch (error) {
    if (error instanceof NotCounted) return best;
    throw error;
  }
}

/** The tightest instance, and the tightest one on which some step of the proof loses something. */
export function tightestOf(
  claim: Claim<unknown, unknown>,
  checked: readonly Checked[],
): { readonly tightest: Tightest | null; readonly gapped?: Tightest } {
  const [best, ...others] = bests(checked);
  if (best === undefined) return { tightest: null };
  const tightest = withSlack(claim, best);
  const hasNone = tightest.slack?.gap === 0 && tightest.slack.steps.length > 0 && claim.relation !== 'equals';
  if (!hasNone) return { tightest };
  for (const other of others) {
    const gapped = withSlack(claim, other);
    if (gapped.slack?.steps.some(({ share }) => share !== undefined && share > 0)) return { tightest, gapped };
  }
  return { tightest };
}
