import type { Readable } from 'node:stream';
import { shortened } from './excerpt.ts';

/** A page of a terminal, 24 lines of 80 characters, holds the end of a traceback; twice that, in bytes, whatever the script. */
const KEPT = 2 * 24 * 80;

/** Twice the line of a terminal: room for a message with a path in it. */
const LONGEST_LINE = 160;

/** The line of a traceback that names what happened, in Python, Node, Rust, Java and C: it stands at the margin. */
const NAMES_AN_ERROR = /^\S.*(?:error|exception|panicked|fault|fatal|abort|killed)/i;

/** Reads stderr to its end, however much that is, so that its writer never waits, and keeps the last page of it. */
export function stderrTail(stderr: Readable): { lastWords(): string | undefined } {
  let tail = Buffer.alloc(0);
  stderr.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk.subarray(-KEPT)]).subarray(-KEPT);
  });
  return {
    /** The last line that names an error, or else the last one: after an uncaught error Node prints its own version. */
    lastWords() {
      const lines = tail
        .toString('utf8')
        .split(/[\r\n]+/)
        .filter((line) => line.trim() !== '');
      const line = lines.findLast((candidate) => NAMES_AN_ERROR.test(candidate)) ?? lines.at(-1);
      return line === undefined ? undefined : shortened(line.trim(), LONGEST_LINE);
    },
  };
}
