import type { AnyOperation, Precision } from '../operations/operation.ts';

/** The arithmetics that an operation offers. */
export const offeredPrecisions = (operation: AnyOperation): readonly Precision[] => [
  ...(operation.exact === undefined ? [] : (['exact'] as const)),
  'float64',
  ...(operation.float32 === undefined ? [] : (['float32'] as const)),
  ...(operation.gpu === undefined ? [] : (['gpu'] as const)),
];
