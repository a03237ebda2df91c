import type { AnyOperation, Operation } from '../operations/operation.ts';

export interface Call {
  readonly operation: AnyOperation;
  readonly input: unknown;
}

/** An output and what the subject may be wrong by in each of its numbers (0 when exact). */
export interface Answer<O> {
  readonly output: O;
  readonly errorBound: number;
}

/** Asks the subject for one result: `const { output } = yield* ask(polar, { matrix })`. Holds the only cast of the claims. */
export function* ask<I, O>(operation: Operation<I, O>, input: I): Generator<Call, Answer<O>, Answer<unknown>> {
  return (yield { operation, input }) as Answer<O>;
}

/** The observation of a statement that asks no subject: what `value` computes from the instance alone. */
// biome-ignore lint/correctness/useYield: a pure statement asks nothing
export function* observeNothing<O>(value: O): Generator<Call, O, Answer<unknown>> {
  return value;
}
