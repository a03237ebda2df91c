import type { Doubles } from '../../operations/operation.ts';
import type { OptimiserInput, OptimiserOperation } from '../../operations/optimiser.ts';
import { shapeOf } from '../../operations/verdict/numbers-in.ts';
import { obligationOf } from '../../operations/verdict/obligation.ts';
import { type JudgedStep, stepJudge } from '../../operations/verdict/step-judge.ts';
import type { Examined } from './examined.ts';
import type { Peer, Reply } from './peer.ts';
import { fieldOf, HANDLE, MATRICES } from './reply-fields.ts';
import { incomparable, type Outcome, type Trial, withoutAnswer } from './trial.ts';

type Input = Doubles<OptimiserInput>;
type Parameters = Input['parameters'];

/** Asks for one sequence and judges it step by step, up to the first step that is wrong. */
export async function tryOptimiser(
  peer: Peer,
  { operation, format }: Examined & { readonly operation: OptimiserOperation },
  input: Input,
): Promise<Trial> {
  const { parameters, hyperparameters } = input;
  const steps: Parameters[] = [];
  let distance = 0;
  const ended = (k: number, isBounded: boolean, outcome: Outcome): Trial => {
    const seen = { ...input, gradients: input.gradients.slice(0, k + 1) };
    return {
      input: seen,
      obligation: obligationOf(operation.id, seen, format, isBounded),
      answered: { steps },
      outcome,
    };
  };
  const created = fieldOf(
    await peer.ask({ op: 'create', operation: operation.id, input: { parameters, hyperparameters } }),
    'handle',
    HANDLE,
  );
  if (created.kind !== 'field') return ended(0, true, withoutAnswer(created, { step: 0, parameters }, { step: 0 }));
  const handle = created.value;
  const judge = stepJudge(operation.start, input, format);
  let isBounded = true;
  for (const [k, gradients] of input.gradients.entries()) {
    const pending = peer.ask({ op: 'step', handle, gradients });
    const step = judge.step(gradients);
    isBounded &&= step.isBounded;
    const answer = fieldOf(await pending, 'parameters', MATRICES);
    const expected = { step: k + 1, parameters: step.expected };
    if (answer.kind !== 'field') return ended(k, step.isBounded, withoutAnswer(answer, expected, { step: k + 1 }));
    steps.push(answer.value);
    const outcome = judged(step, expected, answer.value);
    if (outcome.kind !== 'right') {
      await peer.ask({ op: 'free', handle });
      return ended(k, step.isBounded, outcome);
    }
    distance = Math.max(distance, outcome.distance);
    judge.continueAt(answer.value);
  }
  const last = input.gradients.length - 1;
  const freed: Reply = await peer.ask({ op: 'free', handle });
  if (freed.kind === 'broken') {
    const expected = { step: last + 1, freed: handle };
    return ended(last, true, { kind: 'broken', how: `after the last step: ${freed.how}`, expected });
  }
  return ended(last, isBounded, { kind: 'right', distance });
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
