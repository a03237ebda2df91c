import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/**
 * The end of a pipe, the death of the process and its last words come by different ways and in any order, but the kernel
 * has all of them by the time that it shows the first: they are read within a few turns of the event loop, of which
 * this is some hundred. More is not waited for, since a pipe stays open as long as any descendant holds it.
 */
const SETTLING_MILLISECONDS = 100;

/** In the order of what they explain: a process that has died has closed its pipes too. */
interface Signs {
  death?: string;
  stdout?: string;
  stdin?: string;
}

/** Tells once, in words that go on from "the process …", that a process has come to its end or to the end of its talking. */
export function whenEnding(child: ChildProcessWithoutNullStreams, tell: (how: string) => void): void {
  const signs: Signs = {};
  let isSettled = false;
  const settle = (): void => {
    const how = signs.death ?? signs.stdout ?? signs.stdin;
    if (isSettled || how === undefined) return;
    isSettled = true;
    tell(how);
  };
  const notice = (sign: Signs): void => {
    const isFirst = Object.keys(signs).length === 0;
    Object.assign(signs, sign);
    // a timer that fires late proves nothing before the event loop has looked once more at what has arrived
    if (isFirst) setTimeout(() => setImmediate(settle), SETTLING_MILLISECONDS);
  };
  child.once('exit', (code, signal) =>
    notice({ death: code === null ? `was ended by ${signal}` : `exited with code ${code}` }),
  );
  // it has died and every pipe is read to its end: there is no more to hear
  child.once('close', settle);
  child.stdout.once('close', () => notice({ stdout: 'closed its stdout' }));
  child.stdout.on('error', () => notice({ stdout: 'closed its stdout' }));
  child.stdin.on('error', () => notice({ stdin: 'closed its stdin' }));
}
