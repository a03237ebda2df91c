import fc, { type Arbitrary } from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing } from '../../claim/enclosure.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { power } from '../../kernels/exact/elementary.ts';
import {
  absolute,
  add,
  around,
  divide,
  type Interval,
  multiply,
  negate,
  square,
  subtract,
  sum,
} from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { type RationalVector, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { PAPER } from './parts/paper.ts';

/**
 * A proximal step with a power of the p-norm is a ball oracle of the p-norm, of the radius that the step happens to have.
 *
 * Its gradient g = -grad of lambda |d|_p^s at d = x+ - c is a multiple of the duality map: <g, c - x+> = t |g|_q with
 * |g|_q = lambda s t^(s-1), which is the optimality condition over the ball of radius t. The rate of the ball oracle follows
 * from convexity along the segment to x*, and is attained by functions that are linear on it.
 *
 * Instances are built backwards: x+ - c is chosen, g follows from the duality map, and f is one of two functions with
 * this gradient at x+: a separable quadratic, or a ramp that is flat from x+ + theta d on.
 */

interface Instance {
  /** d = x+ - c, not 0; c = 0 without loss. */
  readonly step: readonly Numeric[];
  /** p > 1. */
  readonly norm: Numeric;
  /** s > 1. */
  readonly power: Numeric;
  /** lambda > 0. */
  readonly factor: Numeric;
  readonly shape:
    | { readonly kind: 'quadratic'; readonly curvatures: readonly Numeric[] }
    | { readonly kind: 'ramp'; readonly theta: Numeric };
  /** A point of the ball, from c in units of t/n^(1/p), entries in [-1, 1]. */
  readonly competitor: readonly Numeric[];
}

/** What the instance amounts to, in certified intervals. */
interface Observed {
  readonly radius: Interval;
  /** The gradient of f at x+. */
  readonly gradient: readonly Interval[];
  /** f(c) - f*, f(x+) - f*, and f - f* at the competitor. */
  readonly before: Interval;
  readonly after: Interval;
  readonly elsewhere: Interval;
  /** x* - c. */
  readonly toTarget: readonly Interval[];
}

const { ONE } = Rational;
const ZERO: Interval = { lo: 0, hi: 0 };

/** sum of |v_i|^p. */
const powerSum = (v: readonly Interval[], p: Rational): Interval => sum(v.map((x) => power(absolute(x), p)));
const normOf = (v: readonly Interval[], p: Rational): Interval => power(powerSum(v, p), ONE.dividedBy(p));
const intervals = (v: readonly Numeric[] | RationalVector): readonly Interval[] => v.map((x) => around(x));
const product = (a: readonly Interval[], b: readonly Interval[]): Interval =>
  sum(a.map((x, i) => multiply(x, b[i] ?? ZERO)));
const conjugate = (p: Rational): Rational => p.dividedBy(p.minus(ONE));
const half = (a: Interval): Interval => divide(a, around(2));
const above = (a: Interval): Interval => ({ lo: Math.max(a.lo, 0), hi: Math.max(a.hi, 0) });

function observed(instance: Instance): Observed {
  const d = vectorFrom(instance.step);
  const [p, s, factor] = [instance.norm, instance.power, instance.factor].map(Rational.from) as [
    Rational,
    Rational,
    Rational,
  ];
  const radius = normOf(intervals(d), p);
  const scale = multiply(around(factor.times(s)), power(radius, s.minus(p)));
  const gradient = d.map((x) => {
    const size = multiply(scale, power(around(x.absolute()), p.minus(ONE)));
    return x.sign() === 0 ? ZERO : x.sign() > 0 ? negate(size) : size;
  });
  const inscribed = divide(radius, power(around(d.length), ONE.dividedBy(p)));
  // from x+ to c and to the competitor
  const back = d.map((x) => around(x.negated()));
  const aside = d.map((x, i) => subtract(multiply(inscribed, around(instance.competitor[i] ?? 0)), around(x)));
  const { shape } = instance;
  if (shape.kind === 'ramp') {
    const ahead = d.map((x) => around(x.times(Rational.from(shape.theta))));
    const after = above(negate(product(gradient, ahead)));
    const along = (v: readonly Interval[]): Interval => above(add(after, product(gradient, v)));
    return {
      radius,
      gradient,
      after,
      before: along(back),
      elsewhere: along(aside),
      toTarget: d.map((x) => around(x.times(ONE.plus(Rational.from(shape.theta))))),
    };
  }
  const curvatures = intervals(shape.curvatures);
  const newton = gradient.map((g, i) => negate(divide(g, curvatures[i] ?? ZERO)));
  const excess = (v: readonly Interval[]): Interval =>
    half(sum(v.map((x, i) => multiply(curvatures[i] ?? ZERO, square(subtract(x, newton[i] ?? ZERO))))));
  return {
    radius,
    gradient,
    after: excess(d.map(() => ZERO)),
    before: excess(back),
    elsewhere: excess(aside),
    toTarget: d.map((x, i) => add(around(x), newton[i] ?? ZERO)),
  };
}

/** (1 - t/|c - x*|) (f(c) - f*), in the norm given. */
function rate({ radius, before, toTarget }: Observed, p: Rational): Interval {
  const share = divide(radius, normOf(toTarget, p));
  return multiply(subtract(around(1), share), before);
}

const p = ({ norm }: Instance): Rational => Rational.from(norm);
const dual = ({ radius, gradient }: Observed, q: Rational): Enclosure =>
  enclosing(multiply(radius, normOf(gradient, q)));
/** <g, c - x+>. */
const aligned = ({ step }: Instance, { gradient }: Observed): Enclosure =>
  enclosing(negate(product(gradient, intervals(step))));
/** lambda s t^s. */
const powered = ({ factor, power: s }: Instance, { radius }: Observed): Enclosure => {
  const exponent = Rational.from(s);
  return enclosing(multiply(around(Rational.from(factor).times(exponent)), power(radius, exponent)));
};

const exponents = fc.constantFrom<Numeric>('3/2', 2, 3, 4);
const positive = fc.constantFrom<Numeric>('1/10', '1/2', 1, 3);
const base = fc.integer({ min: 1, max: 3 }).chain((n) =>
  fc.record({
    step: fc
      .array(smallFraction(4, 3), { minLength: n, maxLength: n })
      .map((d) => (d.every((x) => Rational.from(x).sign() === 0) ? d.map(() => '1') : d)),
    norm: exponents,
    power: fc.constantFrom<Numeric>('3/2', 2, 4),
    factor: positive,
    competitor: fc.array(
      smallFraction(4, 4).map((x) => Rational.from(x).dividedBy(Rational.of(4)).toString()),
      { minLength: n, maxLength: n },
    ),
    curvatures: fc.array(positive, { minLength: n, maxLength: n }),
    theta: fc.constantFrom<Numeric>(0, '1/3', 1, 7),
  }),
);
const quadratics: Arbitrary<Instance> = base.map(({ curvatures, theta: _, ...rest }) => ({
  ...rest,
  shape: { kind: 'quadratic', curvatures },
}));
const ramps: Arbitrary<Instance> = base.map(({ curvatures: _, theta, ...rest }) => ({
  ...rest,
  shape: { kind: 'ramp', theta },
}));

const example = (norm: Numeric, step: readonly Numeric[], theta: Numeric): Instance => ({
  step,
  norm,
  power: 4,
  factor: '1/2',
  shape: { kind: 'ramp', theta },
  competitor: step.map(() => '1/2'),
});

const identity = (claim: Claim<Instance, Observed>): Claim<Instance, Observed> => ({
  ...claim,
  proof: [],
  relation: 'equals',
  measure: aligned,
});

export default defineClaim<Instance, Observed>({
  id: 'lp-power-prox-is-brox',
  statement: String.raw`Let $f$ be convex and differentiable at $x_+ = \arg\min_x f(x) + \lambda \|x - c\|_p^s$, $x_+ \ne c$, with $\lambda > 0$, $p, s > 1$, $1/p + 1/q = 1$,
$t = \|x_+ - c\|_p$ and $g = \nabla f(x_+)$. Then $\|g\|_q = \lambda s t^{s-1}$, $\langle g, c - x_+ \rangle = t \|g\|_q$, $x_+$ minimises $f$ over $\{\|x - c\|_p \le t\}$, and for
every minimiser $x^*$ of $f$: $f(x_+) - f^* \le (1 - t/\|c - x^*\|_p)(f(c) - f^*)$.`,
  source: {
    paper: PAPER,
    locus:
      'accelerated p-norm proximal steps as ball oracles (Adil et al. 2024); the minimal statement is derived here',
    arxiv: '2410.24158',
    printed: 'holds',
  },
  assumptions: [
    {
      id: 'exponents',
      text: 'p > 1, s > 1, lambda > 0',
      holds: ({ norm, power: s, factor }) =>
        ONE.lessThan(Rational.from(norm)) && ONE.lessThan(Rational.from(s)) && Rational.from(factor).sign() > 0,
    },
    { id: 'moves', text: 'x+ is not c', holds: ({ step }) => step.some((x) => Rational.from(x).sign() !== 0) },
    {
      id: 'convex',
      text: 'curvatures > 0, theta >= 0',
      holds: ({ shape }) =>
        shape.kind === 'ramp'
          ? Rational.from(shape.theta).sign() >= 0
          : shape.curvatures.every((h) => Rational.from(h).sign() > 0),
    },
    {
      id: 'in-the-ball',
      text: 'the competitor lies in the ball',
      holds: ({ competitor }) => competitor.every((x) => Rational.from(x).absolute().atMost(ONE)),
    },
  ],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: quadratics },
    { id: 'ramps', role: 'extremal', arbitrary: ramps },
    {
      id: 'linear-ramps',
      role: 'extremal',
      instances: [example(4, [1, 2], 1), example('3/2', [1, -1, 1], 5), example(2, ['3/5', '-4/5'], '1/9')],
    },
  ],
  operations: [],
  observe: (instance) => observeNothing(observed(instance)),
  relation: 'at-most',
  // the rate depends on the instance alone; both sides are computed from it
  measure: (_, seen) => enclosing(seen.after),
  bound: (instance) => enclosing(rate(observed(instance), p(instance))),
  proof: [
    {
      id: 'aligned-at-least',
      text: String.raw`t \|g\|_q \le \langle g, c - x_+ \rangle`,
      lhs: (instance, seen) => dual(seen, conjugate(p(instance))),
      rhs: aligned,
    },
    {
      id: 'aligned-at-most',
      text: String.raw`\langle g, c - x_+ \rangle \le t \|g\|_q`,
      lhs: aligned,
      rhs: (instance, seen) => dual(seen, conjugate(p(instance))),
    },
    {
      id: 'size-at-most',
      text: String.raw`t \|g\|_q \le \lambda s t^s`,
      lhs: (instance, seen) => dual(seen, conjugate(p(instance))),
      rhs: powered,
    },
    {
      id: 'size-at-least',
      text: String.raw`\lambda s t^s \le t \|g\|_q`,
      lhs: powered,
      rhs: (instance, seen) => dual(seen, conjugate(p(instance))),
    },
    {
      id: 'least-in-the-ball',
      text: String.raw`f(x_+) \le f(z) \text{ for } \|z - c\|_p \le t`,
      lhs: (_, { after }) => enclosing(after),
      rhs: (_, { elsewhere }) => enclosing(elsewhere),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.999, family: 'linear-ramps' },
  controls: [
    {
      id: 'primal-norm',
      mutation: 'sharpened-constant',
      belief: 'The gradient is measured in the p-norm, as the step is',
      witness: example(4, [1, 2], 1),
      mutate: (claim) => ({
        ...identity(claim),
        bound: (instance) => dual(observed(instance), p(instance)),
      }),
    },
    {
      id: 'without-the-power',
      mutation: 'sharpened-constant',
      belief: 'The dual norm of the gradient is lambda t^(s-1), as in the proximal point method',
      witness: example(4, [1, 2], 1),
      mutate: (claim) => ({
        ...identity(claim),
        bound: (instance) => {
          const { lo, hi } = powered(instance, observed(instance));
          return enclosing(divide({ lo, hi }, around(instance.power)));
        },
      }),
    },
    {
      id: 'euclidean-distance',
      mutation: 'sharpened-constant',
      belief: 'The distance to the minimiser may be the Euclidean one',
      witness: example('3/2', [1, -1, 1], 5),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => enclosing(rate(observed(instance), Rational.of(2))),
      }),
    },
    {
      id: 'squared-rate',
      mutation: 'sharpened-constant',
      belief: 'The gap falls by the square of the factor, as it nearly does for quadratics',
      witness: example(4, [1, 2], 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => {
          const seen = observed(instance);
          return enclosing(divide(square(rate(seen, p(instance))), seen.before));
        },
      }),
    },
  ],
});
