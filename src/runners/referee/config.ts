import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { badField, requirement } from '../bad-field.ts';
import { onOneLine, UsageError } from '../usage-error.ts';
import { readJsonFile } from './accepted.ts';

/** One implementation to judge. */
export interface Entry {
  /** The command, run in the current folder. */
  readonly exec: string;
  /** The findings that its implementer accepts; in the file of `--config` a path from that file's folder. */
  readonly expected?: string | undefined;
}

const text = z.string({ error: 'text' }).min(1, { error: 'text' });

const schema = z.strictObject({
  implementations: z
    .array(z.strictObject({ exec: text, expected: text.optional() }), { error: 'an array of {"exec","expected"}' })
    .min(1, { error: 'one or more implementations' }),
});

/** The implementations that a file lists. @throws UsageError for a file that is none. */
export function readConfig(path: string): readonly Entry[] {
  const content = readJsonFile('--config', path);
  const parsed = schema.safeParse(content, { error: requirement });
  if (!parsed.success) {
    const fault = badField(content, parsed.error.issues).replace(/^stdin: /, '');
    throw new UsageError(`--config ${onOneLine(path)}: ${fault}`);
  }
  return parsed.data.implementations.map(({ exec, expected }) => ({
    exec,
    ...(expected === undefined ? {} : { expected: resolve(dirname(path), expected) }),
  }));
}
