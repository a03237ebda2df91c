import type { Doubles, FloatFormat } from '../operations/operation.ts';
import type { OptimiserInput, OptimiserOperation } from '../operations/optimiser.ts';

/**
 * A known way to get an operation wrong, or to do it by another convention: an alternative reference.
 *
 * Where an implementation disagrees with the definition and agrees with one of these, the referee names it.
 */
interface KnownMistake {
  /** `<operation>-<what goes wrong>`, never reused. */
  readonly id: string;
  /** The operation whose definition it misses. */
  readonly operation: string;
  /** Wrong in every reading (bug), or what another library or paper means by the same name (convention). */
  readonly kind: 'bug' | 'convention';
  /** What the implementation does, to be read after its name: "applies Newton–Schulz to the gradient, not to the momentum". */
  readonly name: string;
  /** The place that it is known from: a library with its function, an issue, a paper with the locus. */
  readonly where: string;
  /** The precision of the computation, where that is not the declared one. */
  readonly precision?: FloatFormat;
  /** What it does to whoever trains with it, in one sentence. */
  readonly effect: string;
}

/** Whether an answer lies within what a mistaken computation may give; silent where nothing is guaranteed for that. */
export type Agreement = 'agrees' | 'disagrees' | 'silent';

/** A mistake in a function: what it answers instead, with the error bound of that. */
export interface FunctionMistake extends KnownMistake {
  /** A small input, in the domain of the operation, at which the answer is wrong by far more than the error bound of float64. */
  readonly witness: object;
  reference(input: never): unknown;
  /** Whether the answer is NaN or infinite throughout (a division 0/0, an overflow), where `reference` is not asked. */
  isNotFinite?(input: never): boolean;
  /** Where `reference` is one of many answers of that kind: whether another one, of the right shape, is of them too. */
  agreement?(input: never, output: never, format: FloatFormat): Agreement;
  /** As that of an operation: |computed - what `reference` would give exactly|, for every number of the output. */
  errorBound(input: never, format: FloatFormat): number;
}

/** A mistake in an optimiser: the run that it takes instead, in any number system, so that it comes with enclosures. */
export interface OptimiserMistake extends KnownMistake {
  readonly witness: Doubles<OptimiserInput>;
  readonly start: OptimiserOperation['start'];
  /** Whether parameter matrix `layer` is NaN or infinite throughout after step `step` (from 0), where the run does not count. */
  isNotFinite?(input: Doubles<OptimiserInput>, step: number, layer: number): boolean;
}

export type Mistake = FunctionMistake | OptimiserMistake;

/** Whether it is one of an optimiser. */
export const isOptimiserMistake = (mistake: Mistake): mistake is OptimiserMistake => 'start' in mistake;
