import type { Claim } from '../claim/claim.ts';
import { type Enclosure, exactValue } from '../claim/enclosure.ts';
import { ratioOf } from '../claim/judge.ts';
import { examineExactly } from './controls.ts';

/** What one inequality lhs <= rhs of a proof gives away on one instance. */
export interface StepSlack {
  readonly id: string;
  readonly text: string;
  readonly lhs: Enclosure;
  readonly rhs: Enclosure;
  /** rhs - lhs. */
  readonly slack: number;
  /** lhs / rhs: 1 is equality. */
  readonly ratio: Enclosure | undefined;
  /** The part of the gap between what is measured and the bound; undefined where the step does not lie between the two. */
  readonly share: number | undefined;
}

export interface Slack {
  readonly measured: Enclosure;
  readonly bound: Enclosure;
  readonly ratio: Enclosure | undefined;
  /** The distance between what is measured and the bound; 0 where they agree or cannot be told apart. */
  readonly gap: number;
  /** Steps with a share lead from the one to the other without a hole, so the shares add up to 1. */
  readonly isChain: boolean;
  readonly steps: readonly StepSlack[];
}

/** a - b, exact before rounding where both are known exactly: near equality the difference of doubles is noise. */
function difference(a: Enclosure, b: Enclosure): number {
  const [x, y] = [exactValue(a), exactValue(b)];
  if (x !== undefined && y !== undefined) return x.minus(y).toNumber();
  return a.lo / 2 + a.hi / 2 - (b.lo / 2 + b.hi / 2);
}

/** They may be the same real number. */
function meet(a: Enclosure, b: Enclosure): boolean {
  const [x, y] = [exactValue(a), exactValue(b)];
  return x !== undefined && y !== undefined ? x.equals(y) : a.lo <= b.hi && b.lo <= a.hi;
}

/** The indices of steps that lead from `from` to `to`, each beginning where the one before ends; undefined where none do. */
function chain(
  steps: readonly StepSlack[],
  from: Enclosure,
  to: Enclosure,
  visited = new Set<number>(),
): readonly number[] | undefined {
  for (const [index, step] of steps.entries()) {
    if (visited.has(index) || !meet(step.lhs, from)) continue;
    visited.add(index);
    const rest = meet(step.rhs, to) ? [] : chain(steps, step.rhs, to, visited);
    if (rest !== undefined) return [index, ...rest];
  }
  return undefined;
}

/**
 * Which step of the proof loses how much of the gap on one instance. Steps that form a chain from the smaller side to
 * the larger one share the whole gap; where there is no such chain, a step that gives away at most the gap shows
 * its own part, and the parts need not add up.
 * @throws NotCounted where neither the exact nor the float64 subject counts the instance.
 */
export function slackBySteps<I>(claim: Claim<I, unknown>, instance: I): Slack {
  const { measured, bound, ratio, observed } = examineExactly(claim, instance);
  const [from, to] = claim.relation === 'at-least' ? [bound, measured] : [measured, bound];
  const gap = meet(from, to) ? 0 : difference(to, from);
  const bare = (claim.proof ?? []).map((step): StepSlack => {
    const [lhs, rhs] = [step.lhs(instance, observed), step.rhs(instance, observed)];
    return {
      id: step.id,
      text: step.text,
      lhs,
      rhs,
      slack: difference(rhs, lhs),
      ratio: ratioOf('at-most', lhs, rhs),
      share: undefined,
    };
  });
  const path = gap > 0 ? chain(bare, from, to) : undefined;
  const share = (slack: number, index: number): number | undefined => {
    if (!(gap > 0) || !Number.isFinite(gap)) return undefined;
    if (path !== undefined) return path.includes(index) ? slack / gap : undefined;
    return slack >= 0 && slack <= gap ? slack / gap : undefined;
  };
  const steps = bare.map((step, index) => ({ ...step, share: share(step.slack, index) }));
  return { measured, bound, ratio, gap, isChain: path !== undefined, steps };
}
