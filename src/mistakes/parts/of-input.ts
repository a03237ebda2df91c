import type { AnyOperation } from '../../operations/operation.ts';
import type { FunctionMistake } from '../mistake.ts';

/** What the operation itself answers to another input. */
export const ofInput = <I>(
  operation: Pick<AnyOperation, 'reference' | 'errorBound'>,
  rewrite: (input: I) => object,
): Pick<FunctionMistake, 'reference' | 'errorBound'> => ({
  reference: (input: I) => operation.reference(rewrite(input) as never),
  errorBound: (input: I, format) => operation.errorBound(rewrite(input) as never, format) ?? Number.POSITIVE_INFINITY,
});
