import { shampooOperation } from '../operations/shampoo.ts';
import { SHAMPOO_ROOT_MISTAKES } from './matrix-optimisers/shampoo-root-mistakes.ts';
import { SHAMPOO_STATISTICS_MISTAKES } from './matrix-optimisers/shampoo-statistics-mistakes.ts';
import type { Mistake } from './mistake.ts';
import { named } from './parts/named.ts';

/** Known mistakes of Shampoo. */
export const SHAMPOO_MISTAKES: readonly Mistake[] = named(shampooOperation, [
  ...SHAMPOO_ROOT_MISTAKES,
  ...SHAMPOO_STATISTICS_MISTAKES,
]);
