/** A leaf more always outweighs simpler numbers: no number is as long as this. */
const LEAF = 64;

/**
 * How hard an input is to read, as a count: every number, word and flag is one thing more, longer numerals are harder, 0 is the
 * easiest, 1 the next.
 */
export function simplicityOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + simplicityOf(item), 0);
  if (value !== null && typeof value === 'object') return simplicityOf(Object.values(value));
  if (typeof value !== 'number') return LEAF;
  return LEAF + (value === 0 ? 0 : value === 1 ? 1 : 1 + String(value).length);
}
