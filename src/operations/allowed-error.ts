import type { Doubles, FloatFormat, Operation } from './operation.ts';

/** What a stable algorithm in the format and our own reference may together be off by. */
export const allowedError = <I, O>(
  operation: Pick<Operation<I, O>, 'errorBound'>,
  input: Doubles<I>,
  format: FloatFormat,
): number => (operation.errorBound(input, format) ?? 0) + (operation.errorBound(input, 'float64') ?? 0);
