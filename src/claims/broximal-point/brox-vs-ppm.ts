import fc, { type Arbitrary } from 'fast-check';
import { type Answer, ask, type Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../kernels/exact/rational-interval.ts';
import { differenceOf, squaredNorm, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { broximalPointOperation } from '../../operations/broximal-point.ts';
import { type ProxInput, proxOperation } from '../../operations/prox.ts';
import type { ConvexFunction } from '../../problems/functions/convex-function.ts';
import { leastOf, squaredDistanceOf } from './parts/observed-step.ts';
import { enclosed, near, point, rootRange } from './parts/ranges.ts';
import { CONVEX, HAS_MINIMISERS, POSITIVE_RADIUS } from './parts/step-assumptions.ts';
import { askTrajectory, type Trajectory } from './parts/trajectory.ts';

/**
 * The proximal point method with a fixed γ has after K steps a gap of at most R²/(4 γ K), and for every K there is a
 * function with that gap; the broximal point method with a fixed t and K t² >= R² is at a minimiser by then.
 *
 * Why: c |y| with c = R/(2 γ K) moves x by R/(2K) a step, half of the way in all. That no function is worse is a known result
 * of performance estimation, measured here and not derived again. The comparison is one of step size rules: a broximal
 * step is a proximal step with γ = t / |gradient|, which grows; and on one fixed sharp function, such as |y|, the proximal
 * point method ends as well (control).
 */

interface Instance {
  readonly function: ConvexFunction<Numeric>;
  readonly point: readonly Numeric[];
  readonly steps: number;
  /** γ of the proximal point method. */
  readonly parameter: Numeric;
  /** t of the broximal point method. */
  readonly radius: Numeric;
}

interface Observed {
  /** f(x_K) of the proximal point method. */
  readonly value: Rational;
  readonly error: number;
  readonly broximal: Trajectory;
}

const { ZERO, ONE } = Rational;
const TWO = Rational.of(2);

/**
 * prox K times. An error of e in every entry is sqrt(n) e in norm, and prox does not enlarge it; with delta their sum the
 * value is off by the subgradients (x_{K-1} - x_K)/γ, of both runs, times delta, besides its own error.
 */
function* askProximal({
  function: f,
  point: x,
  steps,
  parameter,
}: Instance): Generator<Call, { readonly value: Rational; readonly error: number }, Answer<unknown>> {
  let current = x;
  let [delta, length, value, last] = [ZERO, ZERO, ZERO, 0];
  const dimension = rootRange(point(Rational.of(x.length))).hi;
  for (let k = 0; k < steps; k += 1) {
    const { output, errorBound } = yield* ask(proxOperation, { function: f, point: current, parameter });
    const move = squaredNorm(differenceOf(vectorFrom(current), vectorFrom(output.point)));
    [length, value, last, current] = [rootRange(point(move)).hi, Rational.from(output.value), errorBound, output.point];
    if (!Number.isFinite(errorBound)) return { value, error: errorBound };
    delta = delta.plus(dimension.times(Rational.from(errorBound)));
  }
  const slope = length.plus(TWO.times(delta)).dividedBy(Rational.from(parameter));
  return { value, error: Rational.from(last).plus(slope.times(delta)).upperDouble() };
}

const asStep = ({ function: f, point: x, radius }: Instance) => ({ function: f, point: x, radius });

const proximalGap = (instance: Instance, { value, error }: Observed): RationalInterval =>
  near(value.minus(leastOf(asStep(instance))), error);

/** R² / (factor γ K). */
const boundWith =
  (factor: Rational) =>
  (instance: Instance): Rational =>
    squaredDistanceOf(asStep(instance)).dividedBy(
      factor.times(Rational.from(instance.parameter)).times(Rational.of(instance.steps)),
    );

const broximalGap = (instance: Instance, { broximal }: Observed): RationalInterval =>
  broximal.gaps[instance.steps] ?? point(ZERO);

/** c |y| from R with c = R/(2 γ K): each proximal step is R/(2K). */
const sharp = (distance: Rational, steps: number, parameter: Rational): Instance => ({
  function: {
    kind: 'weighted-l1',
    weights: [distance.dividedBy(TWO.times(parameter).times(Rational.of(steps))).toString()],
  },
  point: [distance.toString()],
  steps,
  parameter: parameter.toString(),
  radius: enoughRadius(distance, steps),
});

/** R/2 for K >= 4, else R: K t² >= R², in doubles where R is one. */
const enoughRadius = (distance: Rational, steps: number): string =>
  distance.dividedBy(Rational.of(steps >= 4 ? 2 : 1)).toString();

/** Doubles, since answers on the line are exact for these. */
const positive = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 4)).map(([p, q]) => Rational.of(p, q));

const line: Arbitrary<Instance> = fc
  .record({
    f: fc.oneof(
      fc.constant({ kind: 'absolute' as const }),
      smallFraction(4, 3).map((d) => ({
        kind: 'huber' as const,
        delta: Rational.from(d).absolute().plus(Rational.of(1, 4)).toString(),
      })),
      positive.map((a) => ({ kind: 'quadratic' as const, matrix: [[a.toString()]], vector: [0] })),
    ),
    distance: positive,
    steps: fc.integer({ min: 1, max: 5 }),
    parameter: positive,
  })
  .map(({ f, distance, steps, parameter }) => ({
    function: f,
    point: [distance.toString()],
    steps,
    parameter: parameter.toString(),
    radius: enoughRadius(distance, steps),
  }));

