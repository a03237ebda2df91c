import fc, { type Arbitrary } from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  differenceOf,
  dot,
  entryOf,
  type RationalVector,
  squaredNorm,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { type PolyhedralNorm, polyhedralBrox } from '../../methods/polyhedral-brox.ts';
import { minimumOf } from '../../problems/functions/minimum.ts';
import { polyhedralNorm } from './parts/norms.ts';
import { bestInHull, distanceToLevel, type MaxAffine, maxAffineValue, slopesAt } from './parts/polyhedral-facts.ts';

/**
 * What the ball method keeps in every norm, with distances in the norm and subgradients in its dual: the step ends on the
 * sphere, the second theorem, the linear decrease, monotone and vanishing subgradients, and a rate that no function beats.
 *
 * Why the rate: Delta_{k+1} <= (1 - t/d_k)_+ Delta_k (Jensen on the segment to the nearest minimiser) and d_k <= d_0 + k t; the
 * product of 1 - 1/(rho + k) telescopes. |y| attains it in the first step, and in later ones as R/t grows.
 */

interface Instance {
  readonly slopes: readonly (readonly Numeric[])[];
  readonly offsets: readonly Numeric[];
  readonly point: readonly Numeric[];
  readonly radius: Numeric;
  readonly norm: PolyhedralNorm;
  readonly steps: number;
}

interface Step {
  readonly from: RationalVector;
  readonly to: RationalVector;
  /** f(x_k) - f* and f(x_{k+1}) - f*. */
  readonly before: Rational;
  readonly after: Rational;
  /** Distances to the minimisers. */
  readonly fromDistance: Rational;
  readonly toDistance: Rational;
  /** The subgradient at x_{k+1} of the second theorem, its dual norm, and <g, x - u> - t ||g||_*. */
  readonly g: RationalVector;
  readonly dualNorm: Rational;
  readonly excess: Rational;
  /** The least dual norm of a subgradient at x_k. */
  readonly least: Rational;
}

interface Observed {
  readonly steps: readonly Step[];
}

const { ZERO, ONE } = Rational;

const functionOf = ({ slopes, offsets }: Instance): MaxAffine => ({
  slopes: slopes.map(vectorFrom),
  offsets: vectorFrom(offsets),
});

function least(f: MaxAffine): Rational {
  const minimum = minimumOf({ kind: 'max-affine', ...f });
  if (minimum === undefined) throw new RangeError('brox-noneuclid-survive: a function with minimisers, got none');
  return minimum;
}

function run(instance: Instance): Observed {
  const { norm, steps: count } = instance;
  const f = functionOf(instance);
  const [minimum, t] = [least(f), Rational.from(instance.radius)];
  const steps: Step[] = [];
  let from = vectorFrom(instance.point);
  for (let k = 0; k < count; k += 1) {
    const to = polyhedralBrox(f.slopes, f.offsets, from, t, norm).point;
    const zero = from.map(() => ZERO);
    steps.push({
      from,
      to,
      before: maxAffineValue(f, from).minus(minimum),
      after: maxAffineValue(f, to).minus(minimum),
      fromDistance: steps.at(-1)?.toDistance ?? distanceToLevel(f, minimum, from, norm),
      toDistance: distanceToLevel(f, minimum, to, norm),
      ...bestInHull(slopesAt(f, to), differenceOf(from, to), t, norm),
      least: bestInHull(slopesAt(f, from), zero, ONE, norm).dualNorm,
    });
    from = to;
  }
  return { steps };
}

/** The largest value of an expression that must not be positive, over the steps. */
const worst =
  (expression: (step: Step, t: Rational, norm: PolyhedralNorm) => Rational) =>
  ({ radius, norm }: Instance, { steps }: Observed): Enclosure => {
    const [first = ZERO, ...others] = steps.map((step) => expression(step, Rational.from(radius), norm));
    return exactly(Rational.max(first, ...others));
  };

const nonPositive = (id: string, text: string, expression: Parameters<typeof worst>[0]) => ({
  id,
  text,
  lhs: worst(expression),
  rhs: () => exactly(0),
});

/** (rho - 1)/(rho + K - 1 + extra) Delta_0, and 0 where the first ball holds a minimiser. */
const rate =
  (extra: Rational) =>
  (instance: Instance): Enclosure => {
    const f = functionOf(instance);
    const [x, minimum] = [vectorFrom(instance.point), least(f)];
    const rho = distanceToLevel(f, minimum, x, instance.norm).dividedBy(Rational.from(instance.radius));
    if (rho.atMost(ONE)) return exactly(0);
    const left = rho.minus(ONE);
    return exactly(
      left.dividedBy(left.plus(Rational.of(instance.steps)).plus(extra)).times(maxAffineValue(f, x).minus(minimum)),
    );
  };

