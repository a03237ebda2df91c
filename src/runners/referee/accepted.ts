import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { operationIds } from '../../operations/catalogue.ts';
import { badField, requirement } from '../bad-field.ts';
import { jsonFault } from '../json-fault.ts';
import { known } from '../nearest.ts';
import { got, onOneLine, systemReason, UsageError } from '../usage-error.ts';

/**
 * A finding that the implementer knows of and accepts: every finding of the operation that a known mistake explains (by its id or
 * its name), or the one that a token repeats.
 */
export interface Accepted {
  readonly operation: string;
  readonly likely?: string | undefined;
  readonly replay?: string | undefined;
  /** Why, for those who read the file. */
  readonly reason?: string | undefined;
}

const text = z.string({ error: 'text' }).min(1, { error: 'text' });

const list = z.array(
  z
    .strictObject({ operation: text, likely: text.optional(), replay: text.optional(), reason: text.optional() })
    .refine(({ likely, replay }) => (likely === undefined) !== (replay === undefined), {
      error: 'either "likely" or "replay"',
    }),
  { error: 'an array of {"operation","likely" or "replay","reason"}' },
);

/** Reads a JSON file. @throws UsageError that names the option, where it is missing or no JSON. */
export function readJsonFile(option: string, path: string): unknown {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = systemReason(error) ?? (error instanceof Error ? onOneLine(error.message) : String(error));
    throw new UsageError(`${option}: required a readable file, got ${got(path)} (${reason})`);
  }
  try {
    return JSON.parse(content);
  } catch {
    const { line, column, found } = jsonFault(content);
    throw new UsageError(`${option} ${onOneLine(path)}: required JSON, got ${found} at line ${line}, column ${column}`);
  }
}

/** The findings that a file accepts. @throws UsageError for a file that is none. */
export function readAccepted(option: string, path: string): readonly Accepted[] {
  const content = readJsonFile(option, path);
  const parsed = list.safeParse(content, { error: requirement });
  if (!parsed.success) {
    throw new UsageError(
      `${option} ${onOneLine(path)}: ${badField(content, parsed.error.issues).replace(/^stdin: /, '')}`,
    );
  }
  for (const { operation } of parsed.data)
    known(`${option} ${onOneLine(path)}`, "an operation's id", operation, operationIds);
  return parsed.data;
}
