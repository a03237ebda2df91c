import { type Answer, ask, type Call } from '../../../claim/ask.ts';
import { chainValue, type GramChain, gramProduct, isBroximalRun } from '../../../instances/broximal/ar1.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { vectorFrom } from '../../../kernels/exact/rational-vector.ts';
import { type BroximalPointInput, broximalPointOperation } from '../../../operations/broximal-point.ts';
import { leastOf, targetOf } from './observed-step.ts';
import { differenceRange, near, point, type RangeVector, squaredNormRange, vectorNear } from './ranges.ts';

/** A run of the method as its theorems see it: x_0, …, x_K by the gap to the minimum and the distance to the minimisers. */
export interface Trajectory {
  /** f(x_k) - f*. */
  readonly gaps: RangeVector;
  /** |x_k - x*|², x* the minimiser nearest to x_0. */
  readonly squaredDistances: RangeVector;
  /** The first k with x_k a minimiser, as the subject says; null for none. */
  readonly optimalAfter: number | null;
  readonly error: number;
}

/** The chain's own iterates, exactly, in Gram coordinates; the minimum 0 is attained at 0. */
export const chainTrajectory = (chain: GramChain): Trajectory => ({
  gaps: chain.iterates.map((x) => point(chainValue(chain, x))),
  squaredDistances: chain.iterates.map((x) => point(gramProduct(chain, x, x))),
  optimalAfter: null,
  error: 0,
});

/** Whether the optimality conditions of every step hold: 0 or 1 failures. */
export const chainFailure = (chain: GramChain): Rational => (isBroximalRun(chain) ? Rational.ZERO : Rational.ONE);

/** What a subject answers for a run of the method. */
export function* askTrajectory(input: BroximalPointInput): Generator<Call, Trajectory, Answer<unknown>> {
  const { output, errorBound } = yield* ask(broximalPointOperation, input);
  const first = { function: input.function, point: input.point, radius: input.radii[0] ?? 1 };
  const [target, least] = [targetOf(first), leastOf(first)];
  // an infinite bound is seen by `enclosed`; the numbers are then not used
  const error = Number.isFinite(errorBound) ? errorBound : 0;
  return {
    gaps: output.values.map((value) => near(Rational.from(value).minus(least), error)),
    squaredDistances: output.points.map((x) =>
      squaredNormRange(differenceRange(vectorNear(vectorFrom(x), error), vectorNear(target, 0))),
    ),
    optimalAfter: output.optimalAfter,
    error: errorBound,
  };
}
