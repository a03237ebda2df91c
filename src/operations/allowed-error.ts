import type { FloatFormat } from './operation.ts';

/** What an operation, or a mistaken one, may be off by. */
export interface Bounded<I> {
  errorBound(input: I, format: FloatFormat): number | undefined;
}

/** What a stable algorithm in the format and our own reference in double precision may together be off by. */
export function allowedError<I>({ errorBound }: Bounded<I>, input: I, format: FloatFormat): number {
  const own = errorBound(input, 'float64') ?? 0;
  return own + (format === 'float64' ? own : (errorBound(input, format) ?? 0));
}
