import { randomUUID } from 'node:crypto';
import { jsonLine } from '../json-text.ts';
import { got, UsageError } from '../usage-error.ts';
import { type JudgedProcess, judgedProcess } from './judged-process.ts';
import { type Command, launch } from './launch.ts';
import type { Peer, Reply } from './peer.ts';
import { readReply } from './read-reply.ts';

/** A process that answers the protocol: one JSON object a line on stdin, one a line on stdout. */
export interface ProcessPeer extends Peer {
  /** Starts the process where none runs. @throws UsageError where the system cannot start the command. */
  started(): Promise<void>;
  /**
   * Kills the process and all that it left behind, before it returns. It is called when our own process exits, by
   * `process.exit` too; a signal that ends us without that (SIGINT, SIGTERM, SIGHUP unheard) needs a handler that exits.
   */
  killNow(): void;
}

export interface ProcessPeerOptions {
  /** For each request; the first one to a fresh process includes its start. */
  readonly timeoutMilliseconds: number;
}

/** The longest that a timer of Node waits: a signed 32-bit count of milliseconds. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * How much may be printed for one answer. A number takes 26 bytes at most (`-2.2250738585072014e-308, `) and 2 at least (`0,`),
 * so an answer with as many numbers as its request stays below 16 times its length; one with more (a list of points or of
 * coefficients for a count of steps) has 16 MiB, room for 600,000 numbers.
 */
const replyBytes = (request: string): number => 16 * Math.max(2 ** 20, request.length);

const broken = (how: string): Reply => ({ kind: 'broken', how });

/**
 * Starts the command at the first request, and afresh after each `broken`. Finite numbers are sent in the shortest form that
 * reads back as the same double, which has 17 significant digits at most; the others as the strings of the protocol.
 *
 * @throws RangeError where the time limit is not one that a timer can keep.
 */
export function processPeer(command: Command, { timeoutMilliseconds }: ProcessPeerOptions): ProcessPeer {
  if (!(timeoutMilliseconds > 0 && timeoutMilliseconds <= LONGEST_TIMEOUT)) {
    throw new RangeError(`processPeer: 0 < timeoutMilliseconds <= ${LONGEST_TIMEOUT}, got ${timeoutMilliseconds}`);
  }
  // it tells our processes from those of another run and decides nothing else, so it needs no seed
  const marker = randomUUID();
  let running: JudgedProcess | undefined;
  let isWaiting = false;
  let generation = 0;
  let id = 0;

  const killNow = (): void => running?.kill();

  /** Undefined where it runs, or why it does not. */
  const start = (): Promise<string> | undefined => {
    if (running !== undefined) return undefined;
    const launched = launch(command, marker);
    if (launched.kind === 'failed') return launched.reason;
    running = judgedProcess(launched, marker);
    process.on('exit', killNow);
    return undefined;
  };

  /** The process that runs is done with; the next request starts another. */
  const part = async (leave: (judged: JudgedProcess) => Promise<void>): Promise<void> => {
    const leaving = running;
    if (leaving === undefined) return;
    generation += 1;
    await leave(leaving);
    if (running !== leaving) return;
    running = undefined;
    process.off('exit', killNow);
  };

  const answer = async (request: string): Promise<Reply> => {
    const failure = start();
    if (running === undefined) return broken(`could not be started (${await failure})`);
    const { talk } = running;
    const limits = { milliseconds: timeoutMilliseconds, bytes: replyBytes(request) };
    const heard = await talk.exchange(request, limits);
    const reply = heard.kind === 'line' ? readReply(heard.line, id) : heard;
    if (reply.kind !== 'broken') return reply;
    talk.stop(reply.how);
    await part(({ end }) => end());
    return reply;
  };

  return {
    get generation() {
      return generation;
    },
    async started() {
      const reason = await start();
      if (reason === undefined) return;
      throw new UsageError(`--exec: required a command that can be started, got ${got(command[0])} (${reason})`);
    },
    async ask(request) {
      if (isWaiting)
        throw new RangeError('processPeer: required one request at a time, got one before the last answer');
      isWaiting = true;
      id += 1;
      try {
        return await answer(`${jsonLine({ id, ...request })}\n`);
      } finally {
        isWaiting = false;
      }
    },
    close: () => part(({ dismiss }) => dismiss()),
    killNow,
  };
}
