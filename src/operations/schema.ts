import { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';

/**
 * The building blocks of the operations' schemas. The message of each is what is required, in words: the one line that
 * a user sees is made of the place, this message and what was got.
 */
const FRACTION = /^-?\d+(\/[1-9]\d*)?$/;

const nearestDouble = (x: Numeric): number => {
  if (typeof x === 'number') return x;
  const [p = '0', q = '1'] = x.split('/');
  // sign and order against the small constants of the domains only: the exact form re-checks with rationals
  return Number(p) / Number(q);
};

/** 0, as a number or as a fraction string; false for what is no number. */
export const isZero = (x: unknown): boolean => x === 0 || (typeof x === 'string' && /^-?0+(\/[1-9]\d*)?$/.test(x));

/** A finite number; with `--precision exact` a fraction string too. */
export const real = z.union([z.number(), z.string().regex(FRACTION)], { error: 'a finite number' });

const ranged = (required: string, holds: (x: number) => boolean, json: Record<string, number>) =>
  real.refine((x) => holds(nearestDouble(x)), { error: required }).meta(json);

export const nonNegative = ranged('a number >= 0', (x) => x >= 0, { minimum: 0 });
export const positive = ranged('a number > 0', (x) => x > 0, { exclusiveMinimum: 0 });
/** [0, 1): averaging constants. */
export const average = ranged('a number in [0, 1)', (x) => x >= 0 && x < 1, { minimum: 0, exclusiveMaximum: 1 });
/** (0, 1). */
export const fraction = ranged('a number in (0, 1)', (x) => x > 0 && x < 1, {
  exclusiveMinimum: 0,
  exclusiveMaximum: 1,
});

/** An integer in [least, most]. */
export const integer = (least: number, most: number = Number.MAX_SAFE_INTEGER) =>
  z
    .int({ error: `an integer >= ${least}` })
    .min(least, { error: `an integer >= ${least}` })
    .max(most, { error: `an integer <= ${most}` });

export const vector = z.array(real, { error: 'an array of numbers' });
export const nonEmptyVector = vector.min(1, { error: 'an array of one or more numbers' });

/** An array of rows of one length; `[]` is 0×0, `[[],[]]` is 2×0. */
export const matrix = z
  .array(z.array(real, { error: 'a row: an array of numbers' }), { error: 'a matrix: an array of rows' })
  .superRefine((rows, context) => {
    const length = rows[0]?.length ?? 0;
    const ragged = rows.findIndex((row) => row.length !== length);
    if (ragged >= 0) context.addIssue({ code: 'custom', path: [ragged], message: `rows of one length (${length})` });
  });

/** A matrix with at least one row and one column. */
export const nonEmptyMatrix = matrix.refine((rows) => (rows[0]?.length ?? 0) > 0, {
  error: 'a matrix with at least one row and one column',
});

export const squareMatrix = nonEmptyMatrix.refine((rows) => rows.length === rows[0]?.length, {
  error: 'a square matrix',
});

/** [lo, hi], guaranteed to contain the exact value. */
export const enclosurePair = z.tuple([z.number(), z.number()]);

export type Rows = readonly (readonly Numeric[])[];
