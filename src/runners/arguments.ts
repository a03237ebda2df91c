import type { Precision } from '../operations/operation.ts';
import { SUBJECTS, type SubjectId } from './subject.ts';
import { got, UsageError } from './usage-error.ts';

const MOST_RUNS = 1_000_000_000;

/** `--runs`: 1 to 1e9, also written as 1e6. */
export function parseRuns(text: string): number {
  const runs = /^\d+(e\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isInteger(runs) && runs >= 1 && runs <= MOST_RUNS) return runs;
  throw new UsageError(`--runs: required an integer from 1 to ${MOST_RUNS}, got ${got(text)}`);
}

/** `--seed`: an integer that a double holds exactly. */
export function parseSeed(text: string): number {
  const seed = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new UsageError(`--seed: required an integer of at most 2^53 - 1 in magnitude, got ${got(text)}`);
}

const UNITS = { ms: 1, s: 1000, m: 60_000 } as const;
const LONGEST_TIME = 24 * 60 * UNITS.m;

/** A time such as 500ms, 30s or 2m, in milliseconds. */
const timeParser =
  (option: string) =>
  (text: string): number => {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
    const time = Number(amount) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN);
    if (time > 0 && time <= LONGEST_TIME) return time;
    throw new UsageError(`${option}: required a time such as 500ms, 30s or 2m, at most a day, got ${got(text)}`);
  };

export const parseBudget = timeParser('--budget');
export const parseTimeout = timeParser('--timeout');

const LARGEST_SIZE = 512;

/** `--size`: the most rows and columns of a matrix, 1 to 512. */
export function parseSize(text: string): number {
  const size = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (size >= 1 && size <= LARGEST_SIZE) return size;
  throw new UsageError(`--size: required an integer from 1 to ${LARGEST_SIZE}, got ${got(text)}`);
}

/** One of a few words. */
function parseWord<T extends string>(option: string, words: readonly T[], text: string): T {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`${option}: required one of ${words.join(', ')}, got ${got(text)}`);
}

export const parseSubject = (text: string): SubjectId | 'all' =>
  parseWord<SubjectId | 'all'>('--subject', [...SUBJECTS, 'all'], text);

export const parsePrecision = (text: string): Precision =>
  parseWord<Precision>('--precision', ['exact', 'float64', 'float32', 'gpu'], text);
