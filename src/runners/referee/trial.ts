import type { Answered } from '../../mistakes/agreement.ts';
import type { Miss } from '../../operations/verdict/miss.ts';
import type { Obligation } from '../../operations/verdict/obligation.ts';
import type { NoAnswer } from './reply-fields.ts';

/** One input, what came back, and what that is worth. */
export interface Trial {
  /** Up to the step that went wrong. */
  readonly input: object;
  readonly obligation: Obligation;
  readonly outcome: Outcome;
  /** All that was asked and answered, beyond a wrong step too: mistakes that begin alike part later. */
  readonly whole: { readonly input: object; readonly answered: Answered };
}

export type Outcome = Right | Wrong | Broken;

/** Every number is within what its bound allows. */
export interface Right {
  readonly kind: 'right';
  readonly distance: number;
}

/** A number is not, or the implementation refuses. */
export interface Wrong {
  readonly kind: 'wrong';
  /** The output of a function; `{step, parameters}` of an optimiser, steps counted from 1. */
  readonly expected: object;
  /** The same that came back, or `{error}`. */
  readonly got: object;
  readonly miss: Miss;
}

/** The process died, hung, flooded stdout or answered what is no answer. */
export interface Broken {
  readonly kind: 'broken';
  readonly how: string;
  readonly expected: object;
}

/** A wrong answer of which no number can be compared. */
export const incomparable = (place: string): Miss => ({
  place,
  expected: Number.NaN,
  got: Number.NaN,
  bound: 0,
  distance: Number.POSITIVE_INFINITY,
});

/** What is said of a request without an answer: a refusal counts like a wrong value. */
export const withoutAnswer = ({ kind, reason }: NoAnswer, expected: object, refused: object = {}): Wrong | Broken =>
  kind === 'broken'
    ? { kind: 'broken', how: reason, expected }
    : { kind: 'wrong', expected, got: { ...refused, error: reason }, miss: incomparable('error') };