const sharpest: Arbitrary<Instance> = fc
  .tuple(positive, fc.integer({ min: 1, max: 12 }), positive)
  .map(([distance, steps, parameter]) => sharp(distance, steps, parameter));

const MANY_SCALES: Instance = {
  function: { kind: 'weighted-l1', weights: Array.from({ length: 8 }, (_, i) => `1/${10 ** i}`) },
  point: new Array<Numeric>(8).fill(1),
  steps: 8,
  parameter: 1,
  radius: 1,
};

const PARABOLA: Instance = {
  function: { kind: 'quadratic', matrix: [[1]], vector: [0] },
  point: [1],
  steps: 4,
  parameter: 1,
  radius: '1/2',
};

export default defineClaim<Instance, Observed>({
  id: 'brox-vs-ppm',
  statement: String.raw`Let $f$ be proper, closed and convex with minimisers, $R = \operatorname{dist}(x_0, X^*)$, $\gamma > 0$ and $x_{k+1} = \operatorname{prox}_{\gamma f}(x_k)$.
Then $f(x_K) - f^* \le R^2/(4 \gamma K)$, attained for all $R, \gamma, K$ by $f(y) = c|y|$ with $c = R/(2 \gamma K)$. If $y_0 = x_0$,
$y_{k+1} \in \operatorname{brox}_t(y_k)$ and $K t^2 \ge R^2$, then $f(y_K) = f^*$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus:
      'the comparison with the proximal point method on the slides; the proximal bound is that of Taylor, Hendrickx and Glineur',
    arxiv: '2502.02002',
    printed: 'holds',
  },
  assumptions: [
    CONVEX,
    POSITIVE_RADIUS,
    HAS_MINIMISERS,
    { id: 'parameter', text: 'γ > 0', holds: ({ parameter }) => Rational.from(parameter).sign() > 0 },
    {
      id: 'enough',
      text: 'K t² >= R²',
      holds: (instance) =>
        squaredDistanceOf(asStep(instance)).atMost(
          Rational.from(instance.radius).power(2).times(Rational.of(instance.steps)),
        ),
    },
  ],
  families: [
    { id: 'line', role: 'generic', arbitrary: line },
    { id: 'sharp', role: 'extremal', arbitrary: sharpest },
    { id: 'many-scales', role: 'adversarial', instances: [MANY_SCALES] },
  ],
  operations: [proxOperation, broximalPointOperation],
  *observe(instance) {
    const proximal = yield* askProximal(instance);
    const broximal = yield* askTrajectory({
      function: instance.function,
      point: instance.point,
      radii: new Array<Numeric>(instance.steps).fill(instance.radius),
    });
    return { ...proximal, broximal };
  },
  relation: 'at-most',
  measure: (instance, observed) => enclosed(observed, () => proximalGap(instance, observed)),
  bound: (instance) => exactly(boundWith(Rational.of(4))(instance)),
  proof: [
    {
      id: 'broximal-has-ended',
      text: String.raw`f(y_K) \le f^*`,
      lhs: (instance, observed) => enclosed(observed.broximal, () => broximalGap(instance, observed)),
      rhs: () => exactly(ZERO),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.9999, family: 'sharp' },
  controls: [
    {
      id: 'five-for-four',
      mutation: 'sharpened-constant',
      belief: 'The gap is at most R²/(5 γ K)',
      witness: sharp(ONE, 5, ONE),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => exactly(boundWith(Rational.of(5))(instance)),
      }),
    },
    {
      id: 'proximal-ends-too',
      mutation: 'sharpened-constant',
      belief: 'The proximal point method with a fixed γ ends after as many steps',
      witness: PARABOLA,
      mutate: (claim) => ({ ...claim, proof: [], bound: () => exactly(ZERO) }),
    },
    {
      id: 'proximal-never-ends',
      mutation: 'sharpened-constant',
      belief: 'The proximal point method never ends, whatever the function',
      witness: { ...PARABOLA, function: { kind: 'absolute' } },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'equals',
        measure: (instance, observed) =>
          observed.error === 0 ? exactly(proximalGap(instance, observed).lo.sign()) : { lo: 0, hi: 1 },
        bound: () => exactly(ONE),
      }),
    },
    {
      id: 'smaller-balls',
      mutation: 'dropped-assumption',
      drops: 'enough',
      belief: 'K broximal steps of any radius are enough',
      witness: { ...PARABOLA, radius: '1/8' },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'enough'),
        families: [
          {
            id: 'sharp',
            role: 'generic',
            arbitrary: fc.integer({ min: 1, max: 20 }).map((p) => ({ ...PARABOLA, radius: `${p}/32` })),
          },
        ],
        measure: (instance, observed) => enclosed(observed.broximal, () => broximalGap(instance, observed)),
        bound: () => exactly(ZERO),
      }),
    },
    {
      id: 'no-move',
      mutation: 'broken-subject',
      belief: 'A prox that stays where it is goes unnoticed',
      witness: sharp(ONE, 5, ONE),
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          proxOperation,
          ({ function: f, point: [x = 0] }: ProxInput, output: { readonly value: Numeric }) => ({
            point: [x],
            value:
              f.kind === 'weighted-l1'
                ? Rational.from(f.weights[0] ?? 0)
                    .times(Rational.from(x).absolute())
                    .toString()
                : output.value,
          }),
        ),
    },
  ],
});
