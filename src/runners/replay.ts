import { SUBJECTS, type SubjectId } from './subject.ts';

/** What repeats one instance alone: claim, subject, family, the family's seed, and the path that fast-check shrank along. */
export interface Replay {
  readonly claim: string;
  readonly subject: SubjectId;
  readonly family: string;
  readonly seed: number;
  readonly path: string;
}

export const toToken = (r: Replay): string => [r.claim, r.subject, r.family, r.seed, r.path].join('@');

/** @throws RangeError on text that `toToken` does not print. */
export function fromToken(token: string): Replay {
  const [claim, subject, family, seed, path, ...rest] = token.split('@');
  const known = SUBJECTS.find((s) => s === subject);
  if (
    !claim ||
    known === undefined ||
    !family ||
    !/^-?\d+$/.test(seed ?? '') ||
    !/^\d+(:\d+)*$/.test(path ?? '') ||
    rest.length > 0
  ) {
    throw new RangeError(`--replay: a token claim@subject@family@seed@path, got ${JSON.stringify(token)}`);
  }
  return { claim, subject: known, family, seed: Number(seed), path: path ?? '' };
}
