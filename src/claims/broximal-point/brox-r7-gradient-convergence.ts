import fc, { type Arbitrary } from 'fast-check';
import type { Answer, Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { pythagoreanAr1 } from '../../instances/broximal/pythagorean-ar1.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { addRanges, type RationalInterval } from '../../kernels/exact/rational-interval.ts';
import { vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import {
  leastOf,
  multiplierOf,
  type ObservedStep,
  observeStep,
  reachedValue,
  squaredRadiusOf,
  startOf,
  valueAt,
} from './parts/observed-step.ts';
import {
  enclosed,
  enclosureOf,
  point,
  quotientRange,
  rootRange,
  scaleRange,
  subtractRanges,
  sumRanges,
} from './parts/ranges.ts';
import { CONVEX, HAS_MINIMISERS } from './parts/step-assumptions.ts';
import { linearSteps, quadraticSteps } from './parts/step-families.ts';
import { leastSquaredSlope } from './parts/subgradients.ts';

/**
 * The lengths of the gradients at the new points, weighted by the radii, sum to no more than the decrease of f. Since the
 * gradients do not grow, the last of them is at most (f(x_0) - f*) / (t K).
 *
 * Why: f(x) >= f(u) + <g, x - u> = f(u) + t |g| for g = c (x - u), and the sum telescopes. Equality in every step where f is
 * linear between the points, along the whole autoregressive worst case for instance. The print bounds the gradient at
 * x_{K+1}; the sum ends at x_K, and so does the bound.
 */

type Instance = Pick<BroxInput, 'function' | 'point'> & { readonly radii: readonly Numeric[] };

interface Observed {
  readonly steps: readonly { readonly input: BroxInput; readonly output: ObservedStep }[];
  readonly error: number;
}

function* observeRun({ function: f, point: x, radii }: Instance): Generator<Call, Observed, Answer<unknown>> {
  const steps: { readonly input: BroxInput; readonly output: ObservedStep }[] = [];
  let from = x;
  for (const radius of radii) {
    const input = { function: f, point: from, radius };
    const output = yield* observeStep(input);
    steps.push({ input, output });
    from = output.point.map(String);
  }
  return { steps, error: Math.max(...steps.map(({ output }) => output.error)) };
}

const first = ({ function: f, point: x, radii }: Instance): BroxInput => ({
  function: f,
  point: x,
  radius: radii[0] ?? 1,
});
const startValue = (instance: Instance): Rational => valueAt(instance, vectorFrom(instance.point));
const totalRadius = ({ radii }: Instance): Rational => Rational.sum(radii.map((t) => Rational.from(t)));

/** sum of c t², the lengths c t of the subgradients weighted by t. */
const weightedSlopes = ({ steps }: Observed): RationalInterval =>
  sumRanges(steps.map(({ input, output }) => scaleRange(squaredRadiusOf(input), multiplierOf(output))));

/** sum of f(x_k) - f(x_{k+1}); each step starts from the answer of the last, so rounding does not add up. */
const decreases = ({ steps }: Observed): RationalInterval =>
  sumRanges(
    steps.map(({ input, output }) => subtractRanges(point(valueAt(input, startOf(input))), reachedValue(output))),
  );

/** |g_K| sum t_k, with |g_K| = c_{K-1} t_{K-1}, <= f(x_0) - f*. */
const lastSlope = (instance: Instance, { steps, error }: Observed): Enclosure => {
  const last = steps.at(-1);
  // from rounded points a kink may be missed, so that only exact runs decide this one
  if (last === undefined || error > 0) return { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };
  const factor = Rational.from(last.input.radius).times(totalRadius(instance));
  return enclosureOf(scaleRange(factor, multiplierOf(last.output)));
};

const startGap = (instance: Instance): Rational => startValue(instance).minus(leastOf(first(instance)));

const repeated = (radius: Numeric, count: number): readonly Numeric[] => new Array<Numeric>(count).fill(radius);

const oneStep = (steps: Arbitrary<BroxInput>): Arbitrary<Instance> =>
  steps.map(({ function: f, point: x, radius }) => ({ function: f, point: x, radii: [radius] }));

const onTheLineRuns: Arbitrary<Instance> = fc
  .record({
    f: fc.oneof(
      fc.constant({ kind: 'absolute' as const }),
      fc.integer({ min: 1, max: 8 }).map((d) => ({ kind: 'huber' as const, delta: `${d}/4` })),
      smallFraction(4, 3).map((b) => ({ kind: 'quadratic' as const, matrix: [[2]], vector: [b] })),
    ),
    // halves are doubles
    start: smallFraction(20, 2),
    radii: fc.array(
      fc.integer({ min: 1, max: 8 }).map((t) => `${t}/4`),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ f, start, radii }) => ({ function: f, point: [start], radii }));

/** Huber's function with the knee mu from K t + mu: linear for K steps, then at the knee. */
const toTheKnee = (mu: string, count: number): Instance => ({
  function: { kind: 'huber', delta: mu },
  point: [Rational.of(count).plus(Rational.from(mu)).toString()],
  radii: repeated(1, count),
});

const autoregressive = (count: number, m: string): Instance => {
  const { function: f, point: x, radius } = pythagoreanAr1(count, Rational.from(m));
  return { function: f, point: x, radii: repeated(radius, count) };
};

const PARABOLA: Instance = { function: { kind: 'quadratic', matrix: [[2]], vector: [0] }, point: [1], radii: ['9/10'] };

export default defineClaim<Instance, Observed>({
  id: 'brox-r7-gradient-convergence',
  statement: String.raw`Let $f$ be proper, closed and convex with minimal value $f^*$, $t_k > 0$, $x_{k+1} \in \operatorname{brox}_{t_k}(x_k)$ and
$g_{k+1} = c_k (x_k - x_{k+1}) \in \partial f(x_{k+1})$, $c_k \ge 0$. Then $f(x_{k+1}) \le f(x_k) - t_k \|g_{k+1}\|$,
$\sum_{k<K} t_k \|g_{k+1}\| \le f(x_0) - f(x_K)$, and $\|g_K\| \le (f(x_0) - f^*) / \sum_{k<K} t_k$. For differentiable $f$ and constant $t$:
$\|\nabla f(x_K)\| \le (f(x_0) - f^*)/(tK)$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'result R7 of the slides',
    arxiv: '2502.02002',
    printed: 'corrected',
    erratum:
      'The corollary bounds the gradient at x_{K+1} by the mean over the first K new points, as we read it. That is true but ends one step late: these points end at x_K, and the same mean bounds the gradient there. One index lower it is false (control).',
  },
  assumptions: [
    CONVEX,
    {
      id: 'radii',
      text: 'all t_k > 0, and there is one',
      holds: ({ radii }) => radii.length > 0 && radii.every((t) => Rational.from(t).sign() > 0),
    },
    HAS_MINIMISERS,
  ],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: oneStep(quadraticSteps) },
    { id: 'kinks', role: 'extremal', arbitrary: oneStep(linearSteps) },
    { id: 'line', role: 'extremal', arbitrary: onTheLineRuns },
    {
      id: 'autoregressive',
      role: 'extremal',
      instances: [1, 2, 3, 4].flatMap((count) => ['2/3', '9/10'].map((m) => autoregressive(count, m))),
    },
    { id: 'to-the-knee', role: 'extremal', instances: ['1', '1/10', '1/10000'].map((mu) => toTheKnee(mu, 10)) },
  ],
  operations: [broxOperation],
  observe: observeRun,
  relation: 'at-most',
  measure: (instance, observed) =>
    enclosed(observed, () =>
      addRanges(weightedSlopes(observed), subtractRanges(point(startValue(instance)), decreases(observed))),
    ),
  bound: (instance) => exactly(startValue(instance)),
  proof: [
    {
      id: 'last-gradient',
      text: String.raw`\|g_K\| \sum_{k<K} t_k \le f(x_0) - f^*`,
      lhs: lastSlope,
      rhs: (instance) => exactly(startGap(instance)),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: {
    supremum: 1,
    floor: 0.9999,
    family: 'autoregressive',
    // the weighted slopes over the decrease, without f(x_0) on both sides
    ratio: (_, observed) =>
      enclosed(observed, () => {
        const decrease = decreases(observed);
        return decrease.lo.sign() > 0 ? quotientRange(weightedSlopes(observed), decrease) : weightedSlopes(observed);
      }),
  },
  controls: [
    {
      id: 'one-index-lower',
      mutation: 'sharpened-constant',
      belief: 'K steps bound the gradient at x_{K-1}',
      witness: PARABOLA,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: [
          ...claim.assumptions,
          { id: 'smooth', text: 'f is differentiable', holds: ({ function: f }) => f.kind === 'quadratic' },
        ],
        measure: (instance, { steps }) => {
          const input = steps.at(-1)?.input ?? first(instance);
          return enclosureOf(
            scaleRange(
              totalRadius(instance),
              rootRange(point(leastSquaredSlope(rationalFunction(input.function), startOf(input)))),
            ),
          );
        },
        bound: (instance) => exactly(startGap(instance)),
      }),
    },
    {
      id: 'rising-transformation',
      mutation: 'dropped-assumption',
      drops: 'convex',
      belief: 'A rising transformation has the same steps, so f falls by t |grad f(u)| all the same: the root of |y|',
      witness: { function: { kind: 'absolute' }, point: [4], radii: [1] },
      // t |grad sqrt(f)(u)| + sqrt(f(u)) <= sqrt(f(x)), for one step that stays away from 0
      mutate: (claim) => ({
        ...claim,
        assumptions: [
          {
            id: 'positive',
            text: 'one step on |y| that misses 0',
            holds: ({ function: f, point: [x = 0], radii: [t = 0, ...others] }) =>
              f.kind === 'absolute' && others.length === 0 && Rational.from(t).lessThan(Rational.from(x).absolute()),
          },
        ],
        families: [{ id: 'autoregressive', role: 'extremal', arbitrary: onTheLineRuns }],
        proof: [],
        measure: (_, observed) =>
          enclosed(observed, () => {
            const root = rootRange(sumRanges(observed.steps.map(({ output }) => reachedValue(output))));
            return addRanges(quotientRange(weightedSlopes(observed), scaleRange(Rational.of(2), root)), root);
          }),
        bound: (instance) => enclosureOf(rootRange(point(startValue(instance)))),
      }),
    },
    {
      id: 'one-percent-smaller',
      mutation: 'sharpened-constant',
      belief: 'The last gradient is at most 0.99 (f(x_0) - f*)/(t K)',
      witness: toTheKnee('1/10000', 10),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: lastSlope,
        bound: (instance) => exactly(startGap(instance).times(Rational.of(99, 100))),
      }),
    },
    {
      id: 'multiplier-doubled',
      mutation: 'broken-subject',
      belief: 'The subgradient inequality has the factor of a strongly convex function',
      witness: { function: { kind: 'absolute' }, point: [5], radii: [1] },
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          broxOperation,
          (_: BroxInput, output: { readonly multiplier: number | string }) => ({
            ...output,
            multiplier: Rational.from(output.multiplier).times(Rational.of(2)).toString(),
          }),
        ),
    },
  ],
});
