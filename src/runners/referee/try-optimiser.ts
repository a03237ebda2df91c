import type { Doubles } from '../../operations/operation.ts';
import type { OptimiserInput, OptimiserOperation } from '../../operations/optimiser.ts';
import { everyNumber, shapeOf } from '../../operations/verdict/numbers-in.ts';
import { obligationOf } from '../../operations/verdict/obligation.ts';
import { type JudgedStep, stepJudge } from '../../operations/verdict/step-judge.ts';
import type { Examined } from './examined.ts';
import type { Peer } from './peer.ts';
import { fieldOf, HANDLE, MATRICES } from './reply-fields.ts';
import { incomparable, type Outcome, type Trial, withoutAnswer } from './trial.ts';
import { unlessRefused } from './unless-refused.ts';

type Input = Doubles<OptimiserInput>;
type Parameters = Input['parameters'];

/**
 * Asks for one sequence and judges it step by step, up to the first step that is wrong; the rest is asked for, but not judged.
 * Undefined where the definition itself has no first step in doubles (an overflow).
 */
export async function tryOptimiser(
  peer: Peer,
  { operation, format }: Examined & { readonly operation: OptimiserOperation },
  input: Input,
): Promise<Trial | undefined> {
  const { parameters, hyperparameters } = input;
  const steps: Parameters[] = [];
  let distance = 0;
  const upTo = (count: number): Input => ({ ...input, gradients: input.gradients.slice(0, count) });
  const ended = (count: number, isBounded: boolean, outcome: Outcome): Trial => {
    const seen = upTo(count);
    const obligation = obligationOf(operation.id, seen, format, isBounded);
    return { input: seen, obligation, outcome, whole: { input: upTo(steps.length), answered: { steps } } };
  };
  const create = { op: 'create', operation: operation.id, input: { parameters, hyperparameters } } as const;
  const created = fieldOf(await peer.ask(create), 'handle', HANDLE);
  if (created.kind !== 'field') return ended(1, true, withoutAnswer(created, { step: 0, parameters }, { step: 0 }));
  const handle = created.value;
  const judge = stepJudge(operation.start, input, format);
  let isBounded = true;
  for (const [k, gradients] of input.gradients.entries()) {
    const pending = peer.ask({ op: 'step', handle, gradients });
    const step = unlessRefused(() => judge.step(gradients));
    const answer = fieldOf(await pending, 'parameters', MATRICES);
    if (step === undefined) break;
    isBounded &&= step.isBounded;
    const expected = { step: k + 1, parameters: step.expected };
    if (answer.kind !== 'field') return ended(k + 1, step.isBounded, withoutAnswer(answer, expected, { step: k + 1 }));
    steps.push(answer.value);
    const outcome = judged(step, expected, answer.value);
    if (outcome.kind !== 'right') {
      await askRest(peer, handle, input.gradients.slice(k + 1), steps);
      return ended(k + 1, step.isBounded, outcome);
    }
    distance = Math.max(distance, outcome.distance);
    judge.continueAt(answer.value);
  }
  const freed = await peer.ask({ op: 'free', handle });
  if (steps.length === 0) return undefined;
  if (freed.kind !== 'broken') return ended(steps.length, isBounded, { kind: 'right', distance });
  const expected = { step: steps.length, freed: handle };
  return ended(steps.length, true, { kind: 'broken', how: `after the last step: ${freed.how}`, expected });
}

/** Collects the steps after a wrong one, as far as they are answered with finite matrices. */
async function askRest(peer: Peer, handle: string, gradients: Input['gradients'], steps: Parameters[]): Promise<void> {
  for (const step of gradients) {
    const last = steps.at(-1);
    if (!everyNumber(last, Number.isFinite)) break;
    const answer = fieldOf(await peer.ask({ op: 'step', handle, gradients: step }), 'parameters', MATRICES);
    if (answer.kind !== 'field' || shapeOf(answer.value) !== shapeOf(last)) break;
    steps.push(answer.value);
  }
  await peer.ask({ op: 'free', handle });
}

interface Expected {
  /** Counted from 1; 0 is `create`. */
  readonly step: number;
  readonly parameters: Parameters;
}

function judged(step: JudgedStep, expected: Expected, returned: Parameters): Outcome {
  const wrong = { kind: 'wrong', expected, got: { step: expected.step, parameters: returned } } as const;
  const [wanted, found] = [shapeOf(expected.parameters), shapeOf(returned)];
  if (wanted !== found) return { ...wrong, miss: incomparable(`the shape (required ${wanted}, got ${found})`) };
  const miss = step.furthest(returned);
  return miss.distance <= 1 ? { kind: 'right', distance: miss.distance } : { ...wrong, miss };
}
