import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from '../../../src/runners/referee/launch.ts';
import type { Reply } from '../../../src/runners/referee/peer.ts';
import { type ProcessPeer, processPeer } from '../../../src/runners/referee/process-peer.ts';

const SCRIPT = resolve(import.meta.dirname, 'process.mjs');

/** A peer whose processes can be told from all others, whatever the peer does to tell them. */
export interface Judged {
  readonly peer: ProcessPeer;
  /** Asks for an operation of `process.mjs`. */
  ask(operation: string, input?: unknown): Promise<Reply>;
  /** What runs of it, descendants included: the numbers of the processes. Empty where the system has no /proc. */
  survivors(): readonly string[];
}

const VARIABLE = 'HOSTILE_PROCESS';

function environment(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/** Whether a process has not ended, by /proc; one that waits for its parent to hear of its end has. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function processIds(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** The command of `process.mjs`, marked in its environment, and what runs of it. */
export function hostileCommand(args: readonly string[] = []): {
  readonly command: Command;
  survivors(): readonly string[];
} {
  const tag = `${VARIABLE}=${randomUUID()}`;
  return {
    command: ['env', tag, process.execPath, SCRIPT, ...args],
    survivors: () => processIds().filter((pid) => environment(pid).includes(tag)),
  };
}

export function judged(timeoutMilliseconds: number, args: readonly string[] = []): Judged {
  const { command, survivors } = hostileCommand(args);
  const peer = processPeer(command, { timeoutMilliseconds });
  return { peer, survivors, ask: (operation, input = {}) => peer.ask({ op: 'call', operation, input }) };
}
