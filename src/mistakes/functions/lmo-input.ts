import type { NormName } from '../../kernels/matrix/norm-enclosure.ts';
import { lmoOperation } from '../../operations/lmo.ts';
import { ofInput } from '../parts/of-input.ts';

/** The input of `lmo`. */
export interface LmoInput {
  readonly matrix: readonly (readonly number[])[];
  readonly norm: NormName;
  readonly radius: number;
}

/** Two rows, three columns, the largest entry negative. */
export const at = (norm: NormName): LmoInput => ({
  matrix: [
    [1, -4, 2],
    [2, -2, 0],
  ],
  norm,
  radius: 3,
});

/** The oracle itself on another input. */
export const given = (rewrite: (input: LmoInput) => Partial<LmoInput>) =>
  ofInput<LmoInput>(lmoOperation, (input) => ({ ...input, ...rewrite(input) }));
