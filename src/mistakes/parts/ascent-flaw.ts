import { mapped } from '../../kernels/numbers/grid.ts';
import type { OptimiserMistake } from '../mistake.ts';
import type { Flaw } from './flaw.ts';

/** The wrong sign, for any method; every part sees the negative gradient, so that a mask or a rank is as it should be. */
export const ascent = (witness: OptimiserMistake['witness']): Flaw<object> => ({
  slug: 'ascends',
  kind: 'bug',
  name: 'adds the step in place of subtracting it',
  where: 'the option maximize=True of the optimisers of torch; optax.apply_updates on updates that were not negated',
  effect: 'Climbs the loss.',
  witness,
  change: {
    see: (numbers, _, __, gradient) => mapped(gradient, (g) => numbers.subtract(numbers.of(0), g)),
  },
});
