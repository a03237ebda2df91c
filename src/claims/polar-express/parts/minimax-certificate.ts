import type { Obligation } from '../../../claim/certificate.ts';
import { Multivariate } from '../../../kernels/exact/multivariate.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { isErrorAtMost } from '../../../kernels/minimax/is-error-at-most.ts';
import type { MinimaxDegree } from '../../../kernels/minimax/odd-minimax-type.ts';
import { oddPolynomial } from '../../../kernels/minimax/worst-error.ts';
import { bestError } from './best-error.ts';
import { type Finding, identity, nonNegative, obligation, shown } from './obligations.ts';

const v = Multivariate.variable;
const constant = (x: Numeric): Multivariate => Multivariate.constant(x);
const product = (factors: readonly Multivariate[]): Multivariate => factors.reduce((a, b) => a.times(b), constant(1));
const total = (terms: readonly Multivariate[]): Multivariate => terms.reduce((a, b) => a.plus(b), constant(0));
const alternating = (i: number): Numeric => (i % 2 === 0 ? 1 : -1);

/** prod_(i < j) (x_j² - x_i²). */
const vandermonde = (points: readonly Multivariate[]): Multivariate =>
  product(points.flatMap((x, i) => points.slice(i + 1).map((y) => y.power(2).minus(x.power(2)))));

/** |w_i| times x_0 … x_(n-1) times the whole Vandermonde product: w_i has the sign (-1)^(n-1-i). */
const weightNumerators = (points: readonly Multivariate[]): readonly Multivariate[] =>
  points.map((_, i) => {
    const others = points.filter((_, j) => j !== i);
    return product(others).times(vandermonde(others));
  });

function duality(q: 1 | 2): readonly Obligation[] {
  const n = q + 2;
  const points = Array.from({ length: n }, (_, i) => v(`x${i}`));
  const numerators = weightNumerators(points);
  const moment = (j: number): Multivariate =>
    total(points.map((x, i) => (numerators[i] ?? constant(0)).times(x.power(2 * j + 1)).times(alternating(i))));
  // x_0 = t, x_(i+1) = x_i + h_i with t, h_i >= 0
  const ordered = Array.from({ length: n }, (_, i) =>
    total([v('t'), ...Array.from({ length: i }, (_, k) => v(`h${k}`))]),
  );
  const sum = total(weightNumerators(ordered).map((w, i) => w.times(alternating(i))));
  const moments = Array.from(
    { length: q + 1 },
    (_, j): Finding => [moment(j).isZero(), `j = ${j}: the sum expands to 0`],
  );
  const chosen = points.slice(0, q + 1);
  return [
    obligation(
      `annihilation-${2 * q + 1}`,
      String.raw`\sum_i w_i x_i^{2j+1} = 0 \text{ for } j = 0, \dots, ${q}, \ w_i = 1/(x_i \prod_{j \ne i} (x_i^2 - x_j^2)), \text{ all } x_0 < \dots < x_${q + 1}`,
      moments as [Finding, ...Finding[]],
    ),
    obligation(
      `lower-end-first-${2 * q + 1}`,
      String.raw`\text{the sum of the } w_i \text{ has the sign of } w_0, \text{ so the error } 1 - p \text{ is } +E \text{ at } x_0 = l: \ p(l) = 1 - E`,
      [nonNegative(sum, 'the sum in increments of the points')],
    ),
    obligation(
      `haar-${2 * q + 1}`,
      String.raw`\det (x_i^{2j+1}) = \prod_i x_i \prod_{i<j} (x_j^2 - x_i^2) \ne 0: \text{ equality in the bound determines } p \text{ at } ${q + 2} \text{ points, hence } p \text{ is unique}`,
      [identity(determinant(chosen), product(chosen).times(vandermonde(chosen)), 'determinant')],
    ),
  ];
}

function determinant(points: readonly Multivariate[]): Multivariate {
  const [x, y, z] = points;
  if (x === undefined || y === undefined)
    throw new RangeError(`determinant: two or three points, got ${points.length}`);
  const two = (a: Multivariate, b: Multivariate, j: number, k: number): Multivariate =>
    a
      .power(j)
      .times(b.power(k))
      .minus(a.power(k).times(b.power(j)));
  if (z === undefined) return two(x, y, 1, 3);
  return total([x.times(two(y, z, 3, 5)), y.times(two(x, z, 3, 5)).times(-1), z.times(two(x, y, 3, 5))]);
}

