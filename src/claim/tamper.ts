import type { AnyOperation } from '../operations/operation.ts';
import type { Answer, Call } from './ask.ts';
import type { Claim } from './claim.ts';

/**
 * The claim asked of a broken subject: every answer to `operation` is replaced by `broken(input, output)`, with the
 * error bound of the true answer. For `broken-subject` controls.
 */
export function tampered<I, O>(
  claim: Claim<I, O>,
  operation: AnyOperation,
  broken: (input: never, output: never) => unknown,
): Claim<I, O> {
  return {
    ...claim,
    *observe(instance: I): Generator<Call, O, Answer<unknown>> {
      const run = claim.observe(instance);
      let next = run.next();
      while (next.done !== true) {
        const call = next.value;
        const answer = yield call;
        const output =
          call.operation.id === operation.id ? broken(call.input as never, answer.output as never) : answer.output;
        next = run.next({ output, errorBound: answer.errorBound });
      }
      return next.value;
    },
  };
}
