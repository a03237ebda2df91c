/** Where the string that begins at `from` ends: the index after its closing quote; the length where it stays open. */
function afterString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charAt(quote - 1 - backslashes) === '\\') backslashes += 1;
    // an odd number of them escapes the quote
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The spans `[from, to)` of a JSON text that no string covers, in order. */
export function* outsideStrings(text: string): Generator<readonly [from: number, to: number]> {
  let from = 0;
  while (from < text.length) {
    const quote = text.indexOf('"', from);
    const to = quote < 0 ? text.length : quote;
    yield [from, to];
    from = quote < 0 ? text.length : afterString(text, quote);
  }
}
