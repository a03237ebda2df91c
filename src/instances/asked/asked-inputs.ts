import type { Arbitrary } from 'fast-check';
import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { broximalInputs } from './broximal.ts';
import type { Context } from './context.ts';
import { matrixFunctionInputs } from './matrix-functions.ts';
import { optimiserInputs } from './optimisers.ts';
import { scalarInputs } from './scalar-functions.ts';

export interface AskedOptions {
  /** What the implementation declares: some inputs consist of its numbers, and ranks are decided in it. */
  readonly format: FloatFormat;
  /** The most rows and columns; the larger, the rarer. 64 where absent, meant for up to 512. */
  readonly mostSize?: number;
}

/**
 * The inputs that an implementation of an operation is asked about, complete JSON with every optional field given; undefined for
 * an operation that is not known here.
 */
export function askedInputs(
  operation: string,
  { format, mostSize = 64 }: AskedOptions,
): Arbitrary<unknown> | undefined {
  const context: Context = { format, mostSize };
  return (
    matrixFunctionInputs(operation, context) ??
    optimiserInputs(operation, context) ??
    broximalInputs(operation) ??
    scalarInputs(operation)
  );
}
