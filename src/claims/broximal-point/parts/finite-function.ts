import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import {
  differenceOf,
  dot,
  type RationalRows,
  type RationalVector,
  squaredNorm,
  vectorFrom,
} from '../../../kernels/exact/rational-vector.ts';

const { ZERO, ONE } = Rational;

/** f on finitely many points (infinite elsewhere, or restricted to them), a start among them and the radius. */
export interface FiniteInstance {
  readonly points: readonly (readonly Numeric[])[];
  readonly values: readonly Numeric[];
  readonly start: number;
  readonly radius: Numeric;
}

export interface Finite {
  readonly points: RationalRows;
  readonly values: RationalVector;
  readonly t: Rational;
}

export const finite = ({ points, values, radius }: FiniteInstance): Finite => ({
  points: points.map(vectorFrom),
  values: vectorFrom(values),
  t: Rational.from(radius),
});

export const pointAt = ({ points }: Finite, i: number): RationalVector => points[i] ?? [];
export const valueAt = ({ values }: Finite, i: number): Rational => values[i] ?? ZERO;
export const squaredGap = (x: RationalVector, y: RationalVector): Rational => squaredNorm(differenceOf(x, y));

/** The first index of a least value among those given. */
export const leastOf = (f: Finite, indices: readonly number[]): number =>
  indices.reduce((best, i) => (valueAt(f, i).lessThan(valueAt(f, best)) ? i : best), indices[0] ?? 0);

export const minimiserOf = (f: Finite): number => leastOf(f, [...f.points.keys()]);

/** A ball minimiser over the points. */
export function broxOf(f: Finite, start: number): number {
  const x = pointAt(f, start);
  return leastOf(
    f,
    [...f.points.keys()].filter((i) => squaredGap(pointAt(f, i), x).atMost(f.t.power(2))),
  );
}

/** The c >= 0 of the ball inequality at u: at least `low`, at most `high` where there is a bound; `dead` where some y rules out all. */
export function multipliers(f: Finite, start: number, u: number): { readonly low: Rational; readonly high?: Rational } {
  const step = differenceOf(pointAt(f, start), pointAt(f, u));
  let low = ZERO;
  let high: Rational | undefined;
  for (const [j, y] of f.points.entries()) {
    const slope = dot(step, differenceOf(y, pointAt(f, u)));
    const rise = valueAt(f, j).minus(valueAt(f, u));
    if (slope.sign() < 0) low = Rational.max(low, rise.dividedBy(slope));
    const cap =
      slope.sign() > 0 ? rise.dividedBy(slope) : slope.sign() === 0 && rise.sign() < 0 ? ONE.negated() : undefined;
    if (cap !== undefined) high = high === undefined ? cap : Rational.min(high, cap);
  }
  return high === undefined ? { low } : { low, high };
}
