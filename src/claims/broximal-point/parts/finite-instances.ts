import fc, { type Arbitrary } from 'fast-check';
import { smallFraction } from '../../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import {
  differenceOf,
  dot,
  multipleOf,
  type RationalVector,
  squaredNorm,
  sumOf,
  vectorFrom,
} from '../../../kernels/exact/rational-vector.ts';
import { type FiniteInstance, squaredGap } from './finite-function.ts';

const { ZERO, ONE } = Rational;

/** Points p_0, …, p_n with p_k zero up to coordinate k and s (1 + eta (i - 1 - k)) beyond, and values from p_n = 0 up. */
export function staircase(n: number, start: number): FiniteInstance {
  const [s, eta] = [Rational.of(3, 4), Rational.of(1, 100)];
  const points = Array.from({ length: n + 1 }, (_, k) =>
    Array.from({ length: n }, (__, j) => (j < k ? ZERO : s.times(ONE.plus(eta.times(Rational.of(j - k)))))),
  );
  const at = (k: number): RationalVector => points[k] ?? [];
  const values = points.map(() => ZERO);
  const c = points.map(() => ONE);
  const value = (k: number): Rational => values[k] ?? ZERO;
  for (let k = n - 1; k >= 0; k -= 1) {
    const step = differenceOf(at(k), at(k + 1));
    // the smallest c for which the later points lie above the support, c_{n-1} = 1
    const needed = points.slice(k + 2).map((p, i) => {
      const slope = dot(step, differenceOf(p, at(k + 1))).negated();
      return value(k + 1)
        .minus(value(k + 2 + i))
        .dividedBy(slope);
    });
    if (needed.length > 0) c[k] = Rational.max(ZERO, ...needed);
    // the smallest value for which the supports at later points lie below p_k
    const supports = points.slice(k, n).map((_, i) => {
      const l = k + i;
      const direction = differenceOf(at(l), at(l + 1));
      return value(l + 1).plus((c[l] ?? ONE).times(dot(direction, differenceOf(at(k), at(l + 1)))));
    });
    values[k] = Rational.max(ZERO, ...supports);
  }
  return { points: points.map((p) => p.map(String)), values: values.map(String), start, radius: 1 };
}

const onTheLine = (
  points: readonly Numeric[],
  values: readonly Numeric[],
  start: number,
  radius: Numeric,
): FiniteInstance => ({
  points: points.map((p) => [p]),
  values,
  start,
  radius,
});

/** dist(y, {0, 1}) on a grid of quarters from -2 to 5: continuous, not convex, ball convex for t >= 1/2. */
export const twoMinimisers = (start: number, radius: Numeric): FiniteInstance => {
  const grid = Array.from({ length: 29 }, (_, i) => Rational.of(i - 8, 4));
  const values = grid.map((y) => Rational.min(y.absolute(), y.minus(ONE).absolute()));
  return onTheLine(grid.map(String), values.map(String), start, radius);
};

/** sqrt|y| at 0, 9/16, 25/16 and 100: from 25/16 with t = 1. */
export const ROOT = onTheLine([0, '9/16', '25/16', 100], [0, '3/4', '5/4', 10], 2, 1);

/** |y| + 3/10 max(0, 1 - 5 |y - 5|) at 0, 49/10, 59/10 and 100: from 59/10 with t = 1. */
export const BUMP = (() => {
  const ys = [0, '49/10', '59/10', 100];
  const height = (y: Numeric): string => {
    const off = Rational.from(y).minus(Rational.of(5)).absolute();
    const bump = Rational.max(ZERO, ONE.minus(off.times(Rational.of(5))));
    return Rational.from(y)
      .absolute()
      .plus(bump.times(Rational.of(3, 10)))
      .toString();
  };
  return onTheLine(ys, ys.map(height), 2, 1);
})();

/** u, x - u and c drawn; the other values lie on or above the support, and above f(u) inside the ball. */
export const supported: Arbitrary<FiniteInstance> = fc
  .integer({ min: 1, max: 3 })
  .chain((n) => {
    const vector = fc.array(smallFraction(6, 3), { minLength: n, maxLength: n });
    return fc.record({
      w: vector,
      u: vector,
      others: fc.array(fc.tuple(vector, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 4 }),
      c: fc.integer({ min: 1, max: 8 }),
      slack: fc.integer({ min: 0, max: 4 }),
    });
  })
  .map(({ w, u: us, others, c, slack }) => {
    const u = vectorFrom(us);
    const drawn = vectorFrom(w);
    const step = squaredNorm(drawn).sign() === 0 ? drawn.map(() => ONE) : drawn;
    const x = sumOf(u, step);
    const square = squaredNorm(step);
    // some radius that reaches u: an upper bound of |x - u|
    const [, above] = square.squareRootBounds(4);
    const t = above.plus(Rational.of(slack + 1, 4));
    const value = (y: RationalVector, extra: number): Rational => {
      const support = Rational.of(c, 4)
        .times(dot(step, differenceOf(y, u)))
        .plus(Rational.of(extra));
      return squaredGap(y, x).atMost(t.power(2)) ? Rational.max(ZERO, support) : support;
    };
    // far enough behind u to lie outside the ball, and on the support: lower than u
    const behind = Rational.of(t.power(2).dividedBy(square).ceiling());
    const below = differenceOf(u, multipleOf(behind, step));
    const all: readonly (readonly [RationalVector, Rational])[] = [
      [u, ZERO],
      [x, value(x, slack)],
      [below, value(below, 0)],
      ...others.map(([y, extra]) => [vectorFrom(y), value(vectorFrom(y), extra)] as const),
    ];
    return {
      points: all.map(([y]) => y.map(String)),
      values: all.map(([, v]) => v.toString()),
      start: 1,
      radius: t.toString(),
    };
  });
