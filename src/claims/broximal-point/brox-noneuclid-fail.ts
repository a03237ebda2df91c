import fc, { type Arbitrary } from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import type { RationalVector } from '../../kernels/exact/rational-vector.ts';
import { type PolyhedralNorm, polyhedralBrox } from '../../methods/polyhedral-brox.ts';
import { polyhedralNorm } from './parts/norms.ts';

/**
 * With balls of the maximum norm or of the 1-norm the distance to the minimiser, in that norm, may grow (R3 fails), and R²/t²
 * steps may not be enough (R4 fails).
 *
 * f = M |p x_1 + q x_2| + |x_1| + |x_2| is a steep valley with the minimiser 0. The ball method walks down to the valley floor
 * first, along the diagonal of the square (maximum norm) or with the one coordinate that the valley punishes more (1-norm),
 * and that walk leads away from 0. In the maximum norm the distance grows from r to 2 a r/(a + 1), nearly twice as far.
 */

interface Instance {
  readonly norm: PolyhedralNorm;
  /** a > 1 of the valley a x_1 = x_2 (maximum norm), 0 < a < 1 of x_1 = -a x_2 (1-norm). */
  readonly slope: Numeric;
  readonly radius: Numeric;
  /** How far to the floor, in radii: a whole number of steps (maximum norm), at most 1 (1-norm). */
  readonly walk: Numeric;
  readonly steepness: Numeric;
}

interface Observed {
  readonly distances: RationalVector;
}

const { ZERO, ONE } = Rational;
const TWO = Rational.of(2);

const numbers = ({ slope, radius, walk }: Instance) =>
  [slope, radius, walk].map((x) => Rational.from(x)) as [Rational, Rational, Rational];

/** R: the distance from which the walk to the floor takes what `walk` says. */
function startDistance(instance: Instance): Rational {
  const [a, t, walk] = numbers(instance);
  return instance.norm === 'l-infinity'
    ? walk.times(t).times(a.plus(ONE)).dividedBy(a.minus(ONE))
    : t.plus(walk.times(t).times(ONE.minus(a)).dividedBy(a));
}

const startPoint = (instance: Instance): RationalVector => {
  const r = startDistance(instance);
  return instance.norm === 'l-infinity' ? [r, r] : [ZERO, r];
};

/** The distance at the floor: r + walk t along the diagonal; r - t + 2 walk t in the 1-norm. */
function farthest(instance: Instance): Rational {
  const [, t, walk] = numbers(instance);
  const r = startDistance(instance);
  return instance.norm === 'l-infinity' ? r.plus(walk.times(t)) : r.minus(t).plus(walk.times(t).times(TWO));
}

/** The distances to 0 of x_0, x_1, … until it is 0, found by linear programs. */
function walked(instance: Instance): Observed {
  const { norm, slope, steepness, radius } = instance;
  const [M, a] = [Rational.from(steepness), Rational.from(slope)];
  const valley: RationalVector = norm === 'l-infinity' ? [a, ONE.negated()] : [ONE, a];
  const signs = [ONE, ONE.negated()];
  const slopes = signs.flatMap((v) =>
    signs.flatMap((s) => signs.map((w) => [s, w].map((sign, i) => sign.plus(v.times(M).times(valley[i] ?? ZERO))))),
  );
  const offsets = slopes.map(() => ZERO);
  const distances: Rational[] = [];
  // a step that does not arrive lowers f by a fixed amount at least, so this ends
  for (let x = startPoint(instance); ; ) {
    distances.push(polyhedralNorm(norm, x));
    if (distances.at(-1)?.sign() === 0) return { distances };
    x = polyhedralBrox(slopes, offsets, x, Rational.from(radius), norm).point;
  }
}

const inRadii = (instance: Instance): Rational => startDistance(instance).dividedBy(Rational.from(instance.radius));
/** ceil(R²/t²). */
const euclideanCount = (instance: Instance): Rational => Rational.of(inRadii(instance).power(2).ceiling());
const steps = ({ distances }: Observed): number => distances.length - 1;
const atFloor = (instance: Instance): number => (instance.norm === 'l-infinity' ? Number(instance.walk) : 1);

