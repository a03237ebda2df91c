type Vector = readonly unknown[];

/** Runs of indices to take away from an array of that length: halves first, then quarters, then single ones. */
export function* chunks(length: number): Generator<readonly [from: number, to: number]> {
  for (let size = Math.floor(length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < length; from += size) yield [from, Math.min(from + size, length)];
  }
}

/** The array without the indices from..to. */
export const without = <T>(items: readonly T[], [from, to]: readonly [number, number]): readonly T[] =>
  items.filter((_, at) => at < from || at >= to);

/**
 * A JSON value without the indices from..to of every axis of that length: entries of vectors, rows and columns of matrices. So a point, the
 * vectors and the square matrix that belong to it lose the same coordinates.
 */
export function withoutCoordinates(value: unknown, length: number, range: readonly [number, number]): unknown {
  if (Array.isArray(value)) {
    const inner = (value as Vector).map((item) => withoutCoordinates(item, length, range));
    return inner.length === length ? without(inner, range) : inner;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutCoordinates(item, length, range)]));
}

/** The lengths of all arrays in a JSON value, each once. */
export function lengthsIn(value: unknown): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (item: unknown): void => {
    if (Array.isArray(item)) found.add(item.length);
    if (item !== null && typeof item === 'object') Object.values(item).forEach(visit);
  };
  visit(value);
  return found;
}
