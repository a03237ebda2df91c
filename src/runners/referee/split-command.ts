import { got, UsageError } from '../usage-error.ts';
import type { Command } from './launch.ts';

/**
 * One piece of a word (POSIX.1-2024, XCU 2.2): an escaped character (an escaped line end is none at all), text in single
 * quotes, text in double quotes, plain text; or the blank between two words.
 */
const PIECE = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"|([^ \t\n\\'"]+)|[ \t\n]+/gsy;

/** Between double quotes a backslash escapes these alone, and stays a character before any other (XCU 2.2.3). */
const ESCAPED_IN_DOUBLE_QUOTES = /\\(?:([$`"\\])|\n)/g;

/**
 * The words of a command by POSIX quoting, and by nothing else: no shell sees it, so `$`, `*`, `~`, `|`, `>`, `;` and `#`
 * are characters like any other, and a line end is a blank.
 *
 * @throws UsageError where there is no word, a quote stays open, a backslash ends the text, or a word holds the NUL that ends one.
 */
export function splitCommand(text: string): Command {
  const refuse = (required: string): never => {
    throw new UsageError(`--exec: required ${required}, got ${got(text)}`);
  };
  if (text.includes('\0')) refuse('a command without NUL characters');
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const [piece, escaped, single, double, plain] of text.matchAll(PIECE)) {
    end += piece.length;
    if (escaped === '\n') continue;
    const part = escaped ?? single ?? double?.replace(ESCAPED_IN_DOUBLE_QUOTES, '$1') ?? plain;
    if (part !== undefined) {
      word = (word ?? '') + part;
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end < text.length) refuse(text.charAt(end) === '\\' ? 'a character after the last backslash' : 'a closing quote');
  if (word !== undefined) words.push(word);
  const [first, ...others] = words;
  // an empty first word names no program either
  if (first === undefined || first === '') return refuse('a command');
  return [first, ...others];
}
