import fc, { type Arbitrary } from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import type { Control } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  differenceOf,
  dot,
  multipleOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
  sumOf,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';

/**
 * The ball inequality f(y) >= f(u) + c <x - u, y - u> for all y, without convexity: distances fall by the square of the step
 * that was made, not by t².
 *
 * A continuous function that satisfies it everywhere makes steps of length t. A function that is only lower semicontinuous
 * need not: on n + 1 points, each the ball minimiser of the one before, the method needs n steps although R²/t² is about 0.6 n.
 * The points are nearly orthogonal steps of length near 3/4; the values grow so fast that doubles cannot hold them.
 */

/** f on finitely many points (infinite elsewhere, or restricted to them), a start among them and the radius. */
interface Instance {
  readonly points: readonly (readonly Numeric[])[];
  readonly values: readonly Numeric[];
  readonly start: number;
  readonly radius: Numeric;
}

interface Observed {
  readonly u: RationalVector;
  readonly c: Rational;
}

const { ZERO, ONE } = Rational;

interface Finite {
  readonly points: RationalRows;
  readonly values: RationalVector;
  readonly t: Rational;
}

const finite = ({ points, values, radius }: Instance): Finite => ({
  points: points.map(vectorFrom),
  values: vectorFrom(values),
  t: Rational.from(radius),
});

const pointAt = ({ points }: Finite, i: number): RationalVector => points[i] ?? [];
const valueAt = ({ values }: Finite, i: number): Rational => values[i] ?? ZERO;
const squaredGap = (x: RationalVector, y: RationalVector): Rational => squaredNorm(differenceOf(x, y));

/** The first index of a least value among those given. */
const leastOf = (f: Finite, indices: readonly number[]): number =>
  indices.reduce((best, i) => (valueAt(f, i).lessThan(valueAt(f, best)) ? i : best), indices[0] ?? 0);

const minimiserOf = (f: Finite): number => leastOf(f, [...f.points.keys()]);

/** A ball minimiser over the points. */
function broxOf(f: Finite, start: number): number {
  const x = pointAt(f, start);
  return leastOf(
    f,
    [...f.points.keys()].filter((i) => squaredGap(pointAt(f, i), x).atMost(f.t.power(2))),
  );
}

