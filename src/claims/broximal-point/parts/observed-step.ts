import { type Answer, ask, type Call } from '../../../claim/ask.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import {
  applied,
  differenceOf,
  type RationalVector,
  squaredNorm,
  vectorFrom,
} from '../../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../../operations/brox.ts';
import { rationalFunction } from '../../../problems/functions/convex-function.ts';
import { exactValue } from '../../../problems/functions/exact-value.ts';
import { minimumOf } from '../../../problems/functions/minimum.ts';
import { ballHoldsMinimiser, nearestMinimiser } from '../../../problems/functions/nearest-minimiser.ts';
import {
  differenceRange,
  near,
  nonNegativePart,
  point,
  type RangeVector,
  rootRange,
  subtractRanges,
  vectorNear,
} from './ranges.ts';

/** One step of the method as a subject answers it, every number within `error`. */
export interface ObservedStep {
  readonly point: RationalVector;
  readonly value: Rational;
  readonly multiplier: Rational;
  readonly error: number;
}

export function* observeStep(instance: BroxInput): Generator<Call, ObservedStep, Answer<unknown>> {
  const { output, errorBound } = yield* ask(broxOperation, instance);
  return {
    point: vectorFrom(output.point),
    value: Rational.from(output.value),
    multiplier: Rational.from(output.multiplier),
    error: errorBound,
  };
}

const required = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new RangeError(`broximal-point claims: ${what}, got none`);
  return value;
};

export const startOf = (instance: BroxInput): RationalVector => vectorFrom(instance.point);
export const radiusOf = ({ radius }: BroxInput): Rational => Rational.from(radius);
export const squaredRadiusOf = (instance: BroxInput): Rational => radiusOf(instance).power(2);

/** The minimiser nearest to x. */
export const targetOf = (instance: BroxInput): RationalVector =>
  required(nearestMinimiser(rationalFunction(instance.function), startOf(instance)), 'a function with minimisers');

/** f*. */
export const leastOf = (instance: BroxInput): Rational =>
  required(minimumOf(rationalFunction(instance.function)), 'a rational minimal value');

/** f(y). */
export const valueAt = (instance: Pick<BroxInput, 'function'>, y: RationalVector): Rational =>
  required(exactValue(rationalFunction(instance.function), y), 'a rational value');

/** f(y), enclosed where it is irrational. */
export function valueRangeAt(instance: Pick<BroxInput, 'function'>, y: RationalVector): RationalInterval {
  const f = rationalFunction(instance.function);
  return f.kind === 'residual-norm'
    ? rootRange(point(squaredNorm(differenceOf(applied(f.matrix, y), f.vector))))
    : point(valueAt(instance, y));
}

export const squaredDistanceOf = (instance: BroxInput): Rational =>
  squaredNorm(differenceOf(startOf(instance), targetOf(instance)));

export const isOutOfReach = (instance: BroxInput): boolean =>
  !ballHoldsMinimiser(rationalFunction(instance.function), startOf(instance), squaredRadiusOf(instance));

/** c, which is never negative. */
export const multiplierOf = ({ multiplier, error }: ObservedStep): RationalInterval =>
  nonNegativePart(near(multiplier, error));

/** f(u). */
export const reachedValue = ({ value, error }: ObservedStep): RationalInterval => near(value, error);

/** f(u) - f*. */
export const gapOf = (instance: BroxInput, observed: ObservedStep): RationalInterval =>
  subtractRanges(reachedValue(observed), point(leastOf(instance)));

/** f(x) - f(u). */
export const decreaseOf = (instance: BroxInput, observed: ObservedStep): RationalInterval =>
  subtractRanges(point(valueAt(instance, startOf(instance))), reachedValue(observed));

/** x - u. */
export const moveOf = (instance: BroxInput, observed: ObservedStep): RangeVector =>
  differenceRange(vectorNear(startOf(instance), 0), vectorNear(observed.point, observed.error));

/** u - x*. */
export const remainderOf = (instance: BroxInput, observed: ObservedStep): RangeVector =>
  differenceRange(vectorNear(observed.point, observed.error), vectorNear(targetOf(instance), 0));
