import type { Obligation } from '../../../claim/certificate.ts';
import { Multivariate } from '../../../kernels/exact/multivariate.ts';
import {
  addPolynomials,
  multiplyPolynomials,
  type Polynomial,
  polynomial,
  scalePolynomial,
  subtractPolynomials,
} from '../../../kernels/exact/polynomial.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { type Bivariate, boxesOfSign } from '../../../kernels/exact/sign-on-box.ts';
import type { MinimaxDegree } from '../../../kernels/minimax/odd-minimax-type.ts';
import { type Finding, identity, nonNegativeOn, obligation } from './obligations.ts';
import { quinticWitness } from './quintic-witness.ts';

const UNIT = { lo: Rational.ZERO, hi: Rational.ONE };
const BOTH = { lo: Rational.of(-1), hi: Rational.ONE };
/** Halvings of a rectangle before its sign counts as undecided. */
const HALVINGS = 12;

const product = (factors: readonly Polynomial[]): Polynomial => factors.reduce(multiplyPolynomials, polynomial([1]));
const power = (p: Polynomial, exponent: number): Polynomial => product(Array.from({ length: exponent }, () => p));
const total = (terms: readonly Polynomial[]): Polynomial => terms.reduce(addPolynomials, polynomial([]));

/** Where the Chebyshev polynomial of degree q + 1 touches ±1, and its leading part: the points that the limit e -> 0 has. */
const LIMITS = {
  3: { points: [-1, 0, 1], constant: Rational.of(3, 4) },
  5: { points: [-1, '-1/2', '1/2', 1], constant: Rational.of(5, 8) },
} as const;

/** c_q: the least of E/e^(q+1), approached for e -> 0. */
export const limitConstant = (degree: MinimaxDegree): Rational => LIMITS[degree].constant;

/** The dual bound at 1 + e t_i is numerator(e)/denominator(e): both sums over i of prod_(j != i) x_j times a Vandermonde product. */
function dualAt(points: readonly Numeric[]): { readonly numerator: Polynomial; readonly denominator: Polynomial } {
  const x = points.map((t) => polynomial([1, t]));
  const squared = x.map((p) => multiplyPolynomials(p, p));
  const terms = x.map((_, i) => {
    const others = x.flatMap((_, j) => (j === i ? [] : [j]));
    const differences = others.flatMap((j, at) =>
      others.slice(at + 1).map((k) => subtractPolynomials(squared[k] ?? [], squared[j] ?? [])),
    );
    return product([...others.map((j) => x[j] ?? []), ...differences]);
  });
  return {
    numerator: total(terms.map((p, i) => scalePolynomial(Rational.of(i % 2 === 0 ? 1 : -1), p))),
    denominator: total(terms),
  };
}

function fromBelow(degree: MinimaxDegree): Obligation {
  const { points, constant } = LIMITS[degree];
  const order = (degree + 1) / 2;
  const { numerator, denominator } = dualAt(points);
  const bound = scalePolynomial(constant, product([power(polynomial([0, 1]), order), denominator]));
  return obligation(
    `from-below-${degree}`,
    String.raw`E \ge ${constant} e^${order}, \text{ by the dual bound at the points } 1 + e t, \ t \in \{${points.join(', ')}\}`,
    [
      nonNegativeOn(denominator, UNIT, 'the denominator of the bound'),
      nonNegativeOn(subtractPolynomials(numerator, bound), UNIT, `its numerator - ${constant} e^${order} denominator`),
    ],
  );
}

