import { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';
import { positiveMomentumEnclosure } from '../kernels/momentum/enclosures.ts';
import { enclosureDefects } from './enclosure-defects.ts';
import type { Operation } from './operation.ts';
import { average, enclosurePair, integer } from './schema.ts';

export interface MomentumLawInput {
  readonly components: number;
  readonly momentum: Numeric;
}

export type Pair = readonly [number, number];

/** P(m > 0) = 1 - F(1/(n+1)) for the stationary momentum on the linear part; see `positiveMomentum` for the certificate. */
export const momentumLawOperation: Operation<MomentumLawInput, { readonly positive: Pair }> = {
  id: 'momentum-law',
  kind: 'function',
  summary:
    'an enclosure of P(m > 0) for the stationary momentum m = b m + (1-b) g, g = n with probability 1/n, else -1',
  input: z.strictObject({ components: integer(2), momentum: average }),
  output: z.strictObject({ positive: enclosurePair }),
  reference: ({ components, momentum }) => {
    const { lo, hi } = positiveMomentumEnclosure(components, momentum);
    return { positive: [lo, hi] };
  },
  errorBound: () => undefined,
  defects: (input, output) => enclosureDefects(input, { ...momentumLawOperation.reference(input) }, { ...output }),
};
