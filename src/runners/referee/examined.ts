import type { Mistake } from '../../mistakes/mistake.ts';
import type { AnyOperation, FloatFormat } from '../../operations/operation.ts';
import type { OptimiserOperation } from '../../operations/optimiser.ts';

/** One operation of an implementation, and what its answers are held against. */
export interface Examined {
  readonly operation: AnyOperation;
  readonly mistakes: readonly Mistake[];
  /** The precision that the implementation declares. */
  readonly format: FloatFormat;
}

export const isOptimiser = (operation: AnyOperation): operation is AnyOperation & OptimiserOperation =>
  operation.kind === 'optimiser';
