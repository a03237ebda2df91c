import type { Image } from '../../../kernels/exact/image.ts';
import { iteratedImages } from '../../../kernels/exact/iterated-images.ts';
import { evaluate, type Polynomial } from '../../../kernels/exact/polynomial.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { rootToSignificant, toSignificant } from '../../../kernels/exact/significant.ts';
import { chainedBounds } from '../../../kernels/minimax/chained-bound.ts';
import type { MinimaxDegree } from '../../../kernels/minimax/odd-minimax-type.ts';
import { remez } from '../../../kernels/minimax/remez.ts';
import { oddPolynomial } from '../../../kernels/minimax/worst-error.ts';
import { BITS } from './best-error.ts';
import { greedyTriples } from './greedy.ts';
import { remembered } from './remembered.ts';

/** How the maps of a composition come about. */
export type Plan =
  | { readonly kind: 'greedy' }
  /** The greedy coefficients, each times 1 + f for the fractions f in turn. */
  | { readonly kind: 'perturbed'; readonly changes: readonly Numeric[] }
  | { readonly kind: 'maps'; readonly maps: readonly (readonly Numeric[])[] }
  /** Chen and Chow's cubics N(alpha x), which map [l, 1] into [l', 1]; the last one recentred or not. Degree 3, upper end 1. */
  | { readonly kind: 'uncentred' | 'recentred' }
  /** One odd polynomial, the best of degree 2q + 1. */
  | { readonly kind: 'one-map'; readonly q: number };

export interface Composed {
  readonly lower: string;
  readonly upper: string;
  readonly degree: MinimaxDegree;
  readonly steps: number;
  readonly plan: Plan;
}

const ONE = Rational.ONE;
/** Digits of the numbers in maps that are made here. */
const DIGITS = 112;

function chenChow(lower: Rational, steps: number, recentred: 'recentred' | 'uncentred'): readonly Polynomial[] {
  let l = lower;
  return Array.from({ length: steps }, (_, k) => {
    const square = Rational.of(3).dividedBy(ONE.plus(l).plus(l.times(l)));
    const alpha = rootToSignificant(square, DIGITS);
    const triple = [alpha.times(Rational.of(3, 2)), alpha.power(3).times(Rational.of(-1, 2))];
    const map = oddPolynomial(triple);
    l = toSignificant(evaluate(map, l), DIGITS);
    if (k + 1 < steps || recentred === 'uncentred') return map;
    const factor = Rational.of(2).dividedBy(ONE.plus(l));
    return oddPolynomial(triple.map((c) => c.times(factor)));
  });
}

/** The maps of the composition, the first applied first. */
export const mapsOf = remembered((composed: Composed): readonly Polynomial[] => {
  const { lower, upper, steps, plan } = composed;
  switch (plan.kind) {
    case 'greedy':
      return greedyTriples(keyOf(composed)).map(oddPolynomial);
    case 'perturbed':
      return greedyTriples(keyOf(composed)).map((row, t) =>
        oddPolynomial(row.map((c, j) => Rational.from(c).times(ONE.plus(Rational.from(plan.changes[3 * t + j] ?? 0))))),
      );
    case 'maps':
      return plan.maps.slice(0, steps).map(oddPolynomial);
    case 'one-map':
      return [remez(Rational.from(lower), Rational.from(upper), plan.q, BITS)];
    default:
      return chenChow(Rational.from(lower), steps, plan.kind);
  }
});

const keyOf = ({ lower, upper, degree, steps }: Composed) => ({ lower, upper, degree, steps });

/** The images of [lower, upper] after the first, the second, … map. */
export const imagesOf = remembered((composed: Composed): readonly Image[] =>
  iteratedImages(mapsOf(composed), { lo: Rational.from(composed.lower), hi: Rational.from(composed.upper) }, BITS),
);

/** The images of the lower end alone. */
export const lowerOrbitOf = remembered((composed: Composed): readonly Image[] => {
  const lower = Rational.from(composed.lower);
  return iteratedImages(mapsOf(composed), { lo: lower, hi: lower }, BITS);
});

const bounds = remembered(({ lower, upper, degree, steps }: Omit<Composed, 'plan'>) =>
  chainedBounds(Rational.from(lower), Rational.from(upper), steps, degree, BITS),
);

/** Below the error of every composition of 1, …, steps odd maps of the degree. */
export const boundsOf = ({ lower, upper, degree, steps }: Composed): readonly Rational[] =>
  bounds({ lower, upper, degree, steps });
