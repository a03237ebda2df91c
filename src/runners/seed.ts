/** The seed of a run where none is given; printed with every result. */
export const DEFAULT_SEED = 20260101;

/** A 32-bit seed of its own for each family of each claim (FNV-1a of the run's seed and the names). */
export function derivedSeed(seed: number, ...names: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const character of [seed, ...names].join('/')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash | 0;
}
