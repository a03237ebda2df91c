import fc, { type Arbitrary } from 'fast-check';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { multipleOf, type RationalVector, sumOf, vectorFrom } from '../../../kernels/exact/rational-vector.ts';

const { ZERO, ONE } = Rational;
export const FOUR = Rational.of(4);

export const entries = (y: RationalVector): readonly [Rational, Rational] => [y[0] ?? ZERO, y[1] ?? ZERO];

/** (|y_1| + e |y_2|)/(4 - y_1). @throws RangeError outside the domain y_1 < 4. */
export function quotient(weight: Numeric, y: RationalVector): Rational {
  const [a, b] = entries(y);
  if (!a.lessThan(FOUR)) throw new RangeError(`quotient: y_1 < 4, got ${a}`);
  return a.absolute().plus(Rational.from(weight).times(b.absolute())).dividedBy(FOUR.minus(a));
}

export interface QuotientInstance {
  /** e > 0. */
  readonly weight: Numeric;
  readonly point: readonly Numeric[];
  readonly radius: Numeric;
  /** The ball minimiser u, known from the way the instance was built. */
  readonly minimiser: readonly Numeric[];
}

/** x = u + scale n for a normal n of {f <= f(u)} at u, of the norm `norm`; the scale is cut where x would leave the domain. */
export function built(
  weight: Rational,
  u: RationalVector,
  n: RationalVector,
  norm: Rational,
  wanted: Rational,
): QuotientInstance {
  const [u1] = entries(u);
  const [n1] = entries(n);
  const scale = n1.sign() > 0 ? Rational.min(wanted, FOUR.minus(u1).dividedBy(n1.times(Rational.of(2)))) : wanted;
  return {
    weight: weight.toString(),
    point: sumOf(u, multipleOf(scale, n)).map(String),
    radius: scale.times(norm).toString(),
    minimiser: u.map(String),
  };
}

const fraction = (low: number, high: number, q: number): Arbitrary<Rational> =>
  fc.integer({ min: low, max: high }).map((p) => Rational.of(p, q));

/** Legs and hypotenuse 1, r, sqrt(1 + r²). */
const triangle: Arbitrary<readonly [Rational, Rational]> = fraction(1, 11, 12).map((m) => {
  const rest = ONE.minus(m.power(2));
  return [m.times(Rational.of(2)).dividedBy(rest), ONE.plus(m.power(2)).dividedBy(rest)] as const;
});

const scales = fraction(1, 24, 4);

/** u on the axis: the normal is (sign u_1 + L, w) for any |w| <= e. */
export const onAxis: Arbitrary<QuotientInstance> = fc
  .record({
    u: fraction(-40, 7, 4),
    leg: triangle,
    sign: fc.constantFrom(-1, 0, 1),
    extra: fraction(0, 8, 4),
    scale: scales,
  })
  .map(({ u: drawn, leg: [r, hypotenuse], sign, extra, scale }) => {
    const u = drawn.sign() === 0 ? ONE : drawn;
    const L = u.absolute().dividedBy(FOUR.minus(u));
    const along = Rational.of(u.sign()).plus(L);
    const across = sign === 0 ? ZERO : along.absolute().times(r).times(Rational.of(sign));
    const norm = sign === 0 ? along.absolute() : along.absolute().times(hypotenuse);
    const weight = along.absolute().times(r).plus(extra);
    return built(weight, [u, ZERO], [along, across], norm, scale);
  });

/** u off both axes: e = |sign u_1 + L| r, and |u_2| from the value L. */
export const offAxes: Arbitrary<QuotientInstance> = fc
  .record({
    u: fraction(-40, 7, 4),
    leg: triangle,
    sign: fc.constantFrom(-1, 1),
    share: fraction(1, 11, 12),
    scale: scales,
  })
  .map(({ u: drawn, leg: [r, hypotenuse], sign, share, scale }) => {
    const u = drawn.sign() === 0 ? ONE.negated() : drawn;
    // between the value on the axis and 1
    const least = u.absolute().dividedBy(FOUR.minus(u));
    const L = least.plus(ONE.minus(least).times(share));
    const along = Rational.of(u.sign()).plus(L);
    const weight = along.absolute().times(r);
    const height = L.times(FOUR.minus(u)).minus(u.absolute()).dividedBy(weight);
    const signed = Rational.of(sign);
    return built(
      weight,
      [u, signed.times(height)],
      [along, signed.times(weight)],
      along.absolute().times(hypotenuse),
      scale,
    );
  });

/** From (-4, 0) to (-3, 0) with t = 1: f falls from 1/2 to 3/7, on the axis, where f is concave. */
export const CONCAVE: QuotientInstance = built(
  ONE,
  vectorFrom([-3, 0]),
  [Rational.of(-4, 7), ZERO],
  Rational.of(4, 7),
  Rational.of(7, 4),
);

/** The same step mirrored to x_1 < u_1 < 0 on the axis, where f is concave. */
export function leftOfTheMinimiser({ minimiser, radius: t }: QuotientInstance): QuotientInstance {
  const u = Rational.from(minimiser[0] ?? 1)
    .absolute()
    .negated();
  const along = u.absolute().dividedBy(FOUR.minus(u)).minus(ONE);
  return built(ONE, [u, ZERO], [along, ZERO], along.absolute(), Rational.from(t).dividedBy(along.absolute()));
}
