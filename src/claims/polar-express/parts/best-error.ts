import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { dualBound } from '../../../kernels/minimax/dual-bound.ts';
import { oddMinimax } from '../../../kernels/minimax/odd-minimax.ts';
import type { MinimaxDegree, OddMinimax } from '../../../kernels/minimax/odd-minimax-type.ts';
import { oddPolynomial, worstErrors } from '../../../kernels/minimax/worst-error.ts';

/** Binary digits behind the point of what is irrational: far below what a double resolves. */
export const BITS = 128;

export interface BestError {
  readonly solution: OddMinimax;
  /** The least error of the degree on the interval: above the dual bound, below the error of one polynomial. Both are proved. */
  readonly error: RationalInterval;
}

const known = new Map<string, BestError>();
const MOST_KEPT = 200;

/** The best polynomial as computed, and what its computation proves about the least error. */
export function bestError(lower: Rational, upper: Rational, degree: MinimaxDegree): BestError {
  const key = `${lower} ${upper} ${degree}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const solution = oddMinimax(lower, upper, degree, BITS);
  const [worst] = worstErrors([oddPolynomial(solution.coefficients)], { lo: lower, hi: upper }, BITS);
  const found = { solution, error: { lo: dualBound(solution.nodes), hi: worst?.hi ?? Rational.ONE } };
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, found);
  return found;
}
