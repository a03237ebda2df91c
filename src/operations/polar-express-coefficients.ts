import { z } from 'zod';
import { type Numeric, Rational } from '../kernels/exact/rational.ts';
import { greedyErrorBound } from '../kernels/minimax/greedy-error-bound.ts';
import { greedySteps } from '../kernels/minimax/greedy-steps.ts';
import type { MinimaxDegree, OddMinimax } from '../kernels/minimax/odd-minimax-type.ts';
import type { Doubles, Operation } from './operation.ts';
import { integer, nonNegative, positive, real } from './schema.ts';

export interface PolarExpressInput {
  readonly lower: Numeric;
  readonly upper: Numeric;
  readonly steps: number;
  readonly degree: MinimaxDegree;
}

export interface PolarExpressOutput {
  readonly coefficients: readonly (readonly [Numeric, Numeric, Numeric])[];
  readonly errors: readonly Numeric[];
}

type Input = Doubles<PolarExpressInput>;

/** Twice what a double holds, and more: a step loses no more than a few digits. */
const BITS = 160;
/** After some hundred steps every interval of doubles has shrunk to 1; the rest is the same triple again and again. */
const MOST_STEPS = 100_000;

/** The last result: the error bound is asked for the same input. */
let last: { readonly key: string; readonly steps: readonly OddMinimax[] } | undefined;

function solved({ lower, upper, steps, degree }: Input): readonly OddMinimax[] {
  const key = `${lower} ${upper} ${steps} ${degree}`;
  if (last?.key !== key) {
    last = { key, steps: greedySteps(Rational.from(lower), Rational.from(upper), steps, degree, BITS) };
  }
  return last.steps;
}

const isReal = (x: unknown): boolean => real.safeParse(x).success;

/** The nearest double. @throws RangeError where it is infinite: 1/upper⁵ leaves the range for upper below some 1e-61. */
function representable(x: Rational): number {
  const value = x.toNumber();
  if (!Number.isFinite(value))
    throw new RangeError(`polar-express-coefficients: coefficients in the range of doubles, got ${value}`);
  return value;
}

/**
 * Triples (a, b, c) of a x + b x³ + c x⁵ (c = 0 in degree 3), one a step: the best odd polynomial on [lower, upper], then that on
 * its image, and so on, with max |1 - p_t(… p_1(x))| over [lower, upper] after each step. Correctly rounded but for ties.
 * Error bound: `greedyErrorBound`.
 */
export const polarExpressCoefficientsOperation: Operation<PolarExpressInput, PolarExpressOutput> = {
  id: 'polar-express-coefficients',
  kind: 'function',
  summary:
    'the triples (a, b, c) of the greedy minimax maps a x + b x³ + c x⁵ on [lower, upper], and the worst error after each',
  input: z
    .strictObject({
      lower: positive,
      upper: positive,
      steps: integer(0, MOST_STEPS),
      degree: z.union([z.literal(3), z.literal(5)], { error: '3 or 5' }),
    })
    // a malformed number has been refused already, but the object is still looked at
    .refine(
      ({ lower, upper }) => !isReal(lower) || !isReal(upper) || Rational.from(lower).lessThan(Rational.from(upper)),
      {
        error: 'a number > lower',
        path: ['upper'],
      },
    ),
  output: z.strictObject({ coefficients: z.array(z.tuple([real, real, real])), errors: z.array(nonNegative) }),
  reference: (input) => {
    const steps = solved(input);
    return {
      coefficients: steps.map(({ coefficients: [a, b, c] }) => [representable(a), representable(b), representable(c)]),
      errors: steps.map(({ error }) => error.toNumber()),
    };
  },
  errorBound: (input, format) => greedyErrorBound(solved(input), format),
};
