import { ask, observeNothing } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { add, around, divide, multiply, squareRoot, subtract } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  differenceOf,
  dot,
  multipleOf,
  type RationalVector,
  squaredNorm,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import type { ConvexFunction } from '../../problems/functions/convex-function.ts';
import { exactValue } from '../../problems/functions/exact-value.ts';
import { productWithin, squaredNormWithin } from './parts/enclosures.ts';
import {
  built,
  CONCAVE,
  entries,
  FOUR,
  leftOfTheMinimiser,
  offAxes,
  onAxis,
  type QuotientInstance,
  quotient,
} from './parts/quotient.ts';

/**
 * For quasiconvex functions without spurious local minima the ball method keeps what R1 to R4 say of distances: the ball
 * minimiser is unique, on the sphere, and the squared distance to every minimiser falls by t².
 *
 * Why: the set {f < f(u)} is convex and misses the ball, u is in its closure, so the hyperplane that separates them is tangent
 * to the ball at u and x - u makes an obtuse angle with y - u for every better y. The instances are the quotient
 * (|x_1| + e |x_2|)/(4 - x_1) on x_1 < 4, which is not convex: f <= L where the convex g = |x_1| + e |x_2| + L x_1 - 4L is
 * <= 0. So u minimises f over the ball exactly if it minimises g for L = f(u), which is what the oracle is asked.
 */

type Instance = QuotientInstance;

interface Observed {
  readonly point: RationalVector;
  readonly error: number;
}

const { ZERO, ONE } = Rational;
const start = ({ point }: Instance): RationalVector => vectorFrom(point);
const radius = ({ radius: t }: Instance): Rational => Rational.from(t);

/** L = f(u). */
const level = ({ weight, minimiser }: Instance): Rational => quotient(weight, vectorFrom(minimiser));

/** g = |y_1| + e |y_2| + L y_1 - 4L as a maximum of four affine functions. */
function supportOf(instance: Instance): ConvexFunction<Rational> {
  const [L, e] = [level(instance), Rational.from(instance.weight)];
  const signs = [ONE, ONE.negated()];
  return {
    kind: 'max-affine',
    slopes: signs.flatMap((s) => signs.map((w) => [s.plus(L), w.times(e)])),
    offsets: signs.flatMap(() => signs.map(() => FOUR.times(L).negated())),
  };
}

const asInput = (instance: Instance): BroxInput => {
  const g = supportOf(instance);
  if (g.kind !== 'max-affine') throw new RangeError(`supportOf: a max-affine function, got ${g.kind}`);
  return {
    function: { kind: 'max-affine', slopes: g.slopes.map((a) => a.map(String)), offsets: g.offsets.map(String) },
    point: instance.point,
    radius: instance.radius,
  };
};

const distance = (instance: Instance): Enclosure => enclosing(squareRoot(around(squaredNorm(start(instance)))));

/** d_{k+1}² + t². */
function left(instance: Instance, { point, error }: Observed): Enclosure {
  const t2 = radius(instance).power(2);
  if (error === 0) return exactly(squaredNorm(point).plus(t2));
  return enclosing(add(squaredNormWithin(point, error), around(t2)));
}

/** f at a point that may be off by e in each entry: numerator by (1 + weight) e, denominator by e. */
function valueWithin(weight: Numeric, y: RationalVector, error: number): Enclosure {
  if (error === 0) return exactly(quotient(weight, y));
  const [a, b] = entries(y);
  const numerator = a.absolute().plus(Rational.from(weight).times(b.absolute()));
  const spread = multiply(around(ONE.plus(Rational.from(weight))), around(error)).hi;
  return enclosing(divide(around(numerator, spread), around(FOUR.minus(a), error)));
}

/** min(f, f(u)/2): constant on the ball, so that every point of the ball is a ball minimiser, x too. */
const onPlateau = (claim: Claim<Instance, Observed>): Claim<Instance, Observed> => ({
  ...claim,
  proof: [],
  operations: [],
  observe: (instance) => observeNothing({ point: start(instance), error: 0 }),
});