function cubicFromAbove(): Obligation {
  const e = Multivariate.variable('e');
  const [l, u] = [Multivariate.constant(1).minus(e), Multivariate.constant(1).plus(e)];
  const z = polynomial([0, 1]);
  const [linear, third] = [
    addPolynomials(polynomial([1]), z),
    addPolynomials(polynomial([1]), scalePolynomial(Rational.of(1, 3), z)),
  ];
  return obligation(
    'from-above-3',
    String.raw`E = (m^3 - (1 - e^2))/(m^3 + (1 - e^2)), \ m^2 = 1 + e^2/3, \text{ so } E \le e^2 \iff m^3 \le 1 + e^2 \iff (1 + z/3)^3 \le (1 + z)^2, \ z = e^2`,
    [
      identity(
        l.power(2).plus(l.times(u)).plus(u.power(2)),
        e.power(2).plus(3),
        '3 m^2 = l^2 + lu + u^2 at l = 1 - e, u = 1 + e',
      ),
      identity(l.times(u).times(l.plus(u)), Multivariate.constant(2).minus(e.power(2).times(2)), '3 G(l) = lu(l + u)'),
      nonNegativeOn(subtractPolynomials(power(linear, 2), power(third, 3)), UNIT, '(1 + z)^2 - (1 + z/3)^3'),
    ],
  );
}

/** 1 plus or minus the polynomial. */
const oneAnd = (p: Bivariate, sign: 1 | -1): Bivariate =>
  p.map((row, i) =>
    row.map((c, j) => (i === 0 && j === 0 ? Rational.ONE : Rational.ZERO).plus(c.times(Rational.of(sign)))),
  );

function quinticFromAbove(): Obligation {
  const { quotient, remainder } = quinticWitness();
  const signed = (sign: 1 | -1): Finding => {
    const boxes = boxesOfSign(oneAnd(quotient, sign), UNIT, BOTH, HALVINGS);
    return [
      boxes !== undefined,
      `1 ${sign > 0 ? '+' : '-'} (p_e - 1)/e^3 has nonnegative Bernstein coefficients on ${boxes ?? 'no'} boxes that cover [0, 1] x [-1, 1]`,
    ];
  };
  return obligation(
    'from-above-5',
    String.raw`\text{an odd quintic } p_e \text{ with polynomial coefficients has } |1 - p_e(1 + et)| \le e^3 \text{ for all } e \in [0, 1], \ |t| \le 1`,
    [[remainder.every((c) => c.sign() === 0), 'e^3 divides p_e(1 + et) - 1'], signed(1), signed(-1)],
  );
}

/** E_T ≤ e^((q+1)^T) for all l, u and T, and what follows from it. */
export const rateObligations = (): readonly [Obligation, ...Obligation[]] => [
  cubicFromAbove(),
  quinticFromAbove(),
  fromBelow(3),
  fromBelow(5),
  obligation(
    'printed-form',
    String.raw`u = 1: \ e = (1-l)/(1+l) \le 1 - l^2, \text{ since } (1-l^2)(1+l) - (1-l) = (1-l)(2l + l^2) \ge 0`,
    [nonNegativeOn(product([polynomial([1, -1]), polynomial([0, 2, 1])]), UNIT, '(1-l)(2l + l^2)')],
  ),
  induction(),
];

function induction(): Obligation {
  const [E, q, n] = ['E', 'q', 'n'].map(Multivariate.variable) as [Multivariate, Multivariate, Multivariate];
  const [l, u] = [Multivariate.constant(1).minus(E), Multivariate.constant(1).plus(E)];
  return obligation(
    'induction',
    String.raw`\text{the greedy composition is optimal, and its next interval } [1-E, 1+E] \text{ has } e = E, \text{ so } c E_t^{q+1} \le E_{t+1} \le E_t^{q+1}; \text{ the exponent of } c \text{ after } T \text{ steps is } ((q+1)^T - 1)/q`,
    [
      identity(u.minus(l), E.times(u.plus(l)), 'u - l = E (u + l)'),
      // n = (q+1)^T: (q+1) (n-1)/q + 1 = ((q+1) n - 1)/q, times q
      identity(q.plus(1).times(n.minus(1)).plus(q), q.plus(1).times(n).minus(1), 'exponents'),
    ],
  );
}
