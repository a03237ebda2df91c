import { type Obligation, obligationOf } from '../../operations/verdict/obligation.ts';
import {
  type ExpectedOutput,
  expectedOutput,
  isBounded,
  isShapeFault,
  outputVerdict,
} from '../../operations/verdict/output-verdict.ts';
import type { Examined } from './examined.ts';
import type { Peer, Reply } from './peer.ts';
import { fieldOf, numericFields } from './reply-fields.ts';
import { incomparable, type Outcome, type Trial, withoutAnswer } from './trial.ts';
import { unlessRefused } from './unless-refused.ts';

/** Asks for one output and judges it; undefined where the reference itself has none (an overflow). */
export async function tryFunction(peer: Peer, examined: Examined, input: object): Promise<Trial | undefined> {
  // the reference is computed while the other process works
  const pending = peer.ask({ op: 'call', operation: examined.operation.id, input });
  const expected = unlessRefused(() => owedHere(examined, input));
  const reply = await pending;
  return expected === undefined ? undefined : unlessRefused(() => trial(examined, input, expected, reply));
}

interface Owed extends ExpectedOutput {
  readonly obligation: Obligation;
}

function owedHere({ operation, format }: Examined, input: object): Owed {
  const expected = expectedOutput(operation, input as never, format);
  const bounded = isBounded(operation, input as never, expected, format);
  return { ...expected, obligation: obligationOf(operation.id, input, format, bounded) };
}

function trial(examined: Examined, input: object, expected: Owed, reply: Reply): Trial {
  const { obligation } = expected;
  const output = expected.output as object;
  const names = Object.keys(output);
  const field = fieldOf(reply, 'output', numericFields(names));
  if (field.kind !== 'field') {
    return { input, obligation, outcome: withoutAnswer(field, output), whole: { input, answered: { output: null } } };
  }
  const answer = Object.fromEntries(names.map((name) => [name, field.value[name]]));
  return {
    input,
    obligation,
    outcome: judged(examined, input, expected, answer),
    whole: { input, answered: { output: answer } },
  };
}

function judged({ operation, format }: Examined, input: object, expected: ExpectedOutput, answer: object): Outcome {
  const verdict = outputVerdict(operation, input as never, expected, answer, format);
  const wrong = { kind: 'wrong', expected: expected.output as object, got: answer } as const;
  // an output without numbers, of an empty matrix, is right where its shape is
  if (verdict === undefined) return { kind: 'right', distance: 0 };
  if (isShapeFault(verdict)) {
    return { ...wrong, miss: incomparable(`the shape (required ${verdict.expectedShape}, got ${verdict.gotShape})`) };
  }
  return verdict.distance <= 1 ? { kind: 'right', distance: verdict.distance } : { ...wrong, miss: verdict };
}
