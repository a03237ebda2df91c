import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vectorFiles } from '../vectors/vector-files.ts';
import { assertWritableFolder } from '../writable-folder.ts';
import { writeFile } from '../write-file.ts';
import type { CommandResult } from './result.ts';

/** `lemmata vectors`: the test vectors and their schema, whatever else lies in the folder stays. */
export async function vectorsCommand({ out }: { readonly out: string }): Promise<CommandResult> {
  assertWritableFolder('--out', out);
  const files = await vectorFiles();
  const changed = [...files].filter(([name, text]) => {
    const path = join(out, name);
    return !existsSync(path) || readFileSync(path, 'utf8') !== text;
  });
  for (const [name, text] of changed) writeFile(join(out, name), text);
  return { text: `${out}: ${files.size} files, ${changed.length} written\n`, exit: 0 };
}
