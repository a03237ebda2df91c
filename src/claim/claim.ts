import type { Arbitrary } from 'fast-check';
import type { AnyOperation } from '../operations/operation.ts';
import type { Answer, Call } from './ask.ts';
import type { Certificate } from './certificate.ts';
import type { Enclosure } from './enclosure.ts';

export type Role = 'generic' | 'degenerate' | 'adversarial' | 'extremal';

/** A named source of instances: drawn by fast-check, or a finite list that runs once through. */
export type Family<I> = { readonly id: string; readonly role: Role } & (
  | { readonly arbitrary: Arbitrary<I> }
  | { readonly instances: readonly I[] }
);

export interface Assumption<I> {
  readonly id: string;
  readonly text: string;
  holds(instance: I): boolean;
}

/** One inequality lhs <= rhs of the proof, checked on the same observation as the claim; the gap is its slack. */
export interface Step<I, O> {
  readonly id: string;
  readonly text: string;
  lhs(instance: I, observed: O): Enclosure;
  rhs(instance: I, observed: O): Enclosure;
}

export type Mutation = 'dropped-assumption' | 'sharpened-constant' | 'as-printed' | 'broken-subject';

/** A false neighbour of the claim. If it survives, the check has no teeth. */
export interface Control<I, O> {
  readonly id: string;
  readonly mutation: Mutation;
  /** The false belief, in words, as a heading: "Any gamma > 0 suffices". */
  readonly belief: string;
  /** Id of the assumption that is dropped. */
  readonly drops?: string;
  /** The mutant must be violated here, with margin. */
  readonly witness: I;
  mutate(claim: Claim<I, O>): Claim<I, O>;
}

export type Relation = 'at-most' | 'at-least' | 'equals';
export type Printed = 'holds' | 'corrected' | 'false' | 'not-printed';

export interface Source {
  readonly paper: string;
  readonly locus: string;
  readonly arxiv?: string;
  /** How the printed statement fared. */
  readonly printed: Printed;
  /** What the print got wrong, and under which reading. */
  readonly erratum?: string;
}

export type Exactness =
  | { readonly level: 'algebraic-proof'; certify(): Certificate }
  | { readonly level: 'exact-instance' | 'float64-certified' }
  | { readonly level: 'statistical'; readonly samples: number; readonly falseAlarm: number };

export interface Tightness<I, O> {
  readonly supremum: number | 'unknown';
  /** The ratio that `family` must reach, else the run fails: the guard against empty passes. */
  readonly floor: number;
  readonly family: string;
  /** Overrides left / right (at-most) or right / left (at-least). */
  ratio?(instance: I, observed: O): Enclosure;
}

/**
 * A theorem as a value that can be refuted.
 *
 * Instances are plain JSON; a real number in them is a double or a fraction string. Functions are declared as methods so
 * that a list of `Claim<never, unknown>` holds all claims without `any`.
 */
export interface Claim<I, O> {
  /** <method>-<conclusion>[-of-<hypothesis>], never reused. */
  readonly id: string;
  /** LaTeX, every quantifier and constant. */
  readonly statement: string;
  readonly source: Source;
  readonly assumptions: readonly Assumption<I>[];
  readonly families: readonly [Family<I>, ...Family<I>[]];
  /** What it calls; none for a pure statement. */
  readonly operations: readonly AnyOperation[];
  observe(instance: I): Generator<Call, O, Answer<unknown>>;
  readonly relation: Relation;
  measure(instance: I, observed: O): Enclosure;
  /** Never sees the observation. */
  bound(instance: I): Enclosure;
  readonly proof?: readonly Step<I, O>[];
  readonly exactness: Exactness;
  readonly tightness: Tightness<I, O>;
  readonly controls: readonly [Control<I, O>, Control<I, O>, ...Control<I, O>[]];
}

export type AnyClaim = Claim<never, unknown>;