const norms = fc.constantFrom('l-infinity' as const, 'l-one' as const);
const numbers = (n: number, bound: number): Arbitrary<readonly number[]> =>
  fc.array(fc.integer({ min: -bound, max: bound }), { minLength: n, maxLength: n });

/** Random slopes and minus their sum, so that 0 is in their hull. */
const polyhedral: Arbitrary<Instance> = fc
  .record({ n: fc.integer({ min: 1, max: 3 }), pieces: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, pieces }) =>
    fc.record({
      drawn: fc.array(numbers(n, 4), { minLength: pieces, maxLength: pieces }),
      offsets: numbers(pieces + 1, 5),
      point: numbers(n, 9),
      radius: fc.integer({ min: 1, max: 8 }),
      norm: norms,
      steps: fc.integer({ min: 1, max: 3 }),
    }),
  )
  .map(({ drawn, radius, ...rest }) => ({
    ...rest,
    slopes: [...drawn, (drawn[0] ?? []).map((_, j) => 0 - drawn.reduce((sum, a) => sum + (a[j] ?? 0), 0))],
    radius: `${radius}/4`,
  }));

const line = (rho: number, steps: number, norm: PolyhedralNorm = 'l-infinity'): Instance => ({
  slopes: [[1], [-1]],
  offsets: [0, 0],
  point: [rho],
  radius: 1,
  norm,
  steps,
});

/** The tangents of x^T A x / 2 at (19, 86/5) and at the ball minimiser (18, 81/5), and 0: slopes (1, 1) and (9/5, 0). */
function tangents(): Instance {
  const A = [vectorFrom(['41/5', -9]), vectorFrom([-9, 10])];
  const [x, u] = [vectorFrom([19, '86/5']), vectorFrom([18, '81/5'])];
  const slopes = [x, u].map((y) => applied(A, y));
  const offsets = [x, u].map((y) => dot(y, applied(A, y)).dividedBy(Rational.of(-2)));
  return {
    slopes: [...slopes.map((a) => a.map(String)), ['0', '0']],
    offsets: [...offsets.map(String), '0'],
    point: x.map(String),
    radius: 1,
    norm: 'l-infinity',
    steps: 1,
  };
}

/** How far apart two minimisers over the first ball lie in the last coordinate. */
function faceWidth(instance: Instance): Rational {
  const f = functionOf(instance);
  const [x, t] = [vectorFrom(instance.point), Rational.from(instance.radius)];
  const { value } = polyhedralBrox(f.slopes, f.offsets, x, t, instance.norm);
  const lowest = (sign: Rational): Rational => {
    // minimise sign y_n + M (f(y) - value)_+: exact for a large M, since the penalty of a linear program is exact
    const M = Rational.of(1000);
    const axis = x.map((_, j) => (j === x.length - 1 ? sign : ZERO));
    const lifted = f.slopes.map((a) => a.map((s, j) => s.times(M).plus(entryOf(axis, j))));
    const shifts = f.offsets.map((b) => b.minus(value).times(M));
    return polyhedralBrox([...lifted, axis], [...shifts, ZERO], x, t, instance.norm).value;
  };
  return lowest(ONE).plus(lowest(ONE.negated())).negated();
}

const FLAT: Instance = {
  ...line(3, 1),
  slopes: [
    [1, 0],
    [-1, 0],
  ],
  point: [3, 0],
};

