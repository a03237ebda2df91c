import { outsideStrings } from './outside-strings.ts';

const BARE = /\bNaN\b|-?\bInfinity\b/g;

/** A JSON text with the bare `NaN`, `Infinity` and `-Infinity` of Python's json as the strings that the protocol has for them. */
export function quoteNonFinite(text: string): string {
  let quoted = '';
  let at = 0;
  for (const [from, to] of outsideStrings(text)) {
    quoted += text.slice(at, from) + text.slice(from, to).replace(BARE, '"$&"');
    at = to;
  }
  return quoted + text.slice(at);
}
