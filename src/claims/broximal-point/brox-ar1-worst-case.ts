import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { arbitrarySpacings, constantChain, type GramChain, gramChain } from '../../instances/broximal/ar1.ts';
import { pythagoreanAr1 } from '../../instances/broximal/pythagorean-ar1.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { differenceOf, type RationalVector, squaredNorm, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { broximalPointOperation } from '../../operations/broximal-point.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import { nearestMinimiser } from '../../problems/functions/nearest-minimiser.ts';
import { enclosed, point, type RangeVector, squareRange, subtractRanges, sumRanges } from './parts/ranges.ts';
import { askTrajectory, chainFailure, chainTrajectory, type Trajectory } from './parts/trajectory.ts';

/**
 * The worst case of the broximal point method: f(y) = max(0, max_k G_k <n_k, y>) for an autoregressive chain of unit vectors.
 * Step k moves by t along n_k, takes t G_k off the value and exactly t² + 2 t s_k off the squared distance.
 *
 * Why: piece k is active at x_{k+1} and x_k - x_{k+1} = t n_k, which is the optimality condition. With constant s_k = s -> 0 the
 * number of steps is ceil(R²/t²) and every step inequality of the theory is an equality.
 *
 * Instances are chains known by their Gram matrix, where all is rational, and the constant chain in rational coordinates,
 * where the method itself is run.
 */

type Instance =
  | { readonly kind: 'chain'; readonly spacings: readonly Numeric[]; readonly radius: Numeric }
  /** Constant spacing q t / (1 - q), q = (1 - m²)/(1 + m²). */
  | { readonly kind: 'coordinates'; readonly steps: number; readonly m: Numeric; readonly radius: Numeric };

const { ZERO, ONE } = Rational;
const TWO = Rational.of(2);

const radiusOf = ({ radius }: Instance): Rational => Rational.from(radius);

function chainOf(instance: Instance): GramChain {
  const radius = radiusOf(instance);
  if (instance.kind === 'chain') return gramChain(vectorFrom(instance.spacings), radius);
  const square = Rational.from(instance.m).power(2);
  const q = ONE.minus(square).dividedBy(ONE.plus(square));
  return constantChain(instance.steps, q.times(radius).dividedBy(ONE.minus(q)), radius);
}

const inCoordinates = ({ steps, m, radius }: Extract<Instance, { readonly kind: 'coordinates' }>) =>
  pythagoreanAr1(steps, Rational.from(m), Rational.from(radius));

const entry = (v: RangeVector, k: number) => v[k] ?? point(ZERO);
const at = (v: RationalVector, k: number): Rational => v[k] ?? ZERO;

/** (1 + t/s_0)^-1 … (1 + t/s_{K-1})^-1 (s_0 + t). */
function lastGap(instance: Instance): Rational {
  const { spacings, radius } = chainOf(instance);
  return spacings.reduce((gap, s) => gap.times(s).dividedBy(s.plus(radius)), at(spacings, 0).plus(radius));
}

/** sum over the steps of (v_k - v_{k+1} - expected_k)². */
const deviation = (v: RangeVector, expected: RationalVector) =>
  sumRanges(
    expected.map((e, k) => squareRange(subtractRanges(subtractRanges(entry(v, k), entry(v, k + 1)), point(e)))),
  );

/** t² + 2 t s_k. */
const distanceSteps = (instance: Instance): RationalVector =>
  chainOf(instance).spacings.map((s) => radiusOf(instance).times(radiusOf(instance).plus(TWO.times(s))));

/** R² = d_K² + the sum of the steps, d_K = s_{K-1}. */
const squaredStart = (instance: Instance): Rational =>
  Rational.sum(distanceSteps(instance)).plus(
    at(chainOf(instance).spacings, chainOf(instance).spacings.length - 1).power(2),
  );

const KNOWN: Instance = { kind: 'chain', spacings: ['1/2', '1/2', '1/2'], radius: 1 };
const COORDINATES: Instance = { kind: 'coordinates', steps: 3, m: '9/10', radius: 1 };

