import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { got, systemReason, UsageError } from './usage-error.ts';
import { removeIfThere } from './write-file.ts';

/**
 * Tries to write into a folder, creating it where it is missing, before any work begins. A folder that was created for
 * the trial is taken away again.
 * @throws UsageError where that fails, and for an empty path.
 */
export function assertWritableFolder(place: string, path: string): void {
  if (path === '') throw new UsageError(`${place}: required the path of a folder, got ""`);
  const probe = join(path, `.lemmata-${process.pid}.part`);
  let created: string | undefined;
  try {
    created = makeFolder(path);
    // a byte, since an empty file fits on a full disk
    writeFileSync(probe, '\n');
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UsageError(`${place}: required a writable folder, got ${got(path)} (${reason})`, { cause: error });
  } finally {
    removeIfThere(probe);
    if (created !== undefined) rmSync(created, { recursive: true, force: true });
  }
}
