import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { chainedBounds } from '../../../kernels/minimax/chained-bound.ts';
import { greedySteps } from '../../../kernels/minimax/greedy-steps.ts';
import type { MinimaxDegree } from '../../../kernels/minimax/odd-minimax-type.ts';
import { oddPolynomial, worstErrors } from '../../../kernels/minimax/worst-error.ts';
import { BITS } from './best-error.ts';
import { remembered } from './remembered.ts';

/** Digits of coefficients that go to a subject: rounding them changes an error by less than the slack of any bound here. */
const COEFFICIENT_BITS = 112;

export type Triples = readonly (readonly [string, string, string])[];

interface Key {
  readonly lower: string;
  readonly upper: string;
  readonly degree: MinimaxDegree;
  readonly steps: number;
}

const found = remembered(({ lower, upper, degree, steps }: Key) => {
  const [l, u] = [Rational.from(lower), Rational.from(upper)];
  const maps = greedySteps(l, u, steps, degree, COEFFICIENT_BITS).map(({ coefficients }) => coefficients);
  const worst = worstErrors(maps.map(oddPolynomial), { lo: l, hi: u }, BITS);
  const bounds = chainedBounds(l, u, steps, degree, BITS);
  const triples: Triples = maps.map(([a, b, c]) => [`${a}`, `${b}`, `${c}`]);
  return {
    triples,
    errors: worst.map(({ hi }, t): RationalInterval => ({ lo: bounds[t] ?? Rational.ZERO, hi })),
  };
});

/** The greedy maps with coefficients rounded to 112 significant digits, one a step. */
export const greedyTriples = (key: Key): Triples => found(key).triples;

/**
 * The least errors of compositions of 1, …, steps maps: above the chained dual bound, below the error of the rounded greedy maps.
 * Both ends are proved.
 */
export const greedyErrors = (key: Key): readonly RationalInterval[] => found(key).errors;
