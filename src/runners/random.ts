/** Numbers that look random and follow from a seed alone (Marsaglia's xorshift32 behind a Weyl sequence). */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** An integer in [0, count). */
  below(count: number): number;
  /** Roughly normal: the sum of twelve uniform numbers has variance 1, and needs no function that engines round differently. */
  normal(): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

export function randomFrom(seed: number): Random {
  let state = seed | 0 || 0x9e3779b9;
  let weyl = 0;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    weyl = (weyl + 0x61c88647) | 0;
    return ((state + weyl) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(uniform() * count);
  return {
    uniform,
    below,
    normal: () => Array.from({ length: 12 }, uniform).reduce((sum, u) => sum + u, -6),
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}
