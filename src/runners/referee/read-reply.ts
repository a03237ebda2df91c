import { isUtf8 } from 'node:buffer';
import { jsonFault } from '../json-fault.ts';
import { got } from '../usage-error.ts';
import { decodeNonFinite } from './decode-non-finite.ts';
import { excerpt, shortened } from './excerpt.ts';
import { outsideStrings } from './outside-strings.ts';
import type { Reply } from './peer.ts';
import { quoteNonFinite } from './quote-non-finite.ts';

/** The fields of an answer that hold numbers; the others (`name`, `handle`, `operations`, …) are text, and "NaN" is a name there. */
const NUMERIC_FIELDS: ReadonlySet<string> = new Set(['output', 'parameters']);

/** As deep as an input may nest (`assertRawNumbers`); the deepest output, a trajectory of lists of matrices, nests 6 levels. */
const DEEPEST = 32;

/** A refusal is shown in the findings, where a paragraph of a few lines is enough. */
const LONGEST_REASON = 300;

const BRACKET = /[[\]{}]/g;

const broken = (how: string): Reply => ({ kind: 'broken', how });

/** Whether arrays and objects nest deeper than any answer: such a text is not parsed, which would take memory without end. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [from, to] of outsideStrings(text)) {
    for (const [bracket] of text.slice(from, to).matchAll(BRACKET)) {
      depth += bracket === '[' || bracket === '{' ? 1 : -1;
      if (depth > DEEPEST) return true;
    }
  }
  return false;
}

/** The value of a JSON text, in which NaN and the infinities may stand bare; a `Reply` where it is none. */
function parsed(text: string, line: Buffer): { readonly value: unknown } | Reply {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const quoted = quoteNonFinite(text);
    try {
      return { value: JSON.parse(quoted) };
    } catch {
      return broken(`answered what is no JSON (at ${jsonFault(quoted).found}): ${excerpt(line)}`);
    }
  }
}

/** What a line says in answer to the request `id`. */
export function readReply(line: Buffer, id: number): Reply {
  if (!isUtf8(line)) return broken(`answered bytes that are not UTF-8: ${excerpt(line)}`);
  const text = line.toString('utf8');
  if (isTooDeep(text)) return broken(`answered what nests deeper than ${DEEPEST} levels: ${excerpt(line)}`);
  const result = parsed(text, line);
  if ('kind' in result) return result;
  const { value } = result;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return broken(`answered ${got(value)} where an object was required`);
  }
  const message = value as Readonly<Record<string, unknown>>;
  if (message.id !== id) {
    const answered = Object.hasOwn(message, 'id') ? `id ${got(message.id)}` : 'without an id';
    return broken(`answered ${answered} where ${id} was asked: ${excerpt(line)}`);
  }
  if (Object.hasOwn(message, 'error')) {
    const { error } = message;
    if (typeof error === 'string') return { kind: 'refused', reason: shortened(error, LONGEST_REASON) };
    return broken(`answered an error that is no text but ${got(error)}`);
  }
  const decoded = Object.entries(message).map(([key, item]) => [
    key,
    NUMERIC_FIELDS.has(key) ? decodeNonFinite(item) : item,
  ]);
  return { kind: 'answer', message: Object.fromEntries(decoded) };
}
