import { simplicityOf } from './simplicity.ts';

export interface Shrinking<T> {
  /** Inputs to try in place of one, the boldest first. */
  simpler(input: object): Iterable<object>;
  /** What came of an input if it still fails in the same way. */
  stillFails(input: object): Promise<T | undefined>;
  /** How often the implementation may be asked. */
  readonly calls: number;
  /** A hard end, in milliseconds, for implementations that take seconds to answer. */
  readonly milliseconds: number;
}

/**
 * The simplest failing input that a greedy search finds: the first simpler one that still fails is taken, and the search goes on from
 * there. It ends because each one is strictly simpler than the one before, or when the calls are used up.
 */
export async function shrunk<T extends { readonly input: object }>(found: T, shrinking: Shrinking<T>): Promise<T> {
  const end = performance.now() + shrinking.milliseconds;
  let best = found;
  let simplicity = simplicityOf(best.input);
  let left = shrinking.calls;
  const next = async (): Promise<T | undefined> => {
    const tried = new Set<string>();
    for (const candidate of shrinking.simpler(best.input)) {
      const text = JSON.stringify(candidate);
      if (tried.has(text) || simplicityOf(candidate) >= simplicity) continue;
      tried.add(text);
      if (left === 0 || performance.now() > end) return undefined;
      left -= 1;
      const failure = await shrinking.stillFails(candidate);
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
  for (let better = await next(); better !== undefined; better = await next()) {
    best = better;
    simplicity = simplicityOf(best.input);
  }
  return best;
}
