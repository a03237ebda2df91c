import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { derivative, evaluate, type Polynomial, subtractPolynomials } from '../../kernels/exact/polynomial.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { type RationalInterval, toInterval } from '../../kernels/exact/rational-interval.ts';
import { toSignificant } from '../../kernels/exact/significant.ts';
import { dualBound, dualWeights } from '../../kernels/minimax/dual-bound.ts';
import { oddMinimax } from '../../kernels/minimax/odd-minimax.ts';
import type { MinimaxDegree } from '../../kernels/minimax/odd-minimax-type.ts';
import { oddPolynomial } from '../../kernels/minimax/worst-error.ts';
import {
  type PolarExpressInput,
  type PolarExpressOutput,
  polarExpressCoefficientsOperation,
} from '../../operations/polar-express-coefficients.ts';
import { bestError } from './parts/best-error.ts';
import { minimaxObligations } from './parts/minimax-certificate.ts';
import { effectOf, range } from './parts/polynomial-error.ts';

/**
 * One step of Polar Express is the odd polynomial nearest to 1 on an interval, and its optimality has a certificate of q + 2
 * numbers.
 *
 * Weights w_i = 1/(x_i prod (x_i² - x_j²)) annihilate all odd polynomials of degree 2q + 1, so |sum w_i|/sum |w_i| bounds every such
 * polynomial's error from below, at any q + 2 points. At the points where 1 - p takes its extreme values with alternating signs
 * the bound is the error itself: the ratio 1 is attained there and nowhere else. Such a p is unique, lowest at l, and increasing
 * from 0 to l. Degree 3 has it in closed form for every l < u; in degree 5 two inner points solve G(l) = G(r), G(q) = G(u).
 */

interface Instance {
  readonly lower: Numeric;
  readonly upper: Numeric;
  readonly degree: MinimaxDegree;
  /** (degree + 3)/2 points of [lower, upper]. */
  readonly nodes: readonly Numeric[];
}

interface Observed {
  readonly p: Polynomial;
  readonly error: Rational;
  readonly errorBound: number;
}

const ONE = Rational.ONE;
const numbers = ({ lower, upper, nodes }: Instance) => ({
  lower: Rational.from(lower),
  upper: Rational.from(upper),
  nodes: nodes.map((x) => Rational.from(x)),
});

const enclosed = (x: RationalInterval): Enclosure => enclosing(toInterval(x));
const widened = ({ lo, hi }: RationalInterval, by: Rational): RationalInterval => ({
  lo: lo.minus(by),
  hi: hi.plus(by),
});

/** p over [lower, upper]: the ends of its image, each as wide as the answer may be wrong. */
function levels(instance: Instance, { p, errorBound }: Observed) {
  const { lower, upper } = numbers(instance);
  const { lo, hi } = range(p, { lo: lower, hi: upper });
  const by = effectOf(errorBound, upper);
  return { least: widened({ lo, hi: lo }, by), most: widened({ lo: hi, hi }, by), by };
}

/** max |1 - p|. */
function worst(instance: Instance, observed: Observed): RationalInterval {
  const { least, most } = levels(instance, observed);
  return {
    lo: Rational.max(ONE.minus(least.hi), most.lo.minus(ONE)),
    hi: Rational.max(ONE.minus(least.lo), most.hi.minus(ONE)),
  };
}

const best = (instance: Instance): RationalInterval =>
  bestError(Rational.from(instance.lower), Rational.from(instance.upper), instance.degree).error;

/** The Newton–Schulz map scaled to the upper end, N(x/u). */
function padeOn({ upper, degree }: Instance): Polynomial {
  const u = Rational.from(upper);
  const triple = degree === 3 ? ['3/2', '-1/2', '0'] : ['15/8', '-5/4', '3/8'];
  return oddPolynomial(triple.map((c, k) => Rational.from(c).dividedBy(u.power(2 * k + 1))));
}

