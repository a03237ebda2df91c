import type { FloatFormat } from '../../operations/operation.ts';
import type { Obligation } from '../../operations/verdict/obligation.ts';

/** One test vector: an input, what the definition gives there, and how far each precision may be off. */
export interface Vector {
  /** Never reused in this file. */
  readonly id: number;
  readonly comment: string;
  /** Keys of the file's `notes`. */
  readonly flags: readonly string[];
  readonly obligation: Readonly<Record<FloatFormat, Obligation>>;
  readonly input: object;
  readonly output: object;
  /** What a stable computation may be off by from `output` in any entry, our own error included. */
  readonly errorBound: Readonly<Record<FloatFormat, number | 'Infinity'>>;
}

/** What a flag hunts. */
export interface Note {
  readonly bugClass: string;
  readonly effect: string;
  readonly links: readonly string[];
}

/** How an output is compared: entry by entry, or, where it is not unique, by the quantities that define it. */
export type Comparison = 'entries' | 'defining-quantities';

/** The test vectors of one operation. */
export interface VectorFile {
  readonly generated: string;
  readonly schema: 'vectors.v1';
  readonly operation: string;
  readonly kind: 'function' | 'optimiser';
  readonly summary: string;
  readonly compare: Comparison;
  readonly numberOfVectors: number;
  readonly notes: Readonly<Record<string, Note>>;
  readonly vectors: readonly Vector[];
}

export const vectorFileName = (operation: string): string => `${operation}.v1.json`;
