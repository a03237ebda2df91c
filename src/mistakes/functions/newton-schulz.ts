import { newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import type { Mistake } from '../mistake.ts';
import { namedFunctions } from '../parts/named-functions.ts';
import { COEFFICIENT_MISTAKES } from './newton-schulz-coefficient-mistakes.ts';
import { ITERATION_MISTAKES } from './newton-schulz-iteration-mistakes.ts';
import { NORMALISATION_MISTAKES } from './newton-schulz-normalisation-mistakes.ts';

export const NEWTON_SCHULZ_MISTAKES: readonly Mistake[] = namedFunctions(newtonSchulzOperation.id, [
  ...COEFFICIENT_MISTAKES,
  ...NORMALISATION_MISTAKES,
  ...ITERATION_MISTAKES,
]);
