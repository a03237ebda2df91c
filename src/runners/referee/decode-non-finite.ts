const NON_FINITE: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** A JSON value with the strings "NaN", "Infinity" and "-Infinity", wherever a value stands in it, as the numbers that they mean. */
export function decodeNonFinite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeNonFinite);
  if (value === null || typeof value !== 'object') return NON_FINITE.get(value) ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decodeNonFinite(item)]));
}