export default defineClaim<Instance, Observed>({
  id: 'brox-noneuclid-survive',
  statement: String.raw`Let $\|\cdot\|$ be any norm with dual $\|\cdot\|_*$, $f$ convex with minimisers $X^*$, $t > 0$, $x_{k+1} \in \arg\min_{\|y - x_k\| \le t} f(y)$,
$\Delta_k = f(x_k) - f^*$, $d_k = \operatorname{dist}(x_k, X^*)$, $\rho = d_0/t > 1$. Then $\Delta_K \le \frac{\rho - 1}{\rho + K - 1} \Delta_0$. For each step, with $u = x_{k+1}$:
there is $g \in \partial f(u)$ with $\langle g, x_k - u \rangle = t\|g\|_*$; $\|x_k - u\| = t$ unless $u \in X^*$; $\Delta_{k+1} \le (1 - t/d_k)_+ \Delta_k$;
$\Delta_{k+1}(d_{k+1} + t) \le \Delta_k d_{k+1}$; $\|g\|_* \le \|h\|_*$ for every $h \in \partial f(x_k)$; $f(u) \le f(x_k) - t\|g\|_*$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'slides on other norms (abstract of arXiv 2510.00823: most results carry over); the rate is derived here',
    arxiv: '2510.00823',
    printed: 'holds',
  },
  assumptions: [
    { id: 'radius', text: 't > 0', holds: ({ radius }) => Rational.from(radius).sign() > 0 },
    { id: 'steps', text: 'K >= 1', holds: ({ steps }) => Number.isInteger(steps) && steps >= 1 },
    {
      id: 'minimisers',
      text: 'f is the maximum of affine functions and bounded below',
      holds: (instance) => minimumOf({ kind: 'max-affine', ...functionOf(instance) }) !== undefined,
    },
  ],
  families: [
    { id: 'polyhedral', role: 'generic', arbitrary: polyhedral },
    {
      id: 'line',
      role: 'extremal',
      instances: [line(10, 1), line(3, 1, 'l-one'), line(10, 2), line(1000, 2), line(7, 7), line(1, 1)],
    },
    { id: 'written-out', role: 'degenerate', instances: [tangents(), FLAT, { ...FLAT, norm: 'l-one', point: [0, 3] }] },
  ],
  operations: [],
  observe: (instance) => observeNothing(run(instance)),
  relation: 'at-most',
  measure: (_, { steps }) => exactly(steps.at(-1)?.after ?? ZERO),
  bound: rate(ZERO),
  proof: [
    nonPositive('second-theorem', String.raw`t\|g\|_* \le \langle g, x - u \rangle`, ({ excess }) => excess.negated()),
    nonPositive(
      'on-the-sphere',
      String.raw`u \notin X^* \Rightarrow t \le \|x - u\|`,
      ({ from, to, after }, t, norm) =>
        after.sign() === 0 ? ZERO : t.minus(polyhedralNorm(norm, differenceOf(from, to))),
    ),
    nonPositive(
      'linear-decrease',
      String.raw`\Delta_{k+1} \le (1 - t/d_k)_+ \Delta_k`,
      ({ before, after, fromDistance }, t) =>
        fromDistance.atMost(t) ? after : after.times(fromDistance).minus(before.times(fromDistance.minus(t))),
    ),
    nonPositive(
      'printed-decrease',
      String.raw`\Delta_{k+1} (d_{k+1} + t) \le \Delta_k d_{k+1}`,
      ({ before, after, toDistance }, t) => after.times(toDistance.plus(t)).minus(before.times(toDistance)),
    ),
    nonPositive('monotone-subgradients', String.raw`\|g\|_* \le \|h\|_*`, (step) => step.dualNorm.minus(step.least)),
    nonPositive('descent', String.raw`f(u) + t\|g\|_* \le f(x)`, ({ before, after, dualNorm }, t) =>
      after.plus(t.times(dualNorm)).minus(before),
    ),
    nonPositive('distances', String.raw`d_{k+1} \le d_k + t`, ({ fromDistance, toDistance }, t) =>
      toDistance.minus(fromDistance).minus(t),
    ),
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1, family: 'line' },
  controls: [
    {
      id: 'one-step-more',
      mutation: 'sharpened-constant',
      belief: 'The rate holds with rho + K in the denominator',
      witness: line(10, 1),
      mutate: (claim) => ({ ...claim, proof: [], bound: rate(ONE) }),
    },
    {
      id: 'one-minimiser-in-every-norm',
      mutation: 'as-printed',
      belief: 'Outside the reach of the minimisers the ball oracle has one answer in every norm',
      witness: FLAT,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance, { steps }) => exactly(steps[0]?.after.sign() === 1 ? faceWidth(instance) : ZERO),
        bound: () => exactly(0),
      }),
    },
    {
      id: 'euclidean-gradients',
      mutation: 'as-printed',
      belief: 'Subgradients fall in the Euclidean norm too, whatever the norm of the balls',
      witness: tangents(),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (_, { steps }) => exactly(squaredNorm(steps[0]?.g ?? [])),
        bound: (instance) => exactly(squaredNorm(slopesAt(functionOf(instance), vectorFrom(instance.point))[0] ?? [])),
      }),
    },
    {
      id: 'rate-squared',
      mutation: 'sharpened-constant',
      belief: 'The rate is that of acceleration: 1/K²',
      witness: line(10, 2),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => {
          const { steps } = instance;
          return rate(Rational.of(steps * steps - steps))(instance);
        },
      }),
    },
  ],
});
