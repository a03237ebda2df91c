import { type Conversation, conversation } from './conversation.ts';
import { killQuietly } from './kill-quietly.ts';
import type { Launched } from './launch.ts';
import { killLeftovers } from './leftovers.ts';

/** A process with all that descends from it. */
export interface JudgedProcess {
  readonly talk: Conversation;
  /** Kills all of it, before it returns. */
  kill(): void;
  /** Says that no more comes, gives it the time to end by itself, and kills what is left. */
  dismiss(): Promise<void>;
  /** Waits for the end of a process that was killed. */
  end(): Promise<void>;
}

/**
 * What a well-behaved process has to leave by itself at the end of its input: five times the 0.2 s that a Python with torch
 * loaded takes on a core of its own.
 */
const GRACE_MILLISECONDS = 1000;

/** SIGKILL ends a process at once unless it waits in the kernel for a device: that is not waited for. */
const DEATH_MILLISECONDS = 1000;

export function judgedProcess({ child, pid }: Launched & { kind: 'running' }, marker: string): JudgedProcess {
  let hasEnded = false;
  const kill = (): void => {
    // the number of a group that has ended may be another's
    if (!hasEnded) killQuietly(process.platform === 'win32' ? pid : -pid);
    killLeftovers(marker);
  };
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      // what it leaves behind would hold the pipes
      kill();
      hasEnded = true;
      done();
    });
  });
  const endWithin = (milliseconds: number): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(done, milliseconds);
      void ended.then(() => {
        clearTimeout(timer);
        done();
      });
    });
  const talk = conversation(child, kill);
  return {
    talk,
    kill,
    end: () => endWithin(DEATH_MILLISECONDS),
    async dismiss() {
      child.stdin.end();
      await endWithin(GRACE_MILLISECONDS);
      talk.stop('was dismissed');
      await endWithin(DEATH_MILLISECONDS);
    },
  };
}
