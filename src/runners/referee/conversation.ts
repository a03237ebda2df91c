import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { excerpt } from './excerpt.ts';
import { lineSplitter } from './line-splitter.ts';
import { stderrTail } from './stderr-tail.ts';
import { whenEnding } from './when-ending.ts';

/** How long an answer may take, and how much may be printed until it is complete. */
export interface Limits {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** One line in answer, or what the process did instead, in words that go on from "the process …". */
export type Heard =
  | { readonly kind: 'line'; readonly line: Buffer }
  | { readonly kind: 'broken'; readonly how: string };

/** A process that is sent a line and answers with a line, by turns. */
export interface Conversation {
  /** Sends the line before it returns, so that the process works while the caller does. */
  exchange(line: string, limits: Limits): Promise<Heard>;
  /** Ends the talk: whoever waits is told these words, and so is whoever asks again. */
  stop(how: string): void;
}

/** Before the first request blank lines alone are in order: as many as Node reads at once, 64 KiB. */
const UNASKED_BYTES = 2 ** 16;

/**
 * A time limit is waited for in this many slices. The caller computes while the process works, and then nothing is sent or
 * read: however long that takes, it costs the process one slice, so nine tenths of its time are its own.
 */
const SLICES = 10;

const size = (bytes: number): string => (bytes < 2 ** 20 ? `${bytes >> 10} KiB` : `${Math.round(bytes / 2 ** 20)} MiB`);

const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`;

/** The talk with a process; `kill` is called once, when it stops. */
export function conversation(child: ChildProcessWithoutNullStreams, kill: () => void): Conversation {
  const { stdin, stdout, stderr } = child;
  const { lastWords } = stderrTail(stderr);
  const lines = lineSplitter();
  let settleRequest: ((heard: Heard) => void) | undefined;
  let fault: string | undefined;
  let hasAnswered = false;
  let mayPrint = UNASKED_BYTES;
  /** Bytes on stdout since the last answer. */
  let received = 0;

  const stop = (how: string): void => {
    if (fault !== undefined) return;
    fault = how;
    kill();
    for (const stream of [stdin, stdout, stderr]) stream.destroy();
    settleRequest?.({ kind: 'broken', how });
  };

  /** Where in the talk something happens. */
  const moment = (): string => {
    const half = lines.unfinished();
    if (half.length > 0) return ` in the middle of a line, after ${excerpt(half)}`;
    if (settleRequest !== undefined) return ' before it answered';
    return hasAnswered ? ' after its last answer' : ' before it was asked';
  };

  whenEnding(child, (how) => {
    const words = lastWords();
    stop(`${how}${moment()}${words === undefined ? '' : `; on stderr: ${words}`}`);
  });

  stdout.on('data', (chunk: Buffer) => {
    received += chunk.length;
    const [line, second] = lines.add(chunk);
    if (line === undefined) {
      if (received > mayPrint)
        stop(`printed ${size(received)} without completing an answer: ${excerpt(lines.unfinished())}`);
    } else if (settleRequest === undefined) {
      stop(`printed a line without being asked: ${excerpt(line)}`);
    } else if (second !== undefined) {
      stop(`printed more than one line for one request: ${excerpt(line)}, ${excerpt(second)}`);
    } else {
      received = 0;
      hasAnswered = true;
      settleRequest({ kind: 'line', line });
    }
  });

  /** The words for a process that has run out of time. */
  const hung = (milliseconds: number): string => {
    const half = lines.unfinished();
    const printed = half.length > 0 ? ` but ${excerpt(half)}, without the end of the line` : '';
    const advice = half.length === 0 && !hasAnswered ? '; does it flush its answers?' : '';
    return `gave no answer within ${duration(milliseconds)}${printed}${advice}`;
  };

  const exchange = (text: string, { milliseconds, bytes }: Limits): Promise<Heard> =>
    new Promise((done) => {
      if (fault !== undefined) {
        done({ kind: 'broken', how: fault });
        return;
      }
      let left = SLICES;
      const watch = (): NodeJS.Timeout =>
        setTimeout(() => {
          // what arrived while this process was at work is looked at first
          setImmediate(() => {
            if (settleRequest !== settle) return;
            left -= 1;
            if (left > 0) timer = watch();
            else stop(hung(milliseconds));
          });
        }, milliseconds / SLICES);
      let timer = watch();
      const settle = (heard: Heard): void => {
        clearTimeout(timer);
        settleRequest = undefined;
        done(heard);
      };
      settleRequest = settle;
      mayPrint = bytes;
      received = 0;
      stdin.write(text);
    });

  return { exchange, stop };
}
