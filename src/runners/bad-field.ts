import { closest } from 'fastest-levenshtein';
import type { z } from 'zod';
import { placeOf } from '../operations/verdict/numbers-in.ts';
import { got } from './usage-error.ts';

type Issue = z.core.$ZodIssue;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  number: 'a finite number',
  int: 'an integer',
  string: 'text',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  tuple: 'an array',
  null: 'null',
};

const listed = (values: readonly unknown[]): string =>
  values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.map((v) => JSON.stringify(v)).join(', ')}`;

/** What a schema requires where it does not say so in its own words; given to zod, whose own texts are replaced. */
export function requirement(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[String(issue.expected)] ?? String(issue.expected);
    case 'invalid_value':
      return listed(issue.values as readonly unknown[]);
    case 'invalid_format':
      // the only formatted texts are fractions in place of numbers
      return 'a finite number';
    case 'too_small':
      return `${issue.inclusive === false ? '>' : '>='} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive === false ? '<' : '<='} ${issue.maximum}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? listed(issue.options) : 'one of the forms in `lemmata operations --json`';
    default:
      return 'a valid value';
  }
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );

/** The fields that belong where an unknown one stands, as far as the issue's neighbours tell: those that are missing there. */
const missingBeside = (issues: readonly Issue[], unknown: Issue): readonly string[] =>
  issues
    .filter(({ path }) => path.length === unknown.path.length + 1 && unknown.path.every((key, at) => path[at] === key))
    .map(({ path }) => String(path.at(-1)));

/** One line for all that a schema objects to: the place, what is required there and what was got. */
export function badField(input: unknown, issues: readonly Issue[]): string {
  // a misspelt field is both unknown and missing; the unknown one is what the user wrote
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return 'required valid input';
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const missing = missingBeside(issues, issue);
    const meant = missing.length === 0 ? '' : `; ${closest(key, [...missing])} is missing`;
    return `${placeOf([...issue.path, key])}: required no such field, got ${got(valueAt(input, [...issue.path, key]))}${meant}`;
  }
  const deepest =
    issue.code === 'invalid_union' &&
    issue.errors.length > 0 &&
    issue.message === requirement(issue as z.core.$ZodRawIssue)
      ? [...issue.errors].sort((a, b) => a.length - b.length)[0]?.[0]
      : undefined;
  const { path, message } =
    deepest === undefined ? issue : { path: [...issue.path, ...deepest.path], message: deepest.message };
  const place = placeOf(path);
  return `${place === '' ? 'stdin' : place}: required ${message}, got ${got(valueAt(input, path))}`;
}
