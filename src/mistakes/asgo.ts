import { asgoOperation } from '../operations/asgo.ts';
import { ASGO_ROOT_MISTAKES } from './matrix-optimisers/asgo-root-mistakes.ts';
import { ASGO_STATISTICS_MISTAKES } from './matrix-optimisers/asgo-statistics-mistakes.ts';
import type { Mistake } from './mistake.ts';
import { named } from './parts/named.ts';

/** Known mistakes of ASGO. */
export const ASGO_MISTAKES: readonly Mistake[] = named(asgoOperation, [
  ...ASGO_ROOT_MISTAKES,
  ...ASGO_STATISTICS_MISTAKES,
]);
