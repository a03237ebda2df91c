import { type Enclosure, enclosing } from '../../../claim/enclosure.ts';
import { around, type Interval, multiply, square, subtract, sum } from '../../../kernels/exact/interval.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { muonConstants, threshold } from './muon-map.ts';
import { type ScaledInstance, scaledValues } from './scaled-run.ts';

const doubled = ({ lo, hi }: RationalInterval): Interval => ({ lo: lo.lowerDouble(), hi: hi.upperDouble() });

/** (1 - m)². */
const squaredRadius = (): Interval => square(subtract(around(1), doubled(muonConstants().bottom)));

const positive = (instance: ScaledInstance): readonly RationalInterval[] =>
  scaledValues(instance).filter(({ hi }) => hi.sign() > 0);

/** (1 - m)² for every positive value that starts at s_k or above, 1 for every other one. */
export function scaledBound(instance: ScaledInstance): Enclosure {
  const [s, settled] = [threshold(instance.steps), squaredRadius()];
  return enclosing(
    sum(
      positive(instance).map(({ lo, hi }) =>
        s.hi.atMost(lo) ? settled : hi.lessThan(s.lo) ? around(1) : { lo: settled.lo, hi: 1 },
      ),
    ),
  );
}

/** (1 - m)² for every positive value, wherever it starts. */
export const everywhere = (instance: ScaledInstance): Enclosure =>
  enclosing(multiply(around(positive(instance).length), squaredRadius()));