/** The c >= 0 of the ball inequality at u: at least `low`, at most `high` where there is a bound; `dead` where some y rules out all. */
function multipliers(f: Finite, start: number, u: number): { readonly low: Rational; readonly high?: Rational } {
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

function observed(instance: Instance): Observed {
  const f = finite(instance);
  const u = broxOf(f, instance.start);
  return { u: pointAt(f, u), c: multipliers(f, instance.start, u).low };
}

const isBallConvexAtStart = (instance: Instance): boolean => {
  const f = finite(instance);
  const { low, high } = multipliers(f, instance.start, broxOf(f, instance.start));
  return high === undefined || low.atMost(high);
};

const startOf = (instance: Instance): RationalVector => vectorFrom(instance.points[instance.start] ?? []);

const gain = (instance: Instance, { u, c }: Observed): Rational => {
  const f = finite(instance);
  const value = valueAt(f, broxOf(f, instance.start)).minus(valueAt(f, minimiserOf(f)));
  return c.sign() === 0 || u.length === 0 ? ZERO : Rational.of(2).times(value).dividedBy(c);
};

/** d_{k+1}² + (the square that is claimed) + the gain. */
const left =
  (square: (instance: Instance, observed: Observed) => Rational) =>
  (instance: Instance, seen: Observed): Enclosure => {
    const f = finite(instance);
    const xStar = pointAt(f, minimiserOf(f));
    return exactly(squaredGap(seen.u, xStar).plus(square(instance, seen)).plus(gain(instance, seen)));
  };

const made = (instance: Instance, { u }: Observed): Rational => squaredGap(startOf(instance), u);

/** Points p_0, …, p_n with p_k zero up to coordinate k and s (1 + eta (i - 1 - k)) beyond, and values from p_n = 0 up. */
function staircase(n: number, start: number): Instance {
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
): Instance => ({
  points: points.map((p) => [p]),
  values,
  start,
  radius,
});

/** dist(y, {0, 1}) on a grid of quarters from -2 to 5: continuous, not convex, ball convex for t >= 1/2. */
const twoMinimisers = (start: number, radius: Numeric): Instance => {
  const grid = Array.from({ length: 29 }, (_, i) => Rational.of(i - 8, 4));
  const values = grid.map((y) => Rational.min(y.absolute(), y.minus(ONE).absolute()));
  return onTheLine(grid.map(String), values.map(String), start, radius);
};

/** sqrt|y| at 0, 9/16, 25/16 and 100: from 25/16 with t = 1. */
const ROOT = onTheLine([0, '9/16', '25/16', 100], [0, '3/4', '5/4', 10], 2, 1);

/** |y| + 3/10 max(0, 1 - 5 |y - 5|) at 0, 49/10, 59/10 and 100: from 59/10 with t = 1. */
const BUMP = (() => {
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
const supported: Arbitrary<Instance> = fc
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

/** How many steps from the start to the minimiser. */
function stepsOf(instance: Instance): number {
  const f = finite(instance);
  const end = minimiserOf(f);
  let [k, at] = [0, instance.start];
  // values fall strictly until a ball holds its own minimiser
  for (let next = broxOf(f, at); at !== end && next !== at; next = broxOf(f, at)) [k, at] = [k + 1, next];
  return at === end ? k : Number.POSITIVE_INFINITY;
}

/** The false belief that some c satisfies the ball inequality: that the largest lower bound is at most the smallest upper one. */
const existence = (id: string, belief: string, witness: Instance): Control<Instance, Observed> => ({
  id,
  mutation: 'dropped-assumption',
  drops: 'ball-convex',
  belief,
  witness,
  mutate: (claim) => ({
    ...claim,
    proof: [],
    assumptions: claim.assumptions.filter((assumption) => assumption.id !== 'ball-convex'),
    families: [
      {
        id: 'supported',
        role: 'generic',
        instances: [...witness.points.keys()].map((start) => ({ ...witness, start })),
      },
    ],
    measure: (_, { c }) => exactly(c),
    bound: (instance) => {
      const f = finite(instance);
      const { high } = multipliers(f, instance.start, broxOf(f, instance.start));
      return high === undefined ? { lo: Number.POSITIVE_INFINITY, hi: Number.POSITIVE_INFINITY } : exactly(high);
    },
  }),
});

export default defineClaim<Instance, Observed>({
  id: 'brox-ball-convexity',
  statement: String.raw`Let $f : \mathbb{R}^d \to \mathbb{R} \cup \{\infty\}$ be lower semicontinuous with a minimiser $x^*$, $x \in \operatorname{dom} f$, $t > 0$,
$B(x,t)$ without minimisers, $u \in \operatorname{brox}_t(x)$, and $c \ge 0$ (so $c > 0$) with $f(y) \ge f(u) + c\langle x - u, y - u\rangle$ for all $y$. Then
$\|u - x^*\|^2 \le \|x - x^*\|^2 - \|x - u\|^2 - 2(f(u) - f^*)/c$ and $f(u) \le f(x) - c\|x - u\|^2$. If $f$ is continuous and the inequality holds at every
$x \in \mathbb{R}^d$ then $\|x - u\| = t$ wherever $B(x,t)$ holds no minimiser, and R1 to R5 and R7 follow; for a merely lower semicontinuous $f$, with
the inequality at every $x \in \operatorname{dom} f$, they do not.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'the part on functions beyond convexity; the definition as recalled',
    arxiv: '2502.02002',
    printed: 'corrected',
    erratum:
      'as we read the definition (the inequality for x in dom f, f proper and closed), the decrease of the squared distance by t² and the count R²/t² are contradicted by the staircase of n + 1 points; they hold for continuous f, or with the length of the step in place of t',
  },
  assumptions: [
    { id: 'radius', text: 't > 0', holds: ({ radius }) => Rational.from(radius).sign() > 0 },
    {
      id: 'out-of-reach',
      text: 'the ball holds no minimiser of f',
      holds: (instance) => {
        const f = finite(instance);
        return valueAt(f, minimiserOf(f)).lessThan(valueAt(f, broxOf(f, instance.start)));
      },
    },
    { id: 'ball-convex', text: 'the ball inequality holds at x', holds: isBallConvexAtStart },
  ],
  families: [
    { id: 'supported', role: 'generic', arbitrary: supported },
    {
      id: 'staircases',
      role: 'adversarial',
      instances: [2, 4, 10].flatMap((n) => Array.from({ length: n - 1 }, (_, k) => staircase(n, k))),
    },
    {
      id: 'two-minimisers',
      role: 'degenerate',
      instances: [
        // quarters below -t and above 1 + t
        ...[0, 3, 5].map((i) => twoMinimisers(i, '1/2')),
        ...[0, 3, 4, 16, 28].map((i) => twoMinimisers(i, '3/4')),
        ...[21, 24, 28].map((i) => twoMinimisers(i, '2')),
      ],
    },
  ],
  operations: [],
  observe: (instance) => observeNothing(observed(instance)),
  relation: 'at-most',
  measure: left(made),
  bound: (instance) => {
    const f = finite(instance);
    return exactly(squaredGap(startOf(instance), pointAt(f, minimiserOf(f))));
  },
  proof: [
    {
      id: 'descent',
      text: String.raw`f(u) + c\|x - u\|^2 \le f(x)`,
      lhs: (instance, seen) => {
        const f = finite(instance);
        return exactly(valueAt(f, broxOf(f, instance.start)).plus(seen.c.times(made(instance, seen))));
      },
      rhs: (instance) => exactly(instance.values[instance.start] ?? 0),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1, family: 'supported' },
  controls: [
    {
      id: 'radius-for-step',
      mutation: 'as-printed',
      belief: 'Ball convexity on the domain gives the decrease by t²',
      witness: staircase(4, 0),
      mutate: (claim) => ({ ...claim, proof: [], measure: left(({ radius }) => Rational.from(radius).power(2)) }),
    },
    {
      id: 'count',
      mutation: 'as-printed',
      belief: 'Ball convexity on the domain gives an end after R²/t² steps',
      witness: staircase(4, 0),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'supported', role: 'adversarial', instances: [4, 6, 10].map((n) => staircase(n, 0)) }],
        measure: (instance) => exactly(stepsOf(instance)),
        bound: (instance) => {
          const f = finite(instance);
          const square = squaredGap(startOf(instance), pointAt(f, minimiserOf(f)));
          return exactly(Rational.of(square.dividedBy(f.t.power(2)).ceiling()));
        },
      }),
    },
    existence('square-root', 'The square root of |y| is ball convex: its ball minimisers are those of |y|', ROOT),
    existence('bump', 'A bump too small for a local minimiser leaves |y| ball convex', BUMP),
    existence('two-minimisers-near', 'dist(y, {0, 1}) is ball convex for every radius', twoMinimisers(10, '1/4')),
  ],
});
