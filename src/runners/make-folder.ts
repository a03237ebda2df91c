import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates a folder with the folders above it that are missing, one by one: `mkdirSync` with `recursive` never returns
 * where the system calls a parent that exists missing, as /proc does.
 * @returns the outermost folder that was created, or undefined where all were there.
 */
export function makeFolder(path: string): string | undefined {
  const wanted = resolve(path);
  const missing: string[] = [];
  for (let at = wanted; statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at)) missing.unshift(at);
  for (const folder of missing) mkdirSync(folder);
  return missing[0];
}
