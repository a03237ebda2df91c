const FIRST = 4;
const LONGEST_LIST = 8;
const LONGEST_TEXT = 40;

/** A JSON value on one line with long lists and long numbers cut, at most about `length` characters. */
export function abbreviated(value: unknown, length: number): string {
  const text = JSON.stringify(value) ?? 'none';
  if (text.length <= length) return text;
  const short = written(value);
  return short.length <= length ? short : `${short.slice(0, length)} …`;
}

function written(value: unknown): string {
  if (typeof value === 'string') {
    return value.length <= LONGEST_TEXT
      ? JSON.stringify(value)
      : `${JSON.stringify(value.slice(0, LONGEST_TEXT / 2)).slice(0, -1)}…${value.length} characters"`;
  }
  if (Array.isArray(value)) {
    const shown = value.length <= LONGEST_LIST ? value : value.slice(0, FIRST);
    const rest = value.length - shown.length;
    return `[${[...shown.map(written), ...(rest === 0 ? [] : [`… ${rest} more`])].join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}:${written(item)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'none';
}
