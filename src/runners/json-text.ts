/** JSON knows no NaN and no infinity: they travel as the strings "NaN", "Infinity", "-Infinity". */
const carried = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** One line without spaces. */
export const jsonLine = (value: unknown): string => JSON.stringify(value, carried);

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

/** For people: an array or object of scalars stays on one line, so that a matrix shows its rows. */
export function jsonForPeople(value: unknown, indent = ''): string {
  if (isScalar(value)) return JSON.stringify(carried('', value)) ?? 'null';
  const deeper = `${indent}  `;
  const isArray = Array.isArray(value);
  const entries = Object.entries(value as object).filter(([, item]) => item !== undefined);
  const shown = entries.map(
    ([key, item]) => `${isArray ? '' : `${JSON.stringify(key)}: `}${jsonForPeople(item, deeper)}`,
  );
  const [open, close] = isArray ? '[]' : '{}';
  const line = `${open}${shown.join(', ')}${close}`;
  const isFlat = entries.every(([, item]) => isScalar(item));
  if (isFlat && (isArray || line.length <= 80)) return line;
  return `${open}\n${shown.map((item) => deeper + item).join(',\n')}\n${indent}${close}`;
}