export default defineClaim<Instance, Trajectory>({
  id: 'brox-ar1-worst-case',
  statement: String.raw`Let $t > 0$, $s_k > 0$ with $s_k \ge s_{k-1} - t$ for $k < K$, $G_0 = 1$, $G_k/G_{k-1} = s_{k-1}/(s_k + t)$, unit vectors $n_k$ with
$\langle n_j, n_k \rangle = G_k/G_j$ ($j \le k$), $f(y) = \max(0, \max_k G_k \langle n_k, y \rangle)$ and $x_k = s_{K-1} n_{K-1} + t \sum_{i \ge k} n_i$. Then
$x_{k+1} = \operatorname{brox}_t(x_k)$, $f(x_k) - f(x_{k+1}) = t G_k$, $\|x_k\|^2 - \|x_{k+1}\|^2 = t^2 + 2 t s_k$,
$f(x_K) = f(x_0) \prod_k (1 + t/s_k)^{-1}$, and $0$ is the minimiser nearest to $x_0$, so $R^2 = s_{K-1}^2 + \sum_k (t^2 + 2 t s_k)$. With constant
$s_k = s \le t$ the first minimiser is $x_{K+1}$, and $K + 1 \le \lceil R^2/t^2 \rceil$ with equality for $2Ks/t + s^2/t^2 \le 1$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'derived here',
    arxiv: '2502.02002',
    printed: 'not-printed',
  },
  assumptions: [
    { id: 'radius', text: 't > 0', holds: (instance) => radiusOf(instance).sign() > 0 },
    {
      id: 'spacings',
      text: 's_k > 0 and s_k >= s_{k-1} - t; in coordinates s <= t',
      holds: (instance) =>
        instance.kind === 'coordinates'
          ? Rational.of(1, 3).atMost(Rational.from(instance.m).power(2)) && Rational.from(instance.m).lessThan(ONE)
          : vectorFrom(instance.spacings).every(
              (s, k, all) =>
                s.sign() > 0 &&
                (k === 0 ||
                  at(all, k - 1)
                    .minus(radiusOf(instance))
                    .atMost(s)),
            ),
    },
  ],
  families: [
    {
      id: 'chains',
      role: 'generic',
      arbitrary: arbitrarySpacings(7).map((spacings) => ({
        kind: 'chain' as const,
        spacings: spacings.map(String),
        radius: 1,
      })),
    },
    {
      id: 'coordinates',
      role: 'extremal',
      instances: [
        ...[1, 2, 3].flatMap((steps) =>
          ['2/3', '9/10'].map((m) => ({ kind: 'coordinates' as const, steps, m, radius: 1 })),
        ),
        { kind: 'coordinates', steps: 2, m: '99/100', radius: '3/2' },
      ],
    },
    {
      id: 'long',
      role: 'extremal',
      instances: [{ kind: 'chain', spacings: new Array<Numeric>(20).fill('1/1000'), radius: 1 }],
    },
  ],
  operations: [broximalPointOperation],
  *observe(instance) {
    if (instance.kind === 'chain') return chainTrajectory(chainOf(instance));
    const { function: f, point: x, radius } = inCoordinates(instance);
    return yield* askTrajectory({ function: f, point: x, radii: new Array<Numeric>(instance.steps + 1).fill(radius) });
  },
  relation: 'equals',
  measure: (instance, observed) => enclosed(observed, () => entry(observed.gaps, chainOf(instance).spacings.length)),
  bound: (instance) => exactly(lastGap(instance)),
  proof: [
    {
      id: 'steps-are-broximal',
      text: String.raw`[\, x_{k+1} \ne \operatorname{brox}_t(x_k) \,] \le 0`,
      lhs: (instance) => exactly(chainFailure(chainOf(instance))),
      rhs: () => exactly(ZERO),
    },
    {
      id: 'value-steps',
      text: String.raw`\sum_k (f(x_k) - f(x_{k+1}) - t G_k)^2 \le 0`,
      lhs: (instance, observed) =>
        enclosed(observed, () =>
          deviation(
            observed.gaps,
            chainOf(instance).weights.map((G) => G.times(radiusOf(instance))),
          ),
        ),
      rhs: () => exactly(ZERO),
    },
    {
      id: 'distance-steps',
      text: String.raw`\sum_k (\|x_k\|^2 - \|x_{k+1}\|^2 - t^2 - 2 t s_k)^2 \le 0`,
      lhs: (instance, observed) =>
        enclosed(observed, () => deviation(observed.squaredDistances, distanceSteps(instance))),
      rhs: () => exactly(ZERO),
    },
    {
      id: 'nearest-minimiser',
      text: String.raw`(\operatorname{dist}(x_0, X^*)^2 - R^2)^2 \le 0`,
      lhs: (instance) => {
        if (instance.kind === 'chain') {
          // x_0 is a positive combination of the n_k, whose polar cone is the set of minimisers
          const { iterates } = chainOf(instance);
          return exactly((iterates[0] ?? []).every((x) => x.sign() > 0) ? ZERO : ONE);
        }
        const { function: f, point: start } = inCoordinates(instance);
        const x = vectorFrom(start);
        const nearest = nearestMinimiser(rationalFunction(f), x) ?? x;
        return exactly(squaredNorm(differenceOf(nearest, x)).minus(squaredStart(instance)).power(2));
      },
      rhs: () => exactly(ZERO),
    },
    {
      id: 'not-before',
      text: String.raw`K + 1 \le \min\{k : x_k \in X^*\}`,
      lhs: (instance) => exactly(instance.kind === 'chain' ? 0 : instance.steps + 1),
      rhs: (_, { optimalAfter }) => exactly(optimalAfter ?? Number.MAX_SAFE_INTEGER),
    },
    {
      id: 'not-after',
      text: String.raw`\min\{k : x_k \in X^*\} \le K + 1 \le \lceil R^2/t^2 \rceil`,
      lhs: (instance, { optimalAfter }) =>
        exactly(instance.kind === 'chain' ? 0 : (optimalAfter ?? Number.MAX_SAFE_INTEGER)),
      rhs: (instance) => {
        const count = squaredStart(instance).dividedBy(radiusOf(instance).power(2)).ceiling();
        return exactly(Rational.min(Rational.of(count), Rational.of(chainOf(instance).spacings.length + 1)));
      },
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.9999, family: 'coordinates' },
  controls: [
    {
      id: 'one-more-factor',
      mutation: 'sharpened-constant',
      belief: 'The K steps gain K + 1 factors',
      witness: KNOWN,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-most',
        bound: (instance) => {
          const { spacings, radius } = chainOf(instance);
          const last = at(spacings, spacings.length - 1);
          return exactly(lastGap(instance).times(last).dividedBy(last.plus(radius)));
        },
      }),
    },
    {
      id: 'always-within-reach',
      mutation: 'sharpened-constant',
      belief: 'After the K steps the next ball holds the minimiser, whatever the spacing',
      witness: { kind: 'chain', spacings: [2], radius: 1 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-most',
        measure: (instance, observed) =>
          enclosed(observed, () => entry(observed.squaredDistances, chainOf(instance).spacings.length)),
        bound: (instance) => exactly(radiusOf(instance).power(2)),
      }),
    },
    {
      id: 'equal-weights',
      mutation: 'sharpened-constant',
      belief: 'All pieces may have the same slope',
      witness: KNOWN,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'equals',
        measure: (instance) => {
          const chain = chainOf(instance);
          return exactly(chainFailure({ ...chain, weights: chain.weights.map(() => ONE) }));
        },
        bound: () => exactly(ZERO),
      }),
    },
    {
      id: 'late-by-one',
      mutation: 'broken-subject',
      belief: 'The values may lag behind the points by a step',
      witness: COORDINATES,
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          broximalPointOperation,
          (_: unknown, output: { readonly values: readonly Numeric[] }) => ({
            ...output,
            values: output.values.map((value, k, all) => all[Math.max(0, k - 1)] ?? value),
          }),
        ),
    },
  ],
});
