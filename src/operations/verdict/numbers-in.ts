/** Where a number stands in a JSON value; changed in place while that is walked. */
export type Path = readonly (string | number)[];

/** `gradients[0][1]`, `function.kind`. */
export const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : place === '' ? String(key) : `${place}.${String(key)}`,
    '',
  );

/**
 * Visits every number and null of a JSON value, in the order of its text, together with what stands at the same place of another one
 * (undefined where there is nothing).
 */
export function forEachPair(
  value: unknown,
  other: unknown,
  visit: (x: number | null, y: unknown, path: Path) => void,
): void {
  const path: (string | number)[] = [];
  const walk = (x: unknown, y: unknown): void => {
    if (typeof x === 'number' || x === null) visit(x, y, path);
    else if (Array.isArray(x)) {
      for (let at = 0; at < x.length; at += 1) {
        path.push(at);
        walk(x[at], Array.isArray(y) ? y[at] : undefined);
        path.pop();
      }
    } else if (typeof x === 'object') {
      for (const [key, item] of Object.entries(x)) {
        path.push(key);
        walk(item, y !== null && typeof y === 'object' ? (y as Record<string, unknown>)[key] : undefined);
        path.pop();
      }
    }
  };
  walk(value, other);
}

/** Whether something holds for every number and null of a JSON value. */
export function everyNumber(value: unknown, holds: (x: number | null) => boolean): boolean {
  if (typeof value === 'number' || value === null) return holds(value);
  if (Array.isArray(value)) return value.every((item) => everyNumber(item, holds));
  return typeof value !== 'object' || Object.values(value).every((item) => everyNumber(item, holds));
}

/** A number of a JSON value, or null where a count is missing, with its place. */
export interface PlacedNumber {
  readonly place: string;
  readonly value: number | null;
}

/** Every number and null of a JSON value, in the order of its text. */
export function numbersIn(value: unknown): readonly PlacedNumber[] {
  const found: PlacedNumber[] = [];
  forEachPair(value, undefined, (x, _, path) => found.push({ place: placeOf(path), value: x }));
  return found;
}

/** The shape of a JSON value in words: arrays as their lengths, objects by their keys in order of the alphabet; scalars are alike. */
export function shapeOf(value: unknown): string {
  if (Array.isArray(value)) {
    const [first, ...rest] = value;
    const inner = value.length === 0 ? '' : shapeOf(first);
    const isUniform =
      inner === '' ? rest.every((item) => !isArrayOrObject(item)) : rest.every((item) => shapeOf(item) === inner);
    if (!isUniform) return `[${value.map(shapeOf).join(',')}]`;
    return `${value.length}${inner === '' ? '' : `x${inner}`}`;
  }
  if (!isArrayOrObject(value)) return '';
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return fields.map(([key, item]) => (isArrayOrObject(item) ? `${key} ${shapeOf(item)}` : key)).join(', ');
}

const isArrayOrObject = (value: unknown): value is object => value !== null && typeof value === 'object';
