import type { Obligation } from '../../../claim/certificate.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { POLAR_EXPRESS, POLAR_EXPRESS_CUSHION, POLAR_EXPRESS_SAFE } from '../../../kernels/matrix/coefficient-sets.ts';
import { cushionedSteps } from '../../../kernels/minimax/cushioned-steps.ts';
import { BITS } from './best-error.ts';
import { greedyTriples } from './greedy.ts';
import { obligation, shown } from './obligations.ts';

const ONE = Rational.ONE;
const TWO = Rational.of(2);
const LOWER = Rational.of(1, 1000);

/** min p(x)/x on [0, 1] of a x + b x³ + c x⁵ with its vertex inside. */
export function leastQuotient([a, b, c]: readonly (number | string)[]): Rational {
  const [first, second, third] = [a, b, c].map((x) => Rational.from(x ?? 0)) as [Rational, Rational, Rational];
  const vertex = second.negated().dividedBy(third.times(TWO));
  if (vertex.sign() <= 0 || ONE.lessThan(vertex))
    throw new RangeError(`leastQuotient: a vertex in [0, 1], got ${vertex}`);
  return first.minus(second.times(second).dividedBy(third.times(Rational.of(4))));
}

/** The first of the optimal maps on [1/1000, 1]. */
export const firstOptimal = (): readonly string[] =>
  greedyTriples({ lower: '1/1000', upper: '1', degree: 5, steps: 1 })[0] ?? [];

export function cushion(): Obligation {
  const [optimal, published, safe] = [firstOptimal(), POLAR_EXPRESS[0] ?? [], POLAR_EXPRESS_SAFE[0] ?? []].map(
    leastQuotient,
  ) as [Rational, Rational, Rational];
  return obligation(
    'cushion',
    String.raw`\min_{[0,1]} p_1(x)/x \text{ is below } 1/90 \text{ for the optimal first map on } [10^{-3}, 1], \text{ above } 6/25 \text{ for the published one, above } 59/250 \text{ with safety factor}`,
    [
      [optimal.lessThan(Rational.of(1, 90)), `optimal: ${shown(optimal)}`],
      [Rational.of(6, 25).lessThan(published), `published: ${shown(published)}`],
      [Rational.of(59, 250).lessThan(safe), `with safety factor: ${shown(safe)}`],
    ],
  );
}

/** The largest relative distance of each published triple from the one that is computed here. */
function distances(computed: readonly (readonly Rational[])[]): readonly Rational[] {
  return POLAR_EXPRESS.slice(0, -1).map((row, t) =>
    Rational.max(
      Rational.ZERO,
      ...row.map((c, j) => {
        const printed = Rational.from(c);
        return printed
          .minus(computed[t]?.[j] ?? Rational.ZERO)
          .dividedBy(printed)
          .absolute();
      }),
    ),
  );
}

const twoToThe = (exponent: number): Rational => TWO.power(exponent);

export function reproduced(): Obligation {
  const count = POLAR_EXPRESS.length - 1;
  const cushioned = distances(
    cushionedSteps(LOWER, ONE, count, 5, Rational.from(POLAR_EXPRESS_CUSHION), BITS).map(
      ({ coefficients }) => coefficients,
    ),
  );
  const optimal = distances(
    greedyTriples({ lower: '1/1000', upper: '1', degree: 5, steps: count }).map((row) =>
      row.map((c) => Rational.from(c)),
    ),
  );
  const isNear = (t: number, exponent: number): boolean => (cushioned[t] ?? ONE).lessThan(twoToThe(exponent));
  return obligation(
    'published-is-cushioned',
    String.raw`\text{the published maps are those made with the cushion } 0.0240\dots: \text{ the first six to the last digits of a double, the seventh to ten digits; the optimal ones are others}`,
    [
      [
        cushioned.every((_, t) => isNear(t, t < 6 ? -48 : -35)),
        `relative distances ${cushioned.map((x) => x.toNumber().toExponential(1)).join(', ')}`,
      ],
      [
        Rational.of(1, 100).lessThan(optimal[0] ?? Rational.ZERO),
        `from the optimal ones ${optimal.map((x) => x.toNumber().toExponential(1)).join(', ')}`,
      ],
    ],
  );
}
