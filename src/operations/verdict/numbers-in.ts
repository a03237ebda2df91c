/** A number of a JSON value, or null where a count is missing, with its place. */
export interface PlacedNumber {
  readonly place: string;
  readonly value: number | null;
}

/** Every number and null of a JSON value, in the order of its text. */
export function numbersIn(value: unknown, place = ''): readonly PlacedNumber[] {
  if (typeof value === 'number' || value === null) return [{ place, value }];
  if (Array.isArray(value)) return value.flatMap((item, at) => numbersIn(item, `${place}[${at}]`));
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => numbersIn(item, place === '' ? key : `${place}.${key}`));
}

/** The shape of a JSON value in words: arrays as their lengths, objects by their keys in order of the alphabet; scalars are alike. */
export function shapeOf(value: unknown): string {
  if (Array.isArray(value)) {
    const inner = value.map(shapeOf);
    const isUniform = inner.every((shape) => shape === inner[0]);
    if (!isUniform) return `[${inner.join(',')}]`;
    return `${value.length}${inner[0] === undefined || inner[0] === '' ? '' : `x${inner[0]}`}`;
  }
  if (value === null || typeof value !== 'object') return '';
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return fields.map(([key, item]) => (shapeOf(item) === '' ? key : `${key} ${shapeOf(item)}`)).join(', ');
}
