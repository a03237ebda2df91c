/**
 * The integers k with |k| <= most of a seed: mulberry32 (T. Ettinger), two of its 32-bit words for each, for arrays too
 * long for fast-check to draw and to shrink one by one. A most of up to 2^53 - 1.
 */
export function seededIntegers(seed: number, count: number, most: number): readonly number[] {
  let state = seed | 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return Array.from({ length: count }, () => {
    const fraction = (word() + word() * 2 ** -32) * 2 ** -32;
    const size = Math.floor(fraction * (most + 1));
    return word() % 2 === 0 ? size : 0 - size;
  });
}
