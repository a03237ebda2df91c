import { z } from 'zod';
import { type Numeric, Rational } from '../kernels/exact/rational.ts';
import { driftThreshold } from '../kernels/momentum/drift-threshold.ts';
import { topKAlignmentEnclosure, topKDrift } from '../kernels/momentum/enclosures.ts';
import { enclosureDefects } from './enclosure-defects.ts';
import type { Pair } from './momentum-law.ts';
import type { Operation } from './operation.ts';
import { average, enclosurePair, integer, nonNegative } from './schema.ts';

export interface TopKDriftInput {
  readonly components: number;
  readonly momentum: Numeric;
  readonly dimension: number;
  readonly k: number;
  readonly amplify: Numeric;
  readonly damp: Numeric;
}

export interface TopKDriftOutput {
  readonly alignment: Pair;
  readonly drift: Pair;
  readonly threshold: Pair;
}

/** A, damp/n + (amplify - damp) A and g* for beta_2 -> 1, independent coordinates; see `topKAlignment` for the certificate. */
export const topKDriftOperation: Operation<TopKDriftInput, TopKDriftOutput> = {
  id: 'top-k-drift',
  kind: 'function',
  summary:
    'enclosures of A = E[m_1 1{coordinate 1 in the top k of d}], of damp/n + (amplify - damp) A and of max(0, -A)/(1/n + max(0, -A))',
  input: z
    .strictObject({
      components: integer(2),
      momentum: average,
      dimension: integer(2),
      k: integer(1),
      amplify: nonNegative,
      damp: nonNegative,
    })
    .refine(({ k, dimension }) => k <= dimension, { error: 'k <= dimension', path: ['k'] })
    .refine(({ amplify, damp }) => Rational.from(damp).atMost(Rational.from(amplify)), {
      error: 'amplify >= damp',
      path: ['amplify'],
    }),
  output: z.strictObject({ alignment: enclosurePair, drift: enclosurePair, threshold: enclosurePair }),
  reference: ({ components, momentum, dimension, k, amplify, damp }) => {
    const alignment = topKAlignmentEnclosure(components, momentum, dimension, k);
    const drift = topKDrift(alignment, components, amplify, damp);
    const threshold = driftThreshold(alignment, components);
    return {
      alignment: [alignment.lo, alignment.hi],
      drift: [drift.lo, drift.hi],
      threshold: [threshold.lo, threshold.hi],
    };
  },
  errorBound: () => undefined,
  defects: (input, output) => enclosureDefects(input, { ...topKDriftOperation.reference(input) }, { ...output }),
};
