import { readdirSync, readFileSync } from 'node:fs';
import { killQuietly } from './kill-quietly.ts';

/** The variable of the environment that marks the judged process and, since it is inherited, all that descend from it. */
export const MARKER_VARIABLE = 'LEMMATA_REFEREE';

/**
 * A process that forks while it is looked for may be missed, and its child is found the next time; one that outruns as
 * many looks forks without end, and no count of looks would do.
 */
const MOST_LOOKS = 16;

/** The environment with which a process was started; empty where it has gone, is a zombie, or belongs to somebody else. */
function environmentOf(pid: string): Buffer {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return Buffer.alloc(0);
  }
}

function processIds(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    // a system without /proc: the process group is all that can be killed
    return [];
  }
}

/** Kills what carries the marker, in a session of its own or not; what has replaced its environment is not found. */
export function killLeftovers(marker: string): void {
  const killed = new Set<string>();
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const found = processIds()
      .filter((pid) => !killed.has(pid))
      .filter((pid) => environmentOf(pid).includes(`${MARKER_VARIABLE}=${marker}`));
    if (found.length === 0) return;
    for (const pid of found) {
      killed.add(pid);
      killQuietly(Number(pid));
    }
  }
}
