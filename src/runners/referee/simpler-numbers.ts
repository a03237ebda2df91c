/** Rougher versions of a number, the roughest first. */
const ROUGHER: readonly ((x: number) => number)[] = [
  () => 0,
  (x) => Math.sign(x),
  (x) => Math.round(x),
  (x) => Math.sign(x) * Math.ceil(Math.abs(x)),
  (x) => Number(x.toPrecision(1)),
  (x) => Number(x.toPrecision(2)),
  (x) => Number(x.toPrecision(4)),
  (x) => Math.abs(x),
];

const replaced = (value: unknown, change: (x: number, at: number) => number): unknown => {
  let at = 0;
  const visit = (item: unknown): unknown => {
    if (typeof item === 'number') {
      at += 1;
      return change(item, at - 1) + 0;
    }
    if (Array.isArray(item)) return item.map(visit);
    if (item === null || typeof item !== 'object') return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(value);
};

const count = (value: unknown): number =>
  typeof value === 'number'
    ? 1
    : value !== null && typeof value === 'object'
      ? Object.values(value).reduce<number>((sum, item) => sum + count(item), 0)
      : 0;

/** A JSON value with rougher numbers: all of them at once, then one after the other. */
export function* rougher(value: unknown): Generator<unknown> {
  for (const round of ROUGHER) yield replaced(value, round);
  const numbers = count(value);
  for (let at = 0; at < numbers; at += 1) {
    for (const round of ROUGHER) yield replaced(value, (x, i) => (i === at ? round(x) : x));
  }
}
