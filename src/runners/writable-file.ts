import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { got, UsageError } from './usage-error.ts';
import { assertWritableFolder } from './writable-folder.ts';

/**
 * Tries whether a file can be written, before any work begins; what is there stays as it is.
 * @throws UsageError where it cannot, and for an empty path or that of a folder.
 */
export function assertWritableFile(place: string, path: string): void {
  if (path === '') throw new UsageError(`${place}: required the path of a file, got ""`);
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new UsageError(`${place}: required the path of a file, got the folder ${got(path)}`);
  }
  assertWritableFolder(place, dirname(path));
}
