/** Where a text stops being JSON, and what stands there. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  /** The word or character, or `the end`. */
  readonly found: string;
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const WORD = /[\w.+-]{1,40}/y;
const BLANK = ' \t\n\r';

/** The index after the string that begins at `from`, or, negated and minus one, the index of the fault in it. */
function afterString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const c = text.charAt(at);
    if (c === '"') return at + 1;
    if (c < ' ') return -at - 1;
    if (c !== '\\') continue;
    at += 1;
    if (text.charAt(at) === 'u' && /^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
    else if (at < text.length && !'"\\/bfnrt'.includes(text.charAt(at))) return -at - 1;
  }
  return -text.length - 1;
}

/** The index of the first character that cannot stand where it stands; the length where the text ends too early. */
function faultIndex(text: string): number {
  /** What closes the open arrays and objects, the innermost last. */
  const open: string[] = [];
  let expected: 'value' | 'value or close' | 'key' | 'key or close' | 'colon' | 'comma or close' = 'value';
  let at = 0;
  for (;;) {
    while (at < text.length && BLANK.includes(text.charAt(at))) at += 1;
    if (at >= text.length || (expected === 'comma or close' && open.length === 0)) return at;
    const c = text.charAt(at);
    if (expected.endsWith('close') && c === open.at(-1)) {
      open.pop();
      expected = 'comma or close';
      at += 1;
    } else if (expected === 'colon' || expected === 'comma or close') {
      if (c !== (expected === 'colon' ? ':' : ',')) return at;
      expected = expected === 'comma or close' && open.at(-1) === '}' ? 'key' : 'value';
      at += 1;
    } else if (c === '"') {
      const end = afterString(text, at);
      if (end < 0) return -end - 1;
      expected = expected.startsWith('key') ? 'colon' : 'comma or close';
      at = end;
    } else if (expected.startsWith('key')) {
      return at;
    } else if (c === '{' || c === '[') {
      open.push(c === '{' ? '}' : ']');
      expected = c === '{' ? 'key or close' : 'value or close';
      at += 1;
    } else {
      LITERAL.lastIndex = at;
      if (!LITERAL.test(text)) return at;
      expected = 'comma or close';
      at = LITERAL.lastIndex;
    }
  }
}

/** Why `JSON.parse` refuses this text: its own messages differ between versions of Node and quote the input. */
export function jsonFault(text: string): JsonFault {
  const at = faultIndex(text);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  WORD.lastIndex = at;
  const found = at >= text.length ? 'the end' : JSON.stringify(WORD.exec(text)?.[0] ?? text.charAt(at));
  return { line, column, found };
}
