import { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';
import { driftThreshold } from '../kernels/momentum/drift-threshold.ts';
import { cautiousDriftEnclosure } from '../kernels/momentum/enclosures.ts';
import { enclosureDefects } from './enclosure-defects.ts';
import type { Pair } from './momentum-law.ts';
import type { Operation } from './operation.ts';
import { average, enclosurePair, integer } from './schema.ts';

export interface CautiousDriftInput {
  readonly components: number;
  readonly momentum: Numeric;
}

export interface CautiousDriftOutput {
  readonly drift: Pair;
  readonly threshold: Pair;
}

/** D_C and g* for beta_2 -> 1; see `cautiousDrift` and `driftThreshold` for the certificates. */
export const cautiousDriftOperation: Operation<CautiousDriftInput, CautiousDriftOutput> = {
  id: 'cautious-drift',
  kind: 'function',
  summary: 'enclosures of D_C = E[m 1{m g > 0}] and of g* = D / (1/n + D), D = max(0, -D_C), on the linear part',
  input: z.strictObject({ components: integer(2), momentum: average }),
  output: z.strictObject({ drift: enclosurePair, threshold: enclosurePair }),
  reference: ({ components, momentum }) => {
    const drift = cautiousDriftEnclosure(components, momentum);
    const threshold = driftThreshold(drift, components);
    return { drift: [drift.lo, drift.hi], threshold: [threshold.lo, threshold.hi] };
  },
  errorBound: () => undefined,
  defects: (input, output) => enclosureDefects(input, { ...cautiousDriftOperation.reference(input) }, { ...output }),
};
