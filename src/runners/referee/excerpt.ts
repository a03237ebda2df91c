import { onOneLine } from '../usage-error.ts';

/** As many characters as `got` shows of a value: a finding stays one line on a terminal. */
const SHOWN = 60;

/** Foreign text, cut to `longest` characters, on one line and without what would command a terminal. */
export const shortened = (text: string, longest: number): string =>
  text.length <= longest ? onOneLine(text) : `${onOneLine(text.slice(0, longest - 1))}…`;

/** How the bytes that a process printed begin, in backticks; what is no UTF-8 shows as �. */
export function excerpt(bytes: Buffer): string {
  // a character takes 4 bytes at most, and one more than is shown tells that there is more
  const text = bytes.subarray(0, 4 * (SHOWN + 1)).toString('utf8');
  return `\`${shortened(text, SHOWN)}\``;
}
