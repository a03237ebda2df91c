import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { pythagoreanAr1 } from '../../instances/broximal/pythagorean-ar1.ts';
import { dyadic } from '../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { differenceOf, type RationalVector, squaredNorm, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { polyhedralBrox } from '../../methods/polyhedral-brox.ts';
import { type BroximalPointInput, broximalPointOperation } from '../../operations/broximal-point.ts';
import { type ConvexFunction, rationalFunction } from '../../problems/functions/convex-function.ts';
import { exactValue } from '../../problems/functions/exact-value.ts';
import { minimumOf } from '../../problems/functions/minimum.ts';
import { nearestMinimiser } from '../../problems/functions/nearest-minimiser.ts';

/**
 * The broximal point method ends in a minimiser: after the first K steps with t_0² + … + t_{K-1}² >= R² at the latest, R
 * the distance from the start to the minimisers; with a constant radius after ceil(R²/t²) steps.
 *
 * Why: each step that does not end in a minimiser takes more than t² off the squared distance. The count is settled: the
 * autoregressive worst case needs exactly ceil(R²/t²) steps, in dimension about R²/t². In low dimension it is far fewer:
 * on the line ceil(R/t).
 */

interface Instance {
  readonly function: ConvexFunction<Numeric>;
  readonly point: readonly Numeric[];
  /** Enough radii that their squares sum to R². */
  readonly radii: readonly Numeric[];
}

/** How many steps it took: at least `least`, and `most` where the subject says that it has arrived. */
interface Observed {
  readonly least: number;
  readonly most: number;
}

const { ZERO, ONE } = Rational;

/** R², exactly. */
function squaredDistance({ function: f, point }: Instance): Rational {
  const x = vectorFrom(point);
  const nearest = nearestMinimiser(rationalFunction(f), x);
  if (nearest === undefined) throw new RangeError('brox-r4-finite: a function with minimisers, got none');
  return squaredNorm(differenceOf(nearest, x));
}

/** The first K with sum_{k<K} t_k² >= factor R², or undefined where the radii do not reach it. */
function sufficientSteps(instance: Instance, factor: Rational = ONE): number | undefined {
  const wanted = squaredDistance(instance).times(factor);
  let total = ZERO;
  for (let k = 0; ; k += 1) {
    if (wanted.atMost(total)) return k;
    const radius = instance.radii[k];
    if (radius === undefined) return undefined;
    total = total.plus(Rational.from(radius).power(2));
  }
}

const boundWith =
  (factor: Rational) =>
  (instance: Instance): Enclosure =>
    exactly(sufficientSteps(instance, factor) ?? instance.radii.length);

/** sum of t_k² over the steps that are certain not to end in a minimiser, but for the last. */
const spent = ({ radii }: Instance, { least }: Observed): Rational =>
  Rational.sum(radii.slice(0, Math.max(0, least - 1)).map((t) => Rational.from(t).power(2)));

/** Constant radius, as many as the theorem needs and two more. */
function withRadius(f: ConvexFunction<Numeric>, point: readonly Numeric[], radius: Numeric): Instance {
  const bare = { function: f, point, radii: [] };
  const needed = squaredDistance(bare).dividedBy(Rational.from(radius).power(2)).ceiling();
  return { ...bare, radii: new Array<Numeric>(Number(needed) + 2).fill(radius) };
}

const autoregressive = (steps: number, m: string): Instance => {
  const { function: f, point, radius } = pythagoreanAr1(steps, Rational.from(m));
  return withRadius(f, point, radius);
};

const WORST_CASES: readonly Instance[] = [
  ...[1, 2, 3, 4, 5].map((steps) => autoregressive(steps, '9/10')),
  ...[2, 4, 6].map((steps) => autoregressive(steps, '99/100')),
];

/** sum delta^i |x_i| from (1 + 3 delta) (1, …, 1): one coordinate a step, nearly; n + 1 = ceil(R²/t²) steps. */
function geometric(n: number): Instance {
  const delta = Rational.of(1, 16 * n);
  const weights = Array.from({ length: n }, (_, i) => delta.power(i).toNumber());
  const point = new Array<Numeric>(n).fill(ONE.plus(delta.times(Rational.of(3))).toNumber());
  return withRadius({ kind: 'weighted-l1', weights }, point, 1);
}