/** x - u is a positive multiple of a subgradient of g at u, (s + L, e w) with s, w the signs of u_1, u_2 (any in [-1, 1] at 0). */
function isBallMinimiser(instance: Instance): boolean {
  const [L, e] = [level(instance), Rational.from(instance.weight)];
  const [a, b] = entries(vectorFrom(instance.minimiser));
  const [p, q] = entries(differenceOf(start(instance), vectorFrom(instance.minimiser)));
  const sign = (x: Rational): Rational => Rational.of(x.sign());
  if (b.sign() !== 0) {
    const gamma = q.dividedBy(e.times(sign(b)));
    if (gamma.sign() <= 0) return false;
    const s = p.dividedBy(gamma).minus(L);
    return a.sign() === 0 ? s.absolute().atMost(ONE) : s.equals(sign(a));
  }
  const gamma = p.dividedBy(sign(a).plus(L));
  return gamma.sign() > 0 && q.absolute().atMost(gamma.times(e));
}

export default defineClaim<Instance, Observed>({
  id: 'brox-quasiconvex-r1-r4',
  statement: String.raw`Let $f : \mathbb{R}^d \to \mathbb{R} \cup \{\infty\}$ be proper, lower semicontinuous and quasiconvex with minimisers $X^*$, and let every
$u \in \operatorname{dom} f \setminus X^*$ lie in the closure of $\{f < f(u)\}$. For $x \in \operatorname{dom} f$, $t > 0$, $B(x,t) \cap X^* = \emptyset$: $\operatorname{brox}_t(x) = \{u\}$ with
$\|x - u\| = t$, and $\|u - x^*\|^2 \le \|x - x^*\|^2 - t^2$ for every $x^* \in X^*$. Hence $x_K \in X^*$ as soon as $\sum_{k<K} t_k^2 \ge \|x_0 - x^*\|^2$ for some $x^*$.
Checked on $f(x) = (|x_1| + \varepsilon|x_2|)/(4 - x_1)$, $x_1 < 4$, which is not convex.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'derived here',
    arxiv: '2502.02002',
    printed: 'not-printed',
  },
  assumptions: [
    {
      id: 'weight',
      text: 'e > 0 and f(u) < 1, so that g is bounded below',
      holds: (instance) => Rational.from(instance.weight).sign() > 0 && level(instance).lessThan(ONE),
    },
    { id: 'domain', text: 'x_1 < 4', holds: ({ point }) => Rational.from(point[0] ?? 0).lessThan(FOUR) },
    {
      id: 'ball',
      text: '|x - u| = t > 0 and u is not the minimiser 0',
      holds: (instance) =>
        radius(instance).sign() > 0 &&
        level(instance).sign() > 0 &&
        squaredNorm(differenceOf(start(instance), vectorFrom(instance.minimiser))).equals(radius(instance).power(2)),
    },
    { id: 'known', text: 'u minimises f over the ball', holds: isBallMinimiser },
  ],
  families: [
    { id: 'on-the-axis', role: 'generic', arbitrary: onAxis },
    { id: 'off-the-axes', role: 'generic', arbitrary: offAxes },
    {
      id: 'nearly-there',
      role: 'extremal',
      // u next to 0 and x far away: d_{k+1}² vanishes beside t²
      instances: [10, 1000, 10 ** 6].map((n) => {
        const u = Rational.of(-1, n);
        const L = u.absolute().dividedBy(FOUR.minus(u));
        const along = ONE.negated().plus(L);
        return built(ONE, [u, ZERO], [along, ZERO], along.absolute(), Rational.of(6));
      }),
    },
    { id: 'written-out', role: 'degenerate', instances: [CONCAVE] },
  ],
  operations: [broxOperation],
  *observe(instance) {
    const { output, errorBound } = yield* ask(broxOperation, asInput(instance));
    return { point: vectorFrom(output.point), error: errorBound };
  },
  relation: 'at-most',
  measure: left,
  bound: (instance) => exactly(squaredNorm(start(instance))),
  proof: [
    {
      id: 'same-minimiser',
      text: String.raw`\|\operatorname{brox}_t^g(x) - u\|^2 \le 0`,
      lhs: (instance, { point, error }) =>
        squaredNormWithin(differenceOf(point, vectorFrom(instance.minimiser)), error),
      rhs: () => exactly(0),
    },
    {
      id: 'level',
      text: String.raw`\min_{B(x,t)} f = f(u): \ g(u) \le 0 \le g(u)`,
      lhs: (instance) => {
        const value = exactValue(supportOf(instance), vectorFrom(instance.minimiser));
        return exactly(value?.absolute() ?? ONE);
      },
      rhs: () => exactly(0),
    },
    {
      id: 'obtuse',
      text: String.raw`\langle x - u, x^* - u \rangle \le 0`,
      lhs: (instance, { point, error }) =>
        productWithin(
          differenceOf(start(instance), point),
          point.map((v) => v.negated()),
          error,
        ),
      rhs: () => exactly(0),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.99, family: 'nearly-there' },
  controls: [
    {
      id: 'plateau',
      mutation: 'dropped-assumption',
      belief: 'Quasiconvexity alone is enough: plateaus do no harm',
      witness: CONCAVE,
      mutate: onPlateau,
    },
    {
      id: 'linear-decrease',
      mutation: 'as-printed',
      belief: 'The linear decrease of the values, R5, survives with the distances',
      witness: CONCAVE,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: ({ weight }, { point, error }) => valueWithin(weight, point, error),
        // (1 - t/d) f(x)
        bound: (instance) => {
          const share = divide(around(radius(instance)), distance(instance));
          const factor = subtract({ lo: 1, hi: 1 }, share);
          return enclosing(multiply(factor, around(quotient(instance.weight, start(instance)))));
        },
        families: [{ id: 'nearly-there', role: 'generic', arbitrary: onAxis.map(leftOfTheMinimiser) }],
      }),
    },
    {
      id: 'supporting-plane',
      mutation: 'as-printed',
      belief: 'The second theorem survives: the squared distance falls by 2 (f(u) - f*)/c more for some c',
      witness: CONCAVE,
      // f(y) >= f(u) + c <x - u, y - u> for y = 0 and for y far behind x leaves no c
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'nearly-there', role: 'extremal', instances: [CONCAVE] }],
        measure: ({ weight, ...rest }, { point }) => {
          const step = differenceOf(vectorFrom(rest.point), point);
          return exactly(quotient(weight, point).dividedBy(dot(step, point)));
        },
        bound: ({ weight, point, minimiser }) => {
          const [x, u] = [vectorFrom(point), vectorFrom(minimiser)];
          const far = multipleOf(Rational.of(100), x);
          const rise = quotient(weight, far).minus(quotient(weight, u));
          return exactly(rise.dividedBy(dot(differenceOf(x, u), differenceOf(far, u))));
        },
      }),
    },
    {
      id: 'one-percent-more',
      mutation: 'sharpened-constant',
      belief: 'The squared distance falls by (1.01 t)²',
      witness: built(ONE, [Rational.of(-1, 1000), ZERO], [ONE.negated(), ZERO], ONE, Rational.of(6)),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance, observed) =>
          enclosing(add(left(instance, observed), around(radius(instance).power(2).times(Rational.of(201, 10000))))),
      }),
    },
    {
      id: 'wrong-side',
      mutation: 'broken-subject',
      belief: 'Any point of the sphere comes nearer',
      witness: CONCAVE,
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          broxOperation,
          ({ point }: BroxInput, output: { readonly point: readonly Numeric[] }) => ({
            ...output,
            point: output.point.map((u, i) =>
              Rational.from(point[i] ?? 0)
                .times(Rational.of(2))
                .minus(Rational.from(u))
                .toString(),
            ),
          }),
        ),
    },
  ],
});
