import { observeNothing } from '../../claim/ask.ts';
import type { Control } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { type RationalVector, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import {
  broxOf,
  type FiniteInstance,
  finite,
  minimiserOf,
  multipliers,
  pointAt,
  squaredGap,
  valueAt,
} from './parts/finite-function.ts';
import { BUMP, ROOT, staircase, supported, twoMinimisers } from './parts/finite-instances.ts';

/**
 * The ball inequality f(y) >= f(u) + c <x - u, y - u> for all y, without convexity: distances fall by the square of the step
 * that was made, not by t².
 *
 * A continuous function that satisfies it everywhere makes steps of length t. A function that is only lower semicontinuous
 * need not: on n + 1 points, each the ball minimiser of the one before, the method needs n steps although R²/t² is about 0.6 n.
 * The points are nearly orthogonal steps of length near 3/4; the values grow so fast that doubles cannot hold them.
 */

type Instance = FiniteInstance;

interface Observed {
  readonly u: RationalVector;
  readonly c: Rational;
}

const { ZERO } = Rational;

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
