import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { got, systemReason, UsageError } from './usage-error.ts';

/**
 * Writes a file whole or not at all: beside its place first, renamed when complete. Synchronous, so that no signal
 * handler finds it half done.
 * @throws UsageError where the system refuses (no space, no permission); nothing is left behind.
 */
export function writeFile(path: string, content: string | Uint8Array): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    makeFolder(dirname(path));
    writeFileSync(beside, content);
    renameSync(beside, path);
  } catch (error) {
    removeIfThere(beside);
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UsageError(`required a writable file, got ${got(path)} (${reason})`, { cause: error });
  }
}

/** Failing to clean up must not hide why the writing failed. */
export function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // the folder is missing, or is no folder
  }
}
