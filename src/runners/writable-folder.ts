import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asUsageError } from './system-error.ts';
import { removeIfThere } from './write-file.ts';

/**
 * Tries to write into a folder, creating it where it is missing, before any work begins. A folder that was created for
 * the trial is taken away again.
 * @throws UsageError where that fails.
 */
export function assertWritableFolder(path: string): void {
  const probe = join(path, `.lemmata-${process.pid}.part`);
  let created: string | undefined;
  try {
    created = mkdirSync(path, { recursive: true });
    // a byte, since an empty file fits on a full disk
    writeFileSync(probe, '\n');
  } catch (error) {
    throw asUsageError(error, path, 'a writable folder');
  } finally {
    removeIfThere(probe);
    if (created !== undefined) rmSync(created, { recursive: true, force: true });
  }
}
