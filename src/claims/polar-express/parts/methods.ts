import { evaluateOnInterval, type Polynomial } from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { type RationalInterval, rationalInterval } from '../../../kernels/exact/rational-interval.ts';
import {
  coefficientsAt,
  POLAR_EXPRESS,
  POLAR_EXPRESS_SAFE,
  QUINTIC,
  QUINTIC_JORDAN,
  QUINTIC_STABLE,
  QUINTIC_YOU,
  QUINTIC_YOU_SIX,
  type Schedule,
} from '../../../kernels/matrix/coefficient-sets.ts';
import { oddPolynomial, worstErrors } from '../../../kernels/minimax/worst-error.ts';
import { BITS } from './best-error.ts';
import { remembered } from './remembered.ts';

/** Sequences of odd quintics that are in use: three matrix products a step each. The last triple is repeated. */
export const METHODS = {
  'newton-schulz': QUINTIC,
  stable: QUINTIC_STABLE,
  jordan: QUINTIC_JORDAN,
  you: QUINTIC_YOU,
  'you-six': QUINTIC_YOU_SIX,
  published: POLAR_EXPRESS,
  'published-safe': POLAR_EXPRESS_SAFE,
} as const satisfies Readonly<Record<string, Schedule>>;

export type MethodId = keyof typeof METHODS;

export const mapsOfMethod = (method: MethodId, steps: number): readonly Polynomial[] =>
  Array.from({ length: steps }, (_, k) => oddPolynomial(coefficientsAt(METHODS[method], k)));

/** max |1 - f| over [lower, 1] after 1, …, steps steps of the method. */
export const worstOfMethod = remembered(
  ({ method, lower, steps }: { readonly method: MethodId; readonly lower: string; readonly steps: number }) =>
    worstErrors(mapsOfMethod(method, steps), rationalInterval(lower, 1), BITS),
);

/** f(x) for one x, enclosed: Horner's rule on intervals, rounded outward after each map. */
export function imageOfPoint(maps: readonly Polynomial[], x: Rational): RationalInterval {
  return maps.reduce<RationalInterval>(
    (at, p) => {
      const { lo, hi } = evaluateOnInterval(p, at);
      return { lo: lo.roundedDown(BITS), hi: hi.roundedUp(BITS) };
    },
    { lo: x, hi: x },
  );
}

/** |1 - y|. */
export const defect = ({ lo, hi }: RationalInterval): RationalInterval => {
  const [below, above] = [Rational.ONE.minus(hi), Rational.ONE.minus(lo)];
  return {
    lo: Rational.max(Rational.ZERO, below, above.negated()),
    hi: Rational.max(below.absolute(), above.absolute()),
  };
};
