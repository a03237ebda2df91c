import { lmoOperation } from '../../operations/lmo.ts';
import type { Mistake } from '../mistake.ts';
import { namedFunctions } from '../parts/named-functions.ts';
import { DIRECTION_MISTAKES } from './lmo-direction-mistakes.ts';
import { LENGTH_MISTAKES } from './lmo-length-mistakes.ts';

export const LMO_MISTAKES: readonly Mistake[] = namedFunctions(lmoOperation.id, [
  ...LENGTH_MISTAKES,
  ...DIRECTION_MISTAKES,
]);
