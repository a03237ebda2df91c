/** What the user gave cannot be worked with: one line that names the place, what was required and what was got; exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Text on one line: every run of white space and control characters becomes a blank. */
export const onOneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();

/** What was got, short enough for one line. */
export function got(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && !Number.isFinite(value)) return `${value}`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of length ${value.length}`;
  if (value !== null && typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 56)}…`;
}

/** The reason of a failed system call without its arguments: `ENOSPC: no space left on device`. */
export function systemReason(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined;
  return onOneLine(error.message.split(', ')[0] ?? error.message);
}