/** Quarters: the radii in turn, until their squares suffice. */
const onTheLine: Arbitrary<Instance> = fc
  .record({
    start: fc.integer({ min: -24, max: 24 }),
    cycle: fc.array(fc.integer({ min: 2, max: 12 }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ start, cycle }) => {
    const radii: string[] = [];
    for (let spent = 0; spent < start * start || radii.length === 0; ) {
      const radius = cycle[radii.length % cycle.length] ?? 2;
      spent += radius * radius;
      radii.push(`${radius}/4`);
    }
    return { function: { kind: 'absolute' as const }, point: [`${start}/4`], radii };
  });

const coordinates = (n: number): Arbitrary<readonly string[]> =>
  fc.array(dyadic(-3, 3), { minLength: n, maxLength: n });

/** Strictly convex quadratics A = BᵀB + I/2 with the minimiser 0, in doubles. */
const quadratics: Arbitrary<Instance> = fc
  .integer({ min: 1, max: 3 })
  .chain((n) => fc.tuple(fc.array(coordinates(n), { minLength: n, maxLength: n }), coordinates(n)))
  .map(([B, point]) => {
    const rows = B.map(vectorFrom);
    const entry = (p: number, q: number): number =>
      Rational.sum(rows.map((row) => (row[p] ?? ZERO).times(row[q] ?? ZERO)))
        .plus(p === q ? Rational.of(1, 2) : ZERO)
        .toNumber();
    const matrix = point.map((_, p) => point.map((__, q) => entry(p, q)));
    return withRadius({ kind: 'quadratic', matrix, vector: point.map(() => 0) }, point, '3/4');
  });

/** 1000 |21 x_1 - x_2| + |x_1| + |x_2| as a maximum of its eight linear pieces. */
const RIDGE: ConvexFunction<Numeric> = {
  kind: 'max-affine',
  slopes: [1, -1].flatMap((r) => [1, -1].flatMap((a) => [1, -1].map((b) => [21000 * r + a, -1000 * r + b]))),
  offsets: new Array<number>(8).fill(0),
};

/** The method with balls of the maximum norm, on max-affine functions, exactly; distances in that norm as well. */
function inMaximumNorm(claim: Claim<Instance, Observed>, witness: Instance): Claim<Instance, Observed> {
  const largest = (v: RationalVector): Rational => Rational.max(ZERO, ...v.map((x) => x.absolute()));
  return {
    ...claim,
    proof: [],
    operations: [],
    families: [{ id: 'autoregressive', role: 'extremal', instances: [witness] }],
    // biome-ignore lint/correctness/useYield: the oracle of another norm is no operation
    *observe({ function: f, point, radii }) {
      const g = rationalFunction(f);
      if (g.kind !== 'max-affine') throw new RangeError(`brox-r4-finite: a max-affine function, got ${g.kind}`);
      const minimum = minimumOf(g);
      let x = vectorFrom(point);
      for (const [k, t] of radii.entries()) {
        const step = polyhedralBrox(g.slopes, g.offsets, x, Rational.from(t), 'l-infinity');
        x = step.point;
        if (minimum?.equals(step.value)) return { least: k + 1, most: k + 1 };
      }
      return { least: radii.length + 1, most: radii.length + 1 };
    },
    bound: ({ function: f, point, radii }) => {
      const x = vectorFrom(point);
      const nearest = nearestMinimiser(rationalFunction(f), x) ?? x;
      const ratio = largest(differenceOf(nearest, x)).dividedBy(Rational.from(radii[0] ?? 1));
      return exactly(ratio.power(2).ceiling().toString());
    },
  };
}

export default defineClaim<Instance, Observed>({
  id: 'brox-r4-finite',
  statement: String.raw`Let $f$ be proper, closed and convex with minimisers $X^*$, $R = \operatorname{dist}(x_0, X^*)$, $t_k > 0$ and
$x_{k+1} \in \operatorname{brox}_{t_k}(x_k)$. If $\sum_{k<K} t_k^2 \ge R^2$ then $x_K \in X^*$; with $t_k = t$ that is $K \ge R^2/t^2$, and for every
$R/t > 1$ there is an $f$ that needs $\lceil R^2/t^2 \rceil$ steps. If $x_K \notin X^*$ then $\sum_{k<K} t_k^2 < R^2$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'result R4 of the slides; that the count is attained is derived here',
    arxiv: '2502.02002',
    printed: 'holds',
  },
  assumptions: [
    { id: 'radii', text: 't_k > 0', holds: ({ radii }) => radii.every((t) => Rational.from(t).sign() > 0) },
    {
      id: 'enough',
      text: 'the squared radii sum to R² or more',
      holds: (instance) => sufficientSteps(instance) !== undefined,
    },
    {
      id: 'minimisers',
      text: 'f has a minimiser and a rational minimal value',
      holds: ({ function: f }) => minimumOf(rationalFunction(f)) !== undefined,
    },
  ],
  families: [
    { id: 'line', role: 'generic', arbitrary: onTheLine },
    { id: 'quadratics', role: 'generic', arbitrary: quadratics },
    { id: 'autoregressive', role: 'extremal', instances: WORST_CASES },
    { id: 'geometric-weights', role: 'extremal', instances: [2, 5, 10].map(geometric) },
    {
      id: 'edges',
      role: 'degenerate',
      instances: [
        { function: { kind: 'absolute' }, point: [0], radii: [1] },
        { function: { kind: 'absolute' }, point: [1], radii: [1] },
        { function: { kind: 'weighted-l1', weights: [0, 1] }, point: [5, '1/2'], radii: ['1/2', '1/2'] },
      ],
    },
  ],
  operations: [broximalPointOperation],
  *observe(instance) {
    const { output, errorBound } = yield* ask(broximalPointOperation, instance as BroximalPointInput);
    const minimum = minimumOf(rationalFunction(instance.function)) ?? ZERO;
    // a value that exceeds the minimum by more than its error bound is certainly not optimal
    const f = rationalFunction(instance.function);
    const certain = output.values.findLastIndex((reported, k) => {
      // an exact subject is judged by its points, not by the values that it reports of them
      const own = errorBound === 0 ? exactValue(f, vectorFrom(output.points[k] ?? [])) : undefined;
      const gap = (own ?? Rational.from(reported)).minus(minimum);
      return errorBound === 0 ? gap.sign() > 0 : Number.isFinite(errorBound) && Rational.from(errorBound).lessThan(gap);
    });
    const least = certain + 1;
    return { least, most: Math.max(least, output.optimalAfter ?? instance.radii.length + 1) };
  },
  relation: 'at-most',
  measure: (_, { least, most }) => ({ lo: least, hi: most }),
  bound: boundWith(ONE),
  proof: [
    {
      id: 'each-step-takes-its-square',
      text: String.raw`x_{K} \notin X^* \Rightarrow \sum_{k < K} t_k^2 \le R^2`,
      lhs: (instance, observed) => exactly(spent(instance, observed)),
      rhs: (instance) => exactly(squaredDistance(instance)),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1, family: 'autoregressive' },
  controls: [
    {
      id: 'five-percent-fewer',
      mutation: 'sharpened-constant',
      belief: '0.95 R²/t² steps are enough',
      witness: autoregressive(6, '99/100'),
      mutate: (claim) => ({ ...claim, proof: [], bound: boundWith(Rational.of(95, 100)) }),
    },
    {
      id: 'radius-not-squared',
      mutation: 'sharpened-constant',
      belief: 'R/t steps are enough, as on the line',
      witness: autoregressive(6, '99/100'),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => {
          const t = Rational.from(instance.radii[0] ?? 1);
          const [, above] = squaredDistance(instance).dividedBy(t.times(t)).squareRootBounds(60);
          return exactly(above.ceiling().toString());
        },
      }),
    },
    {
      id: 'maximum-norm',
      mutation: 'dropped-assumption',
      belief: 'The count holds for balls of any norm',
      witness: { function: RIDGE, point: ['11/10', '11/10'], radii: [1, 1, 1, 1, 1] },
      mutate: (claim) => inMaximumNorm(claim, { function: RIDGE, point: ['11/10', '11/10'], radii: [1, 1, 1, 1, 1] }),
    },
    {
      id: 'inexact-oracle',
      mutation: 'broken-subject',
      belief: 'An oracle with values within 1e-9 of the best still ends',
      witness: {
        function: { kind: 'weighted-l1', weights: ['1/1000000000'] },
        point: [3],
        radii: [1, 1, 1, 1, 1, 1, 1, 1, 1],
      },
      mutate: (claim) =>
        tampered(
          {
            ...claim,
            proof: [],
            families: [
              {
                id: 'autoregressive',
                role: 'adversarial',
                arbitrary: fc.integer({ min: 1, max: 3 }).map((R) => ({
                  function: { kind: 'weighted-l1' as const, weights: ['1/1000000000'] },
                  point: [R],
                  radii: new Array<Numeric>(R * R).fill(1),
                })),
              },
            ],
          },
          broximalPointOperation,
          // staying where it is costs the oracle at most 1e-9 in value, for every ball
          ({ function: f, point, radii }: BroximalPointInput) => ({
            points: [point, ...radii.map(() => point)],
            values: [ONE, ...radii].map(() => valueOnTheLine(f, point)),
            optimalAfter: null,
          }),
        ),
    },
  ],
});

/** w |x| of a weighted 1-norm on the line. */
function valueOnTheLine(f: ConvexFunction<Numeric>, [x = 0]: readonly Numeric[]): Numeric {
  if (f.kind !== 'weighted-l1') throw new RangeError(`valueOnTheLine: a weighted 1-norm, got ${f.kind}`);
  return Rational.from(f.weights[0] ?? 0)
    .times(Rational.from(x).absolute())
    .toString();
}
