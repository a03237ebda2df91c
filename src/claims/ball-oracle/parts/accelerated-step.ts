import { type Enclosure, enclosing, exactly } from '../../../claim/enclosure.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import {
  addRanges,
  multiplyRanges,
  type RationalInterval,
  rationalInterval,
  toInterval,
} from '../../../kernels/exact/rational-interval.ts';
import {
  differenceOf,
  multipleOf,
  type RationalVector,
  squaredNorm,
  vectorFrom,
} from '../../../kernels/exact/rational-vector.ts';
import { type ConvexFunction, rationalFunction } from '../../../problems/functions/convex-function.ts';
import { exactValue } from '../../../problems/functions/exact-value.ts';
import { minimumOf } from '../../../problems/functions/minimum.ts';
import { nearestMinimiser } from '../../../problems/functions/nearest-minimiser.ts';

export interface StepInstance {
  readonly function: ConvexFunction<Numeric>;
  /** y, where the ball is centred. */
  readonly query: readonly Numeric[];
  /** r. */
  readonly radius: Numeric;
  /** A >= 0, what earlier steps have gathered. */
  readonly gathered: Numeric;
  /** a' > 0; lambda' = (A + a')/a'². */
  readonly weight: Numeric;
  /** x; v = ((A + a') y - A x)/a'. */
  readonly point: readonly Numeric[];
}

export interface StepObserved {
  readonly answer: readonly RationalInterval[];
  readonly value: RationalInterval;
  /** c = lambda = |g|/r. */
  readonly multiplier: RationalInterval;
  /** f(x_1) of the run from y. */
  readonly first: RationalInterval;
  readonly damping: RationalInterval;
}

const { ZERO, ONE } = Rational;
const HALF = Rational.of(1, 2);

export const range = (x: Numeric | Rational): RationalInterval => rationalInterval(x);
export const times = (...factors: readonly RationalInterval[]): RationalInterval =>
  factors.reduce(multiplyRanges, range(ONE));
export const plus = (...terms: readonly RationalInterval[]): RationalInterval => terms.reduce(addRanges, range(ZERO));
export const minus = (a: RationalInterval, b: RationalInterval): RationalInterval => plus(a, times(range(-1), b));
/** The square of each number of the range, not the product of two. */
function squareOf({ lo, hi }: RationalInterval): RationalInterval {
  const [p, q] = [lo.power(2), hi.power(2)];
  const most = Rational.max(p, q);
  return { lo: lo.sign() * hi.sign() < 0 ? ZERO : Rational.min(p, q), hi: most };
}
export const shown = (r: RationalInterval): Enclosure => (r.lo.equals(r.hi) ? exactly(r.lo) : enclosing(toInterval(r)));
export const off = (value: Numeric, error: number): RationalInterval =>
  rationalInterval(Rational.from(value).minus(Rational.from(error)), Rational.from(value).plus(Rational.from(error)));

function computedState(instance: StepInstance) {
  const f = rationalFunction(instance.function);
  const [y, x] = [instance.query, instance.point].map(vectorFrom) as [RationalVector, RationalVector];
  const [A, a, r] = [instance.gathered, instance.weight, instance.radius].map(Rational.from) as [
    Rational,
    Rational,
    Rational,
  ];
  const total = A.plus(a);
  const v = multipleOf(ONE.dividedBy(a), differenceOf(multipleOf(total, y), multipleOf(A, x)));
  const target = nearestMinimiser(f, v);
  const least = minimumOf(f);
  const here = exactValue(f, x);
  if (target === undefined || least === undefined || here === undefined)
    throw new RangeError('ball-accel-ms: a function with minimisers and rational values, got another');
  return { f, y, x, A, a, r, total, v, target, least, gap: here.minus(least), guess: total.dividedBy(a.power(2)) };
}

const states = new WeakMap<StepInstance, ReturnType<typeof computedState>>();

/** What the instance alone fixes; a minimiser and the minimal value are not found twice. */
export function stateOf(instance: StepInstance): ReturnType<typeof computedState> {
  const known = states.get(instance) ?? computedState(instance);
  states.set(instance, known);
  return known;
}

/** A (f(x) - f*) + |v - x*|²/2. */
export function potential(instance: StepInstance): Rational {
  const { A, gap, v, target } = stateOf(instance);
  return A.times(gap).plus(HALF.times(squaredNorm(differenceOf(v, target))));
}

/** (1 - gamma) A (f(x) - f*) + gamma A' (f(u) - f*) + |v+ - x*|²/2, at least the potential after the step by convexity. */
export function after(instance: StepInstance, { answer, value, multiplier, damping }: StepObserved): RationalInterval {
  const { A, a, total, gap, least, v, y, target } = stateOf(instance);
  const kept = times(minus(range(ONE), damping), range(A), range(gap));
  const gained = times(damping, range(total), minus(value, range(least)));
  const scale = times(damping, range(a), multiplier);
  const squares = answer.map((u, i) => {
    const fixed = (v[i] ?? ZERO).minus(target[i] ?? ZERO);
    return squareOf(minus(range(fixed), times(scale, minus(range(y[i] ?? ZERO), u))));
  });
  return plus(kept, gained, times(range(HALF), plus(...squares)));
}

/** gamma A' lambda r²/2. */
export function promised(instance: StepInstance, { multiplier, damping }: StepObserved): RationalInterval {
  const { total, r } = stateOf(instance);
  return times(range(HALF), damping, range(total), multiplier, range(r.power(2)));
}

/** min(1, guess / lambda). */
export function damped(guess: Rational, { lo, hi }: RationalInterval): RationalInterval {
  const share = (c: Rational): Rational => (c.atMost(guess) ? ONE : guess.dividedBy(c));
  return { lo: share(hi), hi: share(lo) };
}
