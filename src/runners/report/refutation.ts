import type { Claim, Control, Relation } from '../../claim/claim.ts';
import type { Enclosure } from '../../claim/enclosure.ts';
import { ratioOf } from '../../claim/judge.ts';
import { examineExactly } from '../controls.ts';
import { NotCounted } from '../subject.ts';

/** How the witness of a control breaks the false neighbour of the claim. */
export interface Refutation {
  readonly belief: string;
  /** The text of the assumption that the control drops. */
  readonly dropped?: string;
  readonly witness: unknown;
  readonly relation: Relation;
  /** The proof step that the witness violates, where the statement itself holds there. */
  readonly step?: { readonly id: string; readonly text: string };
  readonly measured: Enclosure;
  readonly bound: Enclosure;
  readonly ratio: Enclosure | undefined;
}

const UNKNOWN: Enclosure = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };

/** What is measured on the witness and what the false belief allows there; nothing is known where no subject counts it. */
export function refutationBy<I>(claim: Claim<I, unknown>, control: Control<I, unknown>): Refutation {
  try {
    return judgedBy(claim, control);
  } catch (error) {
    if (!(error instanceof NotCounted)) throw error;
    const { belief, witness } = control;
    return { belief, witness, relation: claim.relation, measured: UNKNOWN, bound: UNKNOWN, ratio: undefined };
  }
}

function judgedBy<I>(claim: Claim<I, unknown>, control: Control<I, unknown>): Refutation {
  const mutant = control.mutate(claim);
  const { step: broken, measured, bound, ratio, observed } = examineExactly(mutant, control.witness);
  const dropped = claim.assumptions.find(({ id }) => id === control.drops)?.text;
  const step = broken === undefined ? undefined : mutant.proof?.find(({ id }) => id === broken);
  const common = {
    belief: control.belief,
    ...(dropped === undefined ? {} : { dropped }),
    witness: control.witness,
  };
  if (step === undefined) return { ...common, relation: mutant.relation, measured, bound, ratio };
  const [lhs, rhs] = [step.lhs(control.witness, observed), step.rhs(control.witness, observed)];
  return {
    ...common,
    relation: 'at-most',
    step: { id: step.id, text: step.text },
    measured: lhs,
    bound: rhs,
    ratio: ratioOf('at-most', lhs, rhs),
  };
}