/** max |p - N(x/u)| over the interval. */
function distanceToPade(instance: Instance, observed: Observed): RationalInterval {
  const { lower, upper } = numbers(instance);
  const { lo, hi } = range(subtractPolynomials(observed.p, padeOn(instance)), { lo: lower, hi: upper });
  const size = Rational.max(lo.absolute(), hi.absolute());
  const distance = widened({ lo: size, hi: size }, effectOf(observed.errorBound, upper));
  return { lo: Rational.max(distance.lo, Rational.ZERO), hi: distance.hi };
}

/** factor (1 - l/u)^(q+1). */
const gapPower = (instance: Instance, factor: Rational): Rational => {
  const { lower, upper } = numbers(instance);
  return factor.times(ONE.minus(lower.dividedBy(upper)).power((instance.degree + 1) / 2));
};

const pointsOf = (degree: MinimaxDegree): number => (degree + 3) / 2;
const GRID = 64;
const lowers = fc.integer({ min: 1, max: 1020 }).map((k) => Rational.of(k, 1024));
const uppers = fc.integer({ min: 1, max: 16 }).map((k) => Rational.of(k, 8));
const degrees = fc.constantFrom<MinimaxDegree[]>(3, 5);

const instanceOf = (ratio: Rational, upper: Rational, degree: MinimaxDegree, nodes: readonly Rational[]): Instance => ({
  lower: ratio.times(upper).toString(),
  upper: upper.toString(),
  degree,
  nodes: nodes.map((x) => x.toString()),
});

/** Any increasing points of the interval. */
const anyPoints: Arbitrary<Instance> = fc.tuple(lowers, uppers, degrees).chain(([ratio, upper, degree]) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: GRID }), { minLength: pointsOf(degree), maxLength: pointsOf(degree) })
    .map((drawn) => {
      const lower = ratio.times(upper);
      const weights = drawn.sort((x, y) => x - y).map((k) => Rational.of(k, GRID));
      return instanceOf(
        ratio,
        upper,
        degree,
        weights.map((w) => lower.plus(upper.minus(lower).times(w))),
      );
    }),
);

/** The equioscillation points, those inside rounded to some 40 digits. */
function atBestPoints(ratio: Rational, upper: Rational, degree: MinimaxDegree): Instance {
  const lower = ratio.times(upper);
  const nodes = oddMinimax(lower, upper, degree, 60).nodes;
  const inner = nodes.slice(1, -1).map((x) => lower.plus(toSignificant(x.minus(lower), 40)));
  return instanceOf(ratio, upper, degree, [lower, ...inner, upper]);
}

/** The authors' example of points that are not the right ones, on [1/10, 1]. */
const WRONG_POINTS: Instance = { lower: '1/10', upper: '1', degree: 5, nodes: ['1/10', '3/10', '7/10', '1'] };

/** The subject's coefficients through `change`; its error as it was. */
const withCoefficients =
  (change: (row: readonly Numeric[], input: PolarExpressInput) => readonly Numeric[]) =>
  (input: PolarExpressInput, { coefficients, errors }: PolarExpressOutput) => ({
    coefficients: coefficients.map((row) => change(row, input)),
    errors,
  });

