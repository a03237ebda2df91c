import type { FloatFormat } from '../../operations/operation.ts';
import type { Obligation } from '../../operations/verdict/obligation.ts';
import type { Accepted } from './accepted.ts';
import type { Found } from './find.ts';
import { toJudgeToken } from './token.ts';

export type OperationVerdict = 'conforms' | 'differs' | 'broken' | 'unsupported';

/** Who was judged, as it described itself; empty texts where it did not. */
export interface Described {
  readonly name: string;
  readonly version: string;
  readonly precision: FloatFormat | '';
}

/** Stands for an operation where an implementation does not even say who it is. */
export const DESCRIBE = 'describe';

/** The token that repeats a finding; empty where there is no operation to repeat. */
export const tokenOf = (id: string, { trial }: Found): string =>
  id === DESCRIBE ? '' : toJudgeToken({ operation: id, input: trial.input });

export interface ReportedFinding extends Found {
  /** The entry of `--expected` that lists it. */
  readonly accepted?: Accepted;
}

export interface OperationReport {
  readonly id: string;
  readonly verdict: OperationVerdict;
  readonly calls: number;
  /** How many of them a *must* stood on. */
  readonly owed: number;
  readonly failed: Readonly<Record<Obligation, number>>;
  /** The furthest right answer, in units of its bound. */
  readonly furthest: number;
  readonly findings: readonly ReportedFinding[];
  /** Entries of `--expected` of which nothing was found any more. */
  readonly passed: readonly Accepted[];
  readonly abandoned: boolean;
}

export interface ImplementationReport {
  readonly implementation: Described;
  /** The command, as it was given. */
  readonly command: string;
  readonly operations: readonly OperationReport[];
  /** Operations that it offers and Lemmata does not know. */
  readonly unknown: readonly string[];
  readonly seconds: number;
}

/** Nothing that was asked for failed, and something was. */
export const isConforming = ({ operations }: ImplementationReport): boolean =>
  operations.some(({ verdict, calls }) => verdict === 'conforms' && calls > 0) &&
  operations.every(({ verdict }) => verdict === 'conforms' || verdict === 'unsupported');
