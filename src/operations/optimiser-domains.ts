import { z } from 'zod';

/**
 * The domains of hyperparameters. They are doubles only: no optimiser has an exact form, so no fraction strings.
 */
const FINITE = { error: 'a finite number' };

export const atLeastZero = z.number({ error: 'a number >= 0' }).min(0, { error: 'a number >= 0' });
export const aboveZero = z.number({ error: 'a number > 0' }).gt(0, { error: 'a number > 0' });
/** [0, 1): averaging constants. */
export const averaging = z
  .number({ error: 'a number in [0, 1)' })
  .min(0, { error: 'a number in [0, 1)' })
  .lt(1, { error: 'a number in [0, 1)' });
/** (0, 1). */
export const properFraction = z
  .number({ error: 'a number in (0, 1)' })
  .gt(0, { error: 'a number in (0, 1)' })
  .lt(1, { error: 'a number in (0, 1)' });

export const flag = z.boolean({ error: 'true or false' });

/** A matrix of doubles with at least one row and one column. */
export const parameterMatrix = z
  .array(z.array(z.number(FINITE), { error: 'a row: an array of numbers' }), { error: 'a matrix: an array of rows' })
  .superRefine((rows, context) => {
    const length = rows[0]?.length ?? 0;
    if (length === 0) context.addIssue({ code: 'custom', message: 'a matrix with at least one row and one column' });
    const ragged = rows.findIndex((row) => row.length !== length);
    if (ragged >= 0) context.addIssue({ code: 'custom', path: [ragged], message: `rows of one length (${length})` });
  });

/** The learning rate, which has no default. */
export const LEARNING_RATE = { learningRate: atLeastZero };

/** lambda, for the methods with decoupled decay. */
export const WEIGHT_DECAY = { weightDecay: atLeastZero.default(0) };

/** What every member of the Adam family takes. */
export const ADAM = {
  ...LEARNING_RATE,
  beta1: averaging.default(0.9),
  beta2: averaging.default(0.999),
  epsilon: atLeastZero.default(1e-8),
};

/** What every member of the Lion family takes. */
export const LION = {
  ...LEARNING_RATE,
  beta1: averaging.default(0.9),
  beta2: averaging.default(0.99),
};

/** What every cautious method takes besides. */
export const CAUTIOUS = {
  rescale: z.enum(['mean', 'count', 'none'], { error: '"mean", "count" or "none"' }).default('mean'),
};

/** What every MGUP method takes besides; amplify and damp depend on tau where they are absent. */
export const MGUP = {
  tau: properFraction.default(0.5),
  amplify: atLeastZero.optional(),
  damp: atLeastZero.optional(),
};

/** amplify >= damp, defaults included. */
export const MGUP_ORDER = [
  ({ tau, amplify, damp }: { tau: number; amplify?: number | undefined; damp?: number | undefined }): boolean =>
    (amplify ?? 1 / tau) >= (damp ?? tau),
  { error: 'amplify >= damp', path: ['amplify'] as PropertyKey[] },
] as const;

/** The defaults that depend on tau, in words and as numbers. */
export const MGUP_DERIVED = {
  words: { amplify: '1/tau', damp: 'tau' },
  complete: <H extends { tau: number; amplify?: number | undefined; damp?: number | undefined }>(h: H): H => ({
    ...h,
    amplify: h.amplify ?? 1 / h.tau,
    damp: h.damp ?? h.tau,
  }),
};