const largest = ({ distances }: Observed): Rational => Rational.max(ZERO, ...distances);

const fraction = (low: number, high: number, q: number): Arbitrary<string> =>
  fc.integer({ min: low, max: high }).map((p) => `${p}/${q}`);

const square = (walk: Arbitrary<number>): Arbitrary<Instance> =>
  fc.record({
    norm: fc.constant('l-infinity' as const),
    slope: fraction(12, 100, 4),
    radius: fraction(1, 12, 4),
    walk,
    steepness: fc.integer({ min: 2, max: 2000 }),
  });

const diamond: Arbitrary<Instance> = fc.record({
  norm: fc.constant('l-one' as const),
  slope: fraction(11, 19, 20),
  radius: fraction(1, 12, 4),
  walk: fraction(11, 20, 20),
  steepness: fc.integer({ min: 40, max: 2000 }),
});

const TWICE: Instance = { norm: 'l-infinity', slope: 21, radius: 1, walk: 1, steepness: 1000 };
const LONG: Instance = { norm: 'l-infinity', slope: 3, radius: 1, walk: 5, steepness: 1000 };
const ONE_NORM: Instance = { norm: 'l-one', slope: '9/10', radius: 1, walk: '9/10', steepness: 1000 };

export default defineClaim<Instance, Observed>({
  id: 'brox-noneuclid-fail',
  statement: String.raw`(i) Let $a > 1$, $M \ge 2$, $m \ge 1$ whole, $r = mt(a+1)/(a-1)$, $f(x) = M|a x_1 - x_2| + |x_1| + |x_2|$ on $\mathbb{R}^2$ and $x_0 = (r, r)$. The
method with balls of $\|\cdot\|_\infty$ of radius $t$ has $\|x_m\|_\infty = r + mt = \frac{2a}{a+1}\, r > r$, one $t$ more each step: R3 fails. (ii) Let $1/2 < a < 1$,
$1/2 < b \le 1$, $M \ge 2/(1-a)$, $f(x) = M|x_1 + a x_2| + |x_1| + |x_2|$, $r = t + bt(1-a)/a$, $x_0 = (0, r)$. With balls of $\|\cdot\|_1$: $\|x_1\|_1 = r - t + 2bt > r$.
In both, with $R = r$ the distance to the minimiser $0$: where $R^2 \le 3t^2$ (i) or $R^2 \le 2t^2$ (ii), $\lceil R^2/t^2 \rceil$ steps do not reach it: R4 fails.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'derived here; the abstract of arXiv 2510.00823 says that monotone distances may be lost in other norms',
    arxiv: '2502.02002',
    printed: 'not-printed',
  },
  assumptions: [
    { id: 'radius', text: 't > 0', holds: ({ radius }) => Rational.from(radius).sign() > 0 },
    {
      id: 'steep',
      text: 'M >= 2 (maximum norm), M (1 - a) >= 2 (1-norm): leaving the floor never pays',
      holds: ({ norm, steepness, slope }) => {
        const M = Rational.from(steepness);
        return TWO.atMost(norm === 'l-infinity' ? M : M.times(ONE.minus(Rational.from(slope))));
      },
    },
    {
      id: 'shape',
      text: 'a > 1 and m a whole number >= 1 (maximum norm); 1/2 < a < 1 and 1/2 < b <= 1 (1-norm)',
      holds: (instance) => {
        const [a, , walk] = numbers(instance);
        const HALF = Rational.of(1, 2);
        if (instance.norm === 'l-infinity') return ONE.lessThan(a) && walk.denominator === 1n && ONE.atMost(walk);
        return HALF.lessThan(a) && a.lessThan(ONE) && HALF.lessThan(walk) && walk.atMost(ONE);
      },
    },
  ],
  families: [
    { id: 'squares', role: 'generic', arbitrary: square(fc.integer({ min: 1, max: 3 })) },
    { id: 'one-step-to-the-floor', role: 'extremal', arbitrary: square(fc.constant(1)) },
    { id: 'diamonds', role: 'generic', arbitrary: diamond },
    { id: 'written-out', role: 'extremal', instances: [TWICE, LONG, ONE_NORM] },
  ],
  operations: [],
  observe: (instance) => observeNothing(walked(instance)),
  relation: 'equals',
  measure: (_, observed) => exactly(largest(observed)),
  bound: (instance) => exactly(farthest(instance)),
  proof: [
    {
      id: 'grows-every-step',
      text: String.raw`\|x_k\| + t \le \|x_{k+1}\| \text{ on the way to the floor (} \|\cdot\|_\infty \text{)}; \|x_0\| \le \|x_1\| \ (\|\cdot\|_1)`,
      lhs: (instance, { distances }) => {
        const t = instance.norm === 'l-infinity' ? Rational.from(instance.radius) : ZERO;
        const excess = distances.slice(0, atFloor(instance)).map((d, k) => d.plus(t).minus(distances[k + 1] ?? ZERO));
        return exactly(Rational.max(t.negated(), ...excess));
      },
      rhs: () => exactly(0),
    },
    {
      id: 'count-exceeded',
      text: String.raw`\lceil R^2/t^2 \rceil + 1 \le K \text{ where } R^2 \le 3t^2 \ (\|\cdot\|_\infty),\ 2t^2 \ (\|\cdot\|_1)`,
      lhs: (instance) => {
        const limit = Rational.of(instance.norm === 'l-infinity' ? 3 : 2);
        const isSmall = inRadii(instance).power(2).atMost(limit);
        return exactly(isSmall ? euclideanCount(instance).plus(ONE) : ONE);
      },
      rhs: (_, observed) => exactly(steps(observed)),
    },
    {
      id: 'at-most-twice',
      text: String.raw`\max_k \|x_k\| \le 2R`,
      lhs: (_, observed) => exactly(largest(observed)),
      rhs: (instance) => exactly(TWO.times(startDistance(instance))),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1, family: 'written-out' },
  controls: [
    {
      id: 'distances-fall',
      mutation: 'as-printed',
      belief: 'The distance to the minimisers never grows, whatever the norm of the balls',
      witness: LONG,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-most',
        bound: (instance) => exactly(startDistance(instance)),
      }),
    },
    {
      id: 'count-in-the-maximum-norm',
      mutation: 'as-printed',
      belief: 'R²/t² steps are enough with balls of the maximum norm',
      witness: TWICE,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-most',
        measure: (_, observed) => exactly(steps(observed)),
        bound: (instance) => exactly(euclideanCount(instance)),
      }),
    },
    {
      id: 'count-in-the-one-norm',
      mutation: 'as-printed',
      belief: 'R²/t² steps are enough with balls of the 1-norm',
      witness: ONE_NORM,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'written-out', role: 'generic', arbitrary: diamond }],
        relation: 'at-most',
        measure: (_, observed) => exactly(steps(observed)),
        bound: (instance) => exactly(euclideanCount(instance)),
      }),
    },
    {
      id: 'twice-as-far',
      mutation: 'sharpened-constant',
      belief: 'The distance doubles for some finite slope of the valley',
      witness: TWICE,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-least',
        bound: (instance) => exactly(TWO.times(startDistance(instance))),
      }),
    },
    {
      id: 'no-valley',
      mutation: 'dropped-assumption',
      drops: 'steep',
      belief: 'The 1-norm itself makes the distance grow in square balls',
      witness: { ...TWICE, steepness: 0 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'steep'),
        families: [
          {
            id: 'written-out',
            role: 'generic',
            arbitrary: square(fc.constant(1)).map((instance) => ({ ...instance, steepness: 0 })),
          },
        ],
      }),
    },
  ],
});
