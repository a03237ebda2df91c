import type { NormName } from '../../kernels/matrix/norm-enclosure.ts';
import { normOperation } from '../../operations/norm.ts';
import { ofInput } from '../parts/of-input.ts';

/** The input of `norm`. */
export interface NormInput {
  readonly matrix: readonly (readonly number[])[];
  readonly norm: NormName;
}

/** Two rows, three columns, all norms different, the largest entry negative. */
const MATRIX = [
  [1, -4, 2],
  [2, -2, 0],
];

/** Where a mistake in this norm shows. */
export const at = (norm: NormName): NormInput => ({ matrix: MATRIX, norm });

/** Other names for some norms; all others are right. */
export const renamed = (names: Partial<Record<NormName, NormName>>) =>
  ofInput<NormInput>(normOperation, ({ matrix, norm }) => ({ matrix, norm: names[norm] ?? norm }));
