import { got } from '../usage-error.ts';
import type { Reply } from './peer.ts';

/** A reply without the field that was asked for, or with something else in it. */
export interface NoAnswer {
  readonly kind: 'refused' | 'broken';
  readonly reason: string;
}

export type Field<T> = { readonly kind: 'field'; readonly value: T } | NoAnswer;

/** What a reply holds under a name, where `accept` finds it to be what was asked for; `required` says in words what that is. */
export function fieldOf<T>(
  reply: Reply,
  name: string,
  { required, accept }: { readonly required: string; accept(value: unknown): value is T },
): Field<T> {
  if (reply.kind === 'refused') return { kind: 'refused', reason: reply.reason };
  if (reply.kind === 'broken') return { kind: 'broken', reason: reply.how };
  const value = reply.message[name];
  if (accept(value)) return { kind: 'field', value };
  return { kind: 'broken', reason: `answered nonsense: required ${required} in "${name}", got ${got(value)}` };
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || value === null;

const isNumeric = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isNumeric)
    : value !== null && typeof value === 'object'
      ? Object.values(value).every(isNumeric)
      : isNumber(value);

/** Arrays of arrays of numbers, whatever their lengths. */
export const MATRICES = {
  required: 'an array of matrices',
  accept: (value: unknown): value is readonly (readonly (readonly number[])[])[] =>
    Array.isArray(value) &&
    value.every(
      (matrix) =>
        Array.isArray(matrix) &&
        matrix.every((row) => Array.isArray(row) && row.every((x: unknown) => typeof x === 'number')),
    ),
};

/** An object with these fields, numbers and arrays of numbers in them. */
export const numericFields = (names: readonly string[]) => ({
  required: `numbers in ${names.map((name) => `"${name}"`).join(', ')}`,
  accept: (value: unknown): value is Readonly<Record<string, unknown>> =>
    value !== null &&
    typeof value === 'object' &&
    names.every((name) => Object.hasOwn(value, name) && isNumeric((value as Record<string, unknown>)[name])),
});

export const HANDLE = {
  required: 'text',
  accept: (value: unknown): value is string => typeof value === 'string',
};
