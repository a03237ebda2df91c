import type { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';
import type { Defect } from './defect.ts';

/** The same JSON shape with every fraction string replaced by a double. */
export type Doubles<T> = unknown extends T
  ? unknown
  : Numeric extends T
    ? number
    : T extends readonly (infer U)[]
      ? readonly Doubles<U>[]
      : T extends object
        ? { readonly [K in keyof T]: Doubles<T[K]> }
        : T;

/** The arithmetic of an answer. */
export type Precision = 'exact' | 'float64' | 'float32' | 'gpu';

/** The arithmetic that a foreign implementation declares, and for which error bounds are derived. */
export type FloatFormat = 'float64' | 'float32' | 'bfloat16';

/** From the finest to the coarsest. */
export const FLOAT_FORMATS: readonly FloatFormat[] = ['float64', 'float32', 'bfloat16'];

/** What the exact form returns for an input whose exact result is irrational: the reason in words. */
export class Declined {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** An operation of which only the names are known: every `Operation` is one, so that a list can hold all of them. */
export interface AnyOperation {
  readonly id: string;
  readonly kind: 'function' | 'optimiser';
  /** One sentence: what is computed, with the formula. */
  readonly summary: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** The hyperparameters of an optimiser with their defaults; null where one is required. */
  readonly hyperparameters?: Readonly<Record<string, unknown>>;
  exact?(input: never): unknown;
  reference(input: never): unknown;
  float32?(input: never): unknown;
  gpu?(input: never): Promise<unknown>;
  errorBound(input: never, format: FloatFormat): number | undefined;
  defects?(input: never, output: never, format: FloatFormat): readonly Defect[];
}

/**
 * One thing that an implementation can be asked for.
 *
 * I and O are the JSON shapes of `input` and `output`; a real number in them is a `Numeric` (a double or a fraction
 * string), a count is a plain `number`. The exact form reads rationals and answers in fraction strings; the others get
 * and give doubles.
 */
export interface Operation<I, O> extends AnyOperation {
  /** Exact rationals in, exact rationals out; `Declined` where the result is irrational or exactness is not offered. */
  exact?(input: I): O | Declined;
  reference(input: Doubles<I>): Doubles<O>;
  /** Every arithmetic operation rounded to float32 (Math.fround). */
  float32?(input: Doubles<I>): Doubles<O>;
  /** The gpu.js twin; `Declined` for inputs that it does not cover. */
  gpu?(input: Doubles<I>): Promise<Doubles<O> | Declined>;
  /**
   * A bound on |computed - exact| for every number of the output, for a backward-stable algorithm in the given format
   * with its inputs rounded to it; Infinity where conditioning leaves nothing guaranteed; undefined where every output is
   * an enclosure.
   */
  errorBound(input: Doubles<I>, format: FloatFormat): number | undefined;
  /**
   * Where the output is not unique: the quantities that define it, in place of its entries. The output holds doubles, in the
   * same shape as that of the reference.
   */
  defects?(input: Doubles<I>, output: Doubles<O>, format: FloatFormat): readonly Defect[];
}
