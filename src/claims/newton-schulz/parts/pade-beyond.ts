import type { Obligation } from '../../../claim/certificate.ts';
import {
  composePolynomials,
  derivative,
  evaluate,
  evaluateOnInterval,
  type Polynomial,
  polynomial,
  scalePolynomial,
  subtractPolynomials,
} from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { distance, outward, point, shown } from './bracket.ts';
import { counted, type Finding, identical, obligation, power, product, signed, sum } from './obligations.ts';
import { ONE, odd, root, slopeAt, X } from './odd-polynomial.ts';

/** The cubic beyond sqrt 3: x' = x h(x²) with h = (3 - y)/2. */
export function cubicBeyond(h: Polynomial): readonly Obligation[] {
  const [three, five] = [Rational.of(3), Rational.of(5)];
  const plus = sum(h, ONE);
  const at = (x: Rational): Rational => evaluate(odd(h), x);
  const [two, other] = [Rational.of(2), Rational.of(11, 5)];
  return [
    obligation('cubic-edge', String.raw`p_3(\sqrt 3) = 0`, [[evaluate(h, three).sign() === 0, 'h(3) = 0']]),
    obligation('cubic-2-cycle', String.raw`p_3(\pm\sqrt 5) = \mp\sqrt 5 \text{ with slope } -6`, [
      [evaluate(h, five).equals(Rational.of(-1)), `h(5) = ${evaluate(h, five)}`],
      [slopeAt(h, five).equals(Rational.of(-6)), `p_3' = ${slopeAt(h, five)} at x^2 = 5`],
    ]),
    obligation(
      'cubic-between',
      String.raw`\sqrt 3 < |x| < \sqrt 5: |x_T| \text{ falls below } \sqrt 3, \text{ and the limits } 1, -1, 0 \text{ all occur}`,
      [
        signed(h, three, five, ['nonpositive'], 'y'),
        signed(plus, three, five, ['nonnegative'], 'y'),
        counted(plus, three, five, 1, 'y'),
        [at(two).equals(Rational.of(-1)), `p_3(2) = ${at(two)}`],
        [
          at(at(other)).sign() > 0 && at(at(other)).power(2).lessThan(three),
          `p_3(p_3(11/5)) = ${at(at(other))} in (0, sqrt 3)`,
        ],
        // p_3(x)² = y h(y)² = 3 somewhere: x -> ±sqrt 3 -> 0
        counted(subtractPolynomials(product(X, power(h, 2)), [three]), three, five, 1, 'y'),
      ],
    ),
    obligation(
      'cubic-diverges',
      String.raw`|p_3(x)| > |x| \text{ for } |x| > \sqrt 5, \text{ without a further fixed modulus: } |x_T| \to \infty`,
      [
        signed(plus, five, Number.POSITIVE_INFINITY, ['nonpositive'], 'y'),
        counted(plus, five, Number.POSITIVE_INFINITY, 0, 'y'),
      ],
    ),
  ];
}

/** The quintic: monotone, with the fixed point sqrt(7/3), beyond which it climbs. */
export function quinticBeyond(h: Polynomial, edgeSquared: Rational, cubicEdge: Rational): readonly Obligation[] {
  const shift = subtractPolynomials(h, ONE);
  return [
    obligation('quintic-monotone', String.raw`p_5' = \tfrac{15}{8} (1 - x^2)^2 \ge 0`, [
      identical(
        derivative(odd(h)),
        composePolynomials(scalePolynomial(Rational.of(15, 8), root(2)), polynomial([0, 0, 1])),
        'x',
      ),
    ]),
    obligation('quintic-edge', String.raw`\sqrt{7/3} \text{ is a fixed point with slope } 10/3`, [
      [evaluate(shift, edgeSquared).sign() === 0, 'h(7/3) - 1 = 0'],
      [slopeAt(h, edgeSquared).equals(Rational.of(10, 3)), `p_5' = ${slopeAt(h, edgeSquared)} at x^2 = 7/3`],
    ]),
    obligation(
      'quintic-basin-exact',
      String.raw`p_5(x) > x \text{ for } x > \sqrt{7/3}, \text{ hence } x_T \uparrow \infty; \text{ the basin of } 1 \text{ on } x > 0 \text{ is } (0, \sqrt{7/3})`,
      [
        signed(shift, edgeSquared, Number.POSITIVE_INFINITY, ['nonnegative'], 'y'),
        counted(shift, edgeSquared, Number.POSITIVE_INFINITY, 0, 'y'),
      ],
    ),
    obligation('quintic-basin-smaller', '7/3 < 3', [
      [edgeSquared.lessThan(cubicEdge), `${edgeSquared} < ${cubicEdge}`],
    ]),
  ];
}