export default defineClaim<Instance, Observed>({
  id: 'polar-express-minimax-step',
  statement: String.raw`For $0 < l < u$ and $d = 2q+1 \in \{3, 5\}$ let $p$ be odd of degree at most $d$ with $p(x_i) = 1 - (-1)^i E$ at points
$l = x_0 < \dots < x_{q+1} = u$ and $|1 - p| \le E$ on $[l, u]$. Then $p$ is the unique odd polynomial of degree at most $d$ with the least
$\max_{[l,u]} |1 - p|$, namely $E$; $p(l) = 1 - E$ is its least value there, $1 + E$ its greatest, and $p$ increases on $[0, l]$. For all odd $p$ of
degree at most $d$ and all $x_0 < \dots < x_{q+1}$ in $[l, u]$, $\max_{[l,u]} |1 - p| \ge |\sum_i w_i| / \sum_i |w_i|$ with
$w_i = 1/(x_i \prod_{j \ne i} (x_i^2 - x_j^2))$, with equality for these. In degree 3, $p(x) = \beta N(\alpha x)$, $N(x) = \tfrac32 x - \tfrac12 x^3$,
$\alpha = \sqrt{3/(u^2 + lu + l^2)}$, $\beta = 4/(2 + lu(l+u)\alpha^3)$, $E = \beta - 1$, $x_1 = 1/\alpha$.`,
  source: {
    paper: 'The Polar Express (Amsel et al. 2025)',
    locus: 'section 4.2; Theorem 4.1 for T = 1, its Lemma; appendix D',
    arxiv: '2505.16932',
    printed: 'holds',
    erratum:
      'A side remark of appendix D, that the Newton–Schulz map scaled to u is within 2 (1 - l/u)^3 of p in degree 5, is contradicted at l = 99/100, u = 1, as we read it: the distance is above 2.4e-6. The argument given for it yields 5 (1 - l/u)^3, which holds.',
  },
  assumptions: [
    {
      id: 'interval',
      text: '0 < l < u',
      holds: (instance) => {
        const { lower, upper } = numbers(instance);
        return lower.sign() > 0 && lower.lessThan(upper);
      },
    },
    {
      id: 'points',
      text: 'q + 2 increasing points of [l, u]',
      holds: (instance) => {
        const { lower, upper, nodes } = numbers(instance);
        const ends = [lower, ...nodes, upper];
        return (
          nodes.length === pointsOf(instance.degree) &&
          ends.every((x, i) => (ends[i - 1] ?? Rational.ZERO).atMost(x)) &&
          nodes.every((x, i) => i === 0 || (nodes[i - 1] ?? x).lessThan(x))
        );
      },
    },
  ],
  families: [
    { id: 'any-points', role: 'generic', arbitrary: anyPoints },
    {
      id: 'equioscillation',
      role: 'extremal',
      arbitrary: fc.tuple(lowers, uppers, degrees).map(([ratio, upper, degree]) => atBestPoints(ratio, upper, degree)),
    },
    {
      // the error falls to where a double no longer resolves it, or rises to 1
      id: 'narrow-or-wide',
      role: 'extremal',
      arbitrary: fc.tuple(fc.integer({ min: 1, max: 40 }), fc.boolean(), degrees).map(([k, wide, degree]) => {
        const small = Rational.of(1n, 1n << BigInt(k));
        return atBestPoints(wide ? small : ONE.minus(small), ONE, degree);
      }),
    },
    { id: 'wrong-points', role: 'generic', instances: [WRONG_POINTS] },
  ],
  operations: [polarExpressCoefficientsOperation],
  *observe({ lower, upper, degree }) {
    const { output, errorBound } = yield* ask(polarExpressCoefficientsOperation, { lower, upper, steps: 1, degree });
    const [row = [0, 0, 0]] = output.coefficients;
    return { p: oddPolynomial(row), error: Rational.from(output.errors[0] ?? 0), errorBound };
  },
  relation: 'at-least',
  measure: (instance, observed) => enclosed(worst(instance, observed)),
  bound: (instance) => exactly(dualBound(numbers(instance).nodes)),
  proof: [
    {
      id: 'annihilation',
      text: String.raw`\max_{j \le q} |\sum_i w_i x_i^{2j+1}| \le 0`,
      lhs: (instance) => {
        const { nodes } = numbers(instance);
        const weights = dualWeights(nodes);
        const moments = nodes
          .slice(1)
          .map((_, j) => Rational.sum(weights.map((w, i) => w.times((nodes[i] ?? ONE).power(2 * j + 1)))).absolute());
        return exactly(Rational.max(Rational.ZERO, ...moments));
      },
      rhs: () => exactly(0),
    },
    {
      id: 'attained',
      text: String.raw`\max_{[l,u]} |1 - p| \le E`,
      lhs: (instance, observed) => enclosed(worst(instance, observed)),
      rhs: (instance) => enclosed(best(instance)),
    },
    {
      id: 'reported-error',
      text: String.raw`|\text{reported error} - E| \le \text{its error bound}`,
      lhs: (instance, { error }) => {
        const { lo, hi } = best(instance);
        return exactly(Rational.max(Rational.ZERO, error.minus(hi), lo.minus(error)));
      },
      rhs: (_, { errorBound }) => exactly(errorBound),
    },
    {
      id: 'least-at-lower-end',
      text: String.raw`p(l) \le \min_{[l,u]} p`,
      lhs: (instance, observed) => {
        const at = evaluate(observed.p, Rational.from(instance.lower));
        return enclosed(widened({ lo: at, hi: at }, levels(instance, observed).by));
      },
      rhs: (instance, observed) => enclosed(levels(instance, observed).least),
    },
    {
      id: 'centred',
      text: String.raw`\max_{[l,u]} p \le 2 - p(l)`,
      lhs: (instance, observed) => enclosed(levels(instance, observed).most),
      rhs: (instance, observed) => {
        const mirrored = Rational.of(2).minus(evaluate(observed.p, Rational.from(instance.lower)));
        return enclosed(widened({ lo: mirrored, hi: mirrored }, levels(instance, observed).by));
      },
    },
    {
      id: 'increasing-up-to-lower-end',
      text: String.raw`0 \le \min_{[0,l]} p'`,
      lhs: () => exactly(0),
      rhs: (instance, { p, errorBound }) => {
        const l = Rational.from(instance.lower);
        const { lo } = range(derivative(p), { lo: Rational.ZERO, hi: l });
        // p' moves by at most the error times 1 + 3 l² + 5 l⁴
        const terms = [ONE, l.power(2).times(Rational.of(3)), l.power(4).times(Rational.of(5))];
        const by = Rational.from(errorBound).times(Rational.sum(terms));
        return enclosed(widened({ lo, hi: lo }, by));
      },
    },
    {
      id: 'near-newton-schulz',
      text: String.raw`\max_{[l,u]} |p(x) - N(x/u)| \le 2 \max_{[l,u]} |1 - N(x/u)| \le 3 (1 - l/u)^2 \text{ or } 5 (1 - l/u)^3`,
      lhs: (instance, observed) => enclosed(distanceToPade(instance, observed)),
      rhs: (instance) => exactly(gapPower(instance, Rational.of(instance.degree === 3 ? 3 : 5))),
    },
  ],
  exactness: { level: 'algebraic-proof', certify: () => ({ obligations: minimaxObligations() }) },
  tightness: { supremum: 1, floor: 0.999, family: 'equioscillation' },
  controls: [
    {
      id: 'a-millionth-more',
      mutation: 'broken-subject',
      belief: 'The sixth decimal of a coefficient does not matter',
      witness: atBestPoints(Rational.of(1, 8), ONE, 5),
      mutate: (claim) =>
        tampered(
          claim,
          polarExpressCoefficientsOperation,
          withCoefficients(([a = 0, ...rest]) => [
            Rational.from(a)
              .plus(Rational.of(1, 10 ** 6))
              .toString(),
            ...rest,
          ]),
        ),
    },
    {
      id: 'newton-schulz-is-best',
      mutation: 'broken-subject',
      belief: 'The Newton–Schulz map is as good a step as any of its degree',
      witness: WRONG_POINTS,
      mutate: (claim) =>
        tampered(
          claim,
          polarExpressCoefficientsOperation,
          withCoefficients((_, { degree }) => (degree === 3 ? ['3/2', '-1/2', '0'] : ['15/8', '-5/4', '3/8'])),
        ),
    },
    {
      id: 'alternating-signs-suffice',
      mutation: 'sharpened-constant',
      belief: 'Alternating weights certify an error, whether they annihilate the odd powers or not',
      witness: atBestPoints(Rational.of(7, 8), ONE, 3),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: ({ nodes }) => exactly(Rational.of(nodes.length % 2, nodes.length)),
      }),
    },
    {
      id: 'newton-schulz-within-two',
      mutation: 'as-printed',
      belief: 'The scaled Newton–Schulz map is within 2 (1 - l/u)^3 of the best quintic',
      witness: { lower: '99/100', upper: '1', degree: 5, nodes: ['99/100', '397/400', '399/400', '1'] },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-most',
        measure: (instance, observed) => enclosed(distanceToPade(instance, observed)),
        bound: (instance) => exactly(gapPower(instance, Rational.of(instance.degree === 3 ? 3 : 2))),
      }),
    },
  ],
});
