import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { getSystemErrorMap } from 'node:util';
import { onOneLine } from '../usage-error.ts';
import { MARKER_VARIABLE } from './leftovers.ts';

/** The words of a command: the program, then its arguments. */
export type Command = readonly [string, ...string[]];

/** A process that runs, or why there is none. */
export type Launched =
  | { readonly kind: 'running'; readonly child: ChildProcessWithoutNullStreams; readonly pid: number }
  | { readonly kind: 'failed'; readonly reason: Promise<string> };

/** `ENOENT: no such file or directory`, whatever the system call. */
function reasonOf(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  const [code, words] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? [];
  return code === undefined ? onOneLine(message) : `${code}: ${words}`;
}

/**
 * Starts a command without a shell, with pipes for its three streams, in a session of its own (not on Windows, which has
 * none): it can be killed with its process group, and Ctrl-C at a terminal reaches us alone.
 */
export function launch([program, ...words]: Command, marker: string): Launched {
  try {
    const child = spawn(program, words, {
      detached: process.platform !== 'win32',
      env: { ...process.env, [MARKER_VARIABLE]: marker },
      stdio: 'pipe',
      windowsHide: true,
    });
    const { pid } = child;
    if (pid !== undefined) {
      // a signal that cannot be sent is told here too; whether the process ends is told by `exit`
      child.on('error', () => undefined);
      return { kind: 'running', child, pid };
    }
    return { kind: 'failed', reason: once(child, 'error').then(([error]) => reasonOf(error)) };
  } catch (error) {
    // Node throws what it does not expect of a program that cannot be started, such as ENOTDIR or E2BIG
    return { kind: 'failed', reason: Promise.resolve(reasonOf(error)) };
  }
}
