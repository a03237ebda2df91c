import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { squaredNorm } from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import {
  moveOf,
  multiplierOf,
  type ObservedStep,
  observeStep,
  reachedValue,
  squaredRadiusOf,
  startOf,
  valueAt,
} from './parts/observed-step.ts';
import { dotRange, enclosed, quotientRange, scaleRange, squareRange, vectorNear } from './parts/ranges.ts';
import { CONVEX, POSITIVE_RADIUS } from './parts/step-assumptions.ts';
import {
  autoregressiveSteps,
  linearSteps,
  onTheLine,
  quadraticSteps,
  radialSteps,
  reachingSteps,
} from './parts/step-families.ts';
import { leastSquaredSlope, subgradients } from './parts/subgradients.ts';

/**
 * The gradient at the new point is no longer than the gradient at the old one; without gradients: the subgradient c (x - u)
 * that the step defines is no longer than any subgradient at x.
 *
 * Why: subgradients are monotone, so t |g| >= <g, x - u> >= c |x - u|² = t (c t). Equality where f is linear between u and x.
 * It says nothing about other subgradients at u, which may be as long as one likes at a kink.
 */

const startSlope = (instance: BroxInput): Rational =>
  leastSquaredSlope(rationalFunction(instance.function), startOf(instance));

/** (c t)². */
const stepSlope = (instance: BroxInput, observed: ObservedStep) =>
  scaleRange(squaredRadiusOf(instance), squareRange(multiplierOf(observed)));

/** The start lies on one piece, three meet at u = (1, 0): the slopes (-1/2, ±10) are active there. */
const STEEP_KINK: BroxInput = {
  function: {
    kind: 'max-affine',
    slopes: [
      [-1, 0],
      ['-1/2', 10],
      ['-1/2', -10],
      [1, 0],
    ],
    offsets: [0, '-1/2', '-1/2', -10],
  },
  point: [0, 0],
  radius: 1,
};

export default defineClaim<BroxInput, ObservedStep>({
  id: 'brox-r6-gradient-monotone',
  statement: String.raw`Let $f$ be proper, closed and convex, $t > 0$, $u \in \operatorname{brox}_t(x)$ and $c \ge 0$ with $c(x - u) \in \partial f(u)$. Then
$c\,t \le \|g\|$ for every $g \in \partial f(x)$. If $f$ is differentiable at $x$ and $u$: $\|\nabla f(u)\| \le \|\nabla f(x)\|$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'result R6 of the slides; the form with subgradients is derived here',
    arxiv: '2502.02002',
    printed: 'holds',
  },
  assumptions: [CONVEX, POSITIVE_RADIUS],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: quadraticSteps },
    { id: 'kinks', role: 'extremal', arbitrary: linearSteps },
    { id: 'radial', role: 'extremal', arbitrary: radialSteps },
    { id: 'autoregressive', role: 'extremal', instances: autoregressiveSteps },
    { id: 'within-reach', role: 'extremal', instances: reachingSteps },
    { id: 'steep-kink', role: 'extremal', instances: [STEEP_KINK] },
  ],
  operations: [broxOperation],
  observe: observeStep,
  relation: 'at-most',
  measure: (instance, observed) => enclosed(observed, () => stepSlope(instance, observed)),
  bound: (instance) => exactly(startSlope(instance)),
  proof: [
    {
      id: 'monotone',
      text: String.raw`c t^2 \le \min_i \langle g_i, x - u \rangle`,
      lhs: (instance, observed) =>
        enclosed(observed, () => scaleRange(squaredRadiusOf(instance), multiplierOf(observed))),
      rhs: (instance, observed) =>
        enclosed(observed, () => {
          const move = moveOf(instance, observed);
          const products = subgradients(rationalFunction(instance.function), startOf(instance)).map((g) =>
            dotRange(vectorNear(g, 0), move),
          );
          return products.reduce((a, b) => ({ lo: Rational.min(a.lo, b.lo), hi: Rational.min(a.hi, b.hi) }));
        }),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.9999, family: 'radial' },
  controls: [
    {
      id: 'any-subgradient',
      mutation: 'sharpened-constant',
      belief: 'Every subgradient at the new point is that short',
      witness: STEEP_KINK,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'radial', role: 'extremal', instances: [...autoregressiveSteps, STEEP_KINK] }],
        measure: (instance, { point }) => {
          const squares = subgradients(rationalFunction(instance.function), point).map(squaredNorm);
          return exactly(Rational.max(Rational.ZERO, ...squares));
        },
      }),
    },
    {
      id: 'rising-transformation',
      mutation: 'dropped-assumption',
      drops: 'convex',
      belief: 'A rising transformation has the same steps, so its gradients fall as well: the root of |y|',
      witness: onTheLine(4, 1),
      // |grad sqrt(f)|² = |g|² / (4 f); both sides without the 4, out of reach so that f(u) > 0
      mutate: (claim) => ({
        ...claim,
        assumptions: [
          ...claim.assumptions.filter(({ id }) => id !== 'convex'),
          {
            id: 'positive',
            text: 'the ball misses 0, the minimiser of |y|',
            holds: ({ function: f, point: [x = 0], radius }) =>
              f.kind === 'absolute' && Rational.from(radius).lessThan(Rational.from(x).absolute()),
          },
        ],
        families: [{ id: 'radial', role: 'extremal', instances: [onTheLine(4, 1), onTheLine(9, 2)] }],
        proof: [],
        measure: (instance, observed) =>
          enclosed(observed, () => quotientRange(stepSlope(instance, observed), reachedValue(observed))),
        bound: (instance) => exactly(startSlope(instance).dividedBy(valueAt(instance, startOf(instance)))),
      }),
    },
    {
      id: 'one-percent-shorter',
      mutation: 'sharpened-constant',
      belief: 'Each step shortens the gradient by a fixed part',
      witness: onTheLine(4, 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => exactly(startSlope(instance).times(Rational.of(99, 100))),
      }),
    },
    {
      id: 'multiplier-without-radius',
      mutation: 'broken-subject',
      belief: 'The length of the subgradient is c t² rather than c t',
      witness: onTheLine(5, 2),
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          broxOperation,
          (input: BroxInput, output: { readonly multiplier: number | string }) => ({
            ...output,
            multiplier: Rational.from(output.multiplier).times(Rational.from(input.radius)).toString(),
          }),
        ),
    },
  ],
});