/** Degree 3, for all l < u at once: G = m² x - x³/3 with 3 m² = u² + lu + l². */
function closedForm(): readonly Obligation[] {
  const [l, u, m, x] = [v('l'), v('u'), v('m'), v('x')];
  const square = total([u.power(2), l.times(u), l.power(2)]);
  // 3 G with 3 m² written out, and with m
  const outer = (y: Multivariate): Multivariate => square.times(y).minus(y.power(3));
  const inner = (y: Multivariate): Multivariate => m.power(2).times(y).times(3).minus(y.power(3));
  return [
    obligation(
      'cubic-levels',
      String.raw`3(G(x) - G(l)) = (x-l)(u-x)(x+l+u) \ge 0 \text{ on } [l, u], \text{ with } G(l) = G(u) = lu(l+u)/3`,
      [
        identity(outer(x).minus(outer(l)), product([x.minus(l), u.minus(x), total([x, l, u])]), 'lower level'),
        identity(outer(l), product([l, u, l.plus(u)]), '3 G(l)'),
        identity(outer(u), product([l, u, l.plus(u)]), '3 G(u)'),
      ],
    ),
    obligation(
      'cubic-maximum',
      String.raw`3(G(m) - G(x)) = (m-x)^2 (2m+x) \ge 0 \text{ for } x \ge 0, \ G(m) = 2m^3/3: \text{ with } \beta = 2G(m)/(G(m)+G(l)) = 4/(2 + lu(l+u)\alpha^3), \ \alpha = 1/m, \text{ the printed form}`,
      [identity(inner(m).minus(inner(x)), m.minus(x).power(2).times(m.times(2).plus(x)), 'upper level')],
    ),
  ];
}

/** Degree 5: what holds wherever G' = (x² - q²)(x² - r²), q < r, G(l) = G(r), G(q) = G(u). */
function quinticShape(): readonly Obligation[] {
  const [q, r, x, s, t] = [v('q'), v('r'), v('x'), v('s'), v('t')];
  const G = (y: Multivariate, a: Multivariate, b: Multivariate): Multivariate =>
    total([
      y.power(5).times('1/5'),
      y
        .power(3)
        .times(a.power(2).plus(b.power(2)))
        .times('-1/3'),
      y.times(a.power(2)).times(b.power(2)),
    ]);
  const rise = (from: Multivariate, to: Multivariate, a: Multivariate, b: Multivariate): Multivariate =>
    G(to, a, b).minus(G(from, a, b));
  const [xs, xst] = [x.plus(s), total([x, s, t])];
  return [
    obligation(
      'quintic-monotone-pieces',
      String.raw`G \text{ rises on } [0, q], \text{ falls on } [q, r] \text{ and rises from } r \text{ on: with } G(l) = G(r) \text{ and } G(u) = G(q) \text{ the levels } 1 \mp E \text{ of } p = 2G/(G(q) + G(r)) \text{ are its extrema on } [l, u]`,
      [
        nonNegative(rise(x, xs, total([x, s, t]), total([x, s, t, v('w')])), 'G(x+s) - G(x), q = x+s+t, r = q+w'),
        nonNegative(rise(xs, x, x, xst), 'G(q) - G(q+s), r = q+s+t'),
        nonNegative(rise(xs, xst, x, xs), 'G(r+t) - G(r), r = q+s'),
      ],
    ),
    obligation('quintic-level-sum', String.raw`15\,G(q) = 2q^3(5r^2 - q^2), \ 15\,G(r) = 2r^3(5q^2 - r^2)`, [
      identity(
        G(q, q, r).times(15),
        q
          .power(3)
          .times(r.power(2).times(5).minus(q.power(2)))
          .times(2),
        'level at q',
      ),
      identity(
        G(r, q, r).times(15),
        r
          .power(3)
          .times(q.power(2).times(5).minus(r.power(2)))
          .times(2),
        'level at r',
      ),
    ]),
  ];
}

const LOWERS = ['1/1000000', '1/1000', '1/10', '1/2', '9/10', '99/100'];

/** For given (l, u): a dual bound, an error certified by Sturm chains, and how far they are apart. */
function certified(degree: MinimaxDegree): Obligation {
  const findings = LOWERS.map((text): Finding => {
    const lower = Rational.from(text);
    const { solution, error } = bestError(lower, Rational.ONE, degree);
    const isAbove = isErrorAtMost(oddPolynomial(solution.coefficients), { lo: lower, hi: Rational.ONE }, error.hi);
    const gap = error.hi.minus(error.lo);
    return [
      isAbove && gap.sign() >= 0 && gap.lessThan(GAP),
      `l = ${text}: E in [${shown(error.lo)}, that + ${gap.upperDouble().toExponential(1)}]`,
    ];
  });
  return obligation(
    `certified-${degree}`,
    String.raw`\text{on } [l, 1] \text{ the dual bound at the equioscillation points and a polynomial whose error Sturm chains certify leave a gap below } 2^{-80}`,
    findings as [Finding, ...Finding[]],
  );
}

const GAP = Rational.of(1n, 1n << 80n);

export const minimaxObligations = (): readonly [Obligation, ...Obligation[]] => [
  certified(3),
  certified(5),
  ...duality(1),
  ...duality(2),
  ...closedForm(),
  ...quinticShape(),
];