export const STABLE = polynomial([2, '-3/2', '1/2']);

/** 2x - 3/2 x³ + 1/2 x⁵: steeper at 0, of order 2 only, and not monotone. */
export function stable(): readonly Obligation[] {
  const [h, p] = [STABLE, odd(STABLE)];
  const cofactor = polynomial([1, 0, -1, '-1/2']);
  const y = Rational.of(4, 5);
  const peak = y.times(evaluate(h, y).power(2));
  const shift = subtractPolynomials(p, X);
  return [
    obligation(
      'stable-order-2',
      String.raw`1 - p = -(1-x)^2 (x^3 + 2 x^2 - 2)/2 \text{ with } w(1) = -1/2: \text{ order exactly } 2`,
      [
        identical(subtractPolynomials(ONE, p), product(root(2), polynomial([1, 0, -1, '-1/2'])), 'x'),
        [evaluate(cofactor, Rational.ONE).equals(Rational.of(-1, 2)), `w(1) = ${evaluate(cofactor, Rational.ONE)}`],
      ],
    ),
    obligation('stable-overshoots', String.raw`\max_{[0,1]} p = p(\sqrt{4/5}) = \sqrt{3136/3125} > 1`, [
      identical(
        derivative(p),
        scalePolynomial(Rational.of(1, 2), product(polynomial([1, 0, -1]), polynomial([4, 0, -5]))),
        'x',
      ),
      [peak.equals(Rational.of(3136, 3125)) && Rational.ONE.lessThan(peak), `p^2 = ${peak} at x^2 = 4/5`],
    ]),
    obligation(
      'stable-basin',
      String.raw`\text{the fixed points on } x \ge 0 \text{ are } 0, 1, \sqrt 2; \text{ the basin of } 1 \text{ on } x > 0 \text{ is } (0, \sqrt 2), \text{ and } p'(\sqrt 2) = 3`,
      [
        identical(
          shift,
          scalePolynomial(Rational.of(1, 2), product(X, polynomial([-1, 0, 1]), polynomial([-2, 0, 1]))),
          'x',
        ),
        signed(h, 0, 2, ['positive'], 'y'),
        // below 1 it climbs, and overshoots by less than sqrt 2; between 1 and sqrt 2 it falls and stays above 1
        [peak.lessThan(Rational.of(2)), `overshoot: p^2 <= ${peak} < 2`],
        signed(cofactor, 1, 2, ['negative'], 'x'),
        [slopeAt(h, Rational.of(2)).equals(Rational.of(3)), `p' = ${slopeAt(h, Rational.of(2))} at x^2 = 2`],
      ],
    ),
  ];
}

/** The least k with |1 - x_k| <= 1/1000, from orbits rounded outward. */
function stepsNeeded(h: Polynomial, start: Rational): number {
  const p = odd(h);
  const near = Rational.of(1, 1000);
  let x = point(start);
  for (let k = 0; ; k += 1) {
    const { lo, hi } = distance(x, point(Rational.ONE));
    if (hi.atMost(near)) return k;
    if (lo.atMost(near))
      throw new RangeError(`stepsNeeded: an orbit that is decided, got ${shown(x)} after ${k} steps`);
    x = outward(evaluateOnInterval(p, x));
  }
}

export function fewerSteps(maps: readonly [Polynomial, Polynomial, Polynomial]): Obligation {
  const counts = [2, 10, 100, 1000].map((n) => ({
    n,
    steps: maps.map((h) => stepsNeeded(h, Rational.of(1, n))) as [number, number, number],
  }));
  const [first, ...others] = counts.map(({ n, steps }): Finding => {
    const [cubic, quintic, stable] = steps;
    return [quintic < cubic && stable <= quintic, `from 1/${n}: ${steps.join(', ')} steps`];
  });
  return obligation(
    'fewer-steps',
    String.raw`\text{from } 1/2, 1/10, 1/100, 1/1000 \text{ the quintic is within } 1/1000 \text{ of } 1 \text{ before the cubic, the steeper map no later}`,
    [first ?? [false, 'no start'], ...others],
  );
}
