import fc from 'fast-check';
import { type Answer, ask, type Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { multiplyRanges } from '../../kernels/exact/rational-interval.ts';
import { differenceOf, type RationalVector, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import { proxOperation } from '../../operations/prox.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import { type ObservedStep, observeStep, radiusOf, squaredRadiusOf, startOf } from './parts/observed-step.ts';
import { enclosed, near, scaleRange, squaredNormRange, vectorNear } from './parts/ranges.ts';
import { CONVEX, HAS_MINIMISERS, OUT_OF_REACH, POSITIVE_RADIUS } from './parts/step-assumptions.ts';
import { linearSteps, quadraticSteps, reachingSteps } from './parts/step-families.ts';
import { leastSquaredSlope } from './parts/subgradients.ts';

/**
 * A broximal step is a proximal step: u = brox_t(x) = prox_γ(x) for γ = 1/c; where f is differentiable, γ = t / |∇f(u)|, and
 * u = x - t ∇f(u) / |∇f(u)| is an implicit normalised gradient step.
 *
 * Why: c (x - u) in the subdifferential at u is the optimality condition of prox_{1/c}; norms give c t = |∇f(u)|. The
 * gradient is the one at the new point. Where u is a minimiser there may be no such γ: the print divides by 0.
 */

interface Observed {
  readonly step: ObservedStep;
  /** prox_γ(x), and how far from the prox of the exact γ its entries may be. */
  readonly proximal: RationalVector;
  readonly error: number;
}

const { ZERO, ONE } = Rational;
/** Twice the unit roundoff of a double: what a quotient and a conversion may be wrong by, relatively. */
const CONVERSION = Rational.of(1, 2n ** 52n);

/** Asks for brox, then for prox with the γ that `parameter` makes of it. */
const observeBoth = (parameter: (instance: BroxInput, step: ObservedStep) => Rational) =>
  function* (instance: BroxInput): Generator<Call, Observed, Answer<unknown>> {
    const step = yield* observeStep(instance);
    const { output, errorBound } = yield* ask(proxOperation, {
      function: instance.function,
      point: instance.point,
      parameter: parameter(instance, step).toString(),
    });
    return { step, proximal: vectorFrom(output.point), error: totalError(instance, step, errorBound) };
  };

const reciprocalMultiplier = (_: BroxInput, { multiplier }: ObservedStep): Rational => ONE.dividedBy(multiplier);

/**
 * |prox_γ'(x) - prox_γ(x)| <= |1 - γ'/γ| |x - prox_γ(x)| (resolvent identity), with |x - prox_γ(x)| = t and 1 - γ'/γ at most
 * the relative error of the multiplier and of the conversion of 1/c; besides the errors of both answers.
 */
function totalError(instance: BroxInput, { multiplier, error }: ObservedStep, proxError: number): number {
  if (error === 0 && proxError === 0) return 0;
  if (!Number.isFinite(error) || !Number.isFinite(proxError) || multiplier.sign() === 0)
    return Number.POSITIVE_INFINITY;
  const relative = Rational.from(error).dividedBy(multiplier.absolute()).plus(CONVERSION);
  return Rational.from(error)
    .plus(Rational.from(proxError))
    .plus(radiusOf(instance).times(relative.times(ONE.plus(relative))))
    .upperDouble();
}

const squaredDifference = (_: BroxInput, { step, proximal, error }: Observed): Enclosure =>
  enclosed({ error }, () => squaredNormRange(vectorNear(differenceOf(proximal, step.point), error)));

const isDifferentiable = ({ function: f }: BroxInput): boolean => f.kind === 'quadratic' || f.kind === 'huber';

/** |∇f(u)|² where there is a gradient and the answer is exact; elsewhere nothing to compare. */
const gradientSquare = (instance: BroxInput, { step }: Observed): Enclosure =>
  step.error === 0 && isDifferentiable(instance)
    ? exactly(leastSquaredSlope(rationalFunction(instance.function), step.point))
    : { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };

const multiplierSquare = (instance: BroxInput, { step }: Observed): Enclosure =>
  enclosed(step, () => {
    const c = near(step.multiplier, step.error);
    return scaleRange(squaredRadiusOf(instance), multiplyRanges(c, c));
  });

/** Different curvatures: the gradients at x and at u point elsewhere. */
const ELLIPSE: BroxInput = {
  function: {
    kind: 'quadratic',
    matrix: [
      [1, 0],
      [0, 100],
    ],
    vector: [0, 0],
  },
  point: [1, 1],
  radius: '1/2',
};

const PARABOLA: BroxInput = { function: { kind: 'quadratic', matrix: [[1]], vector: [0] }, point: [1], radius: 2 };

export default defineClaim<BroxInput, Observed>({
  id: 'brox-normalised-ppm',
  statement: String.raw`Let $f$ be proper, closed and convex, $t > 0$, $u \in \operatorname{brox}_t(x)$ no minimiser of $f$, and $c > 0$ with
$c(x - u) \in \partial f(u)$. Then $u = \operatorname{prox}_{f/c}(x)$. If $f$ is differentiable at $u$: $\|\nabla f(u)\| = c\,t$ and
$u = x - t\,\nabla f(u)/\|\nabla f(u)\| = \operatorname{prox}_{\gamma f}(x)$ with $\gamma = t/\|\nabla f(u)\|$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'the slide on the normalised proximal point method',
    arxiv: '2502.02002',
    printed: 'corrected',
    erratum:
      'As we read the slide, it lacks the assumption that the new point is no minimiser; there the formula is 0/0, and no γ need give the point (control).',
  },
  assumptions: [CONVEX, POSITIVE_RADIUS, HAS_MINIMISERS, OUT_OF_REACH],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: quadraticSteps },
    { id: 'kinks', role: 'generic', arbitrary: linearSteps },
  ],
  operations: [broxOperation, proxOperation],
  observe: observeBoth(reciprocalMultiplier),
  relation: 'equals',
  measure: squaredDifference,
  bound: () => exactly(ZERO),
  proof: [
    {
      id: 'multiplier-at-most-gradient',
      text: String.raw`(c\,t)^2 \le \|\nabla f(u)\|^2`,
      lhs: multiplierSquare,
      rhs: gradientSquare,
    },
    {
      id: 'gradient-at-most-multiplier',
      text: String.raw`\|\nabla f(u)\|^2 \le (c\,t)^2`,
      lhs: gradientSquare,
      rhs: multiplierSquare,
    },
  ],
  exactness: { level: 'exact-instance' },
  // an identity: the ratio is that of |x - prox|² to t², 1 where the points agree
  tightness: {
    supremum: 1,
    floor: 0.9999,
    family: 'quadratics',
    ratio: (instance, { proximal, error }) =>
      enclosed({ error }, () => {
        const squared = squaredNormRange(vectorNear(differenceOf(proximal, startOf(instance)), error));
        return scaleRange(ONE.dividedBy(squaredRadiusOf(instance)), squared);
      }),
  },
  controls: [
    {
      id: 'gradient-at-the-start',
      mutation: 'sharpened-constant',
      belief: 'γ is t over the gradient at the old point, as in explicit normalised gradient descent',
      witness: ELLIPSE,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        observe: observeBoth((instance) => {
          const square = leastSquaredSlope(rationalFunction(instance.function), startOf(instance));
          return Rational.from(Math.sqrt(squaredRadiusOf(instance).dividedBy(square).toNumber()));
        }),
        assumptions: [
          ...claim.assumptions,
          { id: 'smooth', text: 'f is differentiable', holds: (instance) => isDifferentiable(instance) },
        ],
      }),
    },
    {
      id: 'last-step',
      mutation: 'as-printed',
      drops: 'out-of-reach',
      belief: 'The step that ends in a minimiser is a proximal step too, with some large γ',
      witness: PARABOLA,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'out-of-reach'),
        families: [
          {
            id: 'quadratics',
            role: 'degenerate',
            arbitrary: fc
              .record({ x: fc.integer({ min: 1, max: 9 }), more: fc.integer({ min: 0, max: 5 }) })
              .map(({ x, more }) => ({ ...PARABOLA, point: [x], radius: x + more })),
          },
          { id: 'within-reach', role: 'degenerate', instances: reachingSteps },
        ],
        *observe(instance) {
          const both = observeBoth((at, step) =>
            step.multiplier.sign() === 0 ? Rational.of(1000) : reciprocalMultiplier(at, step),
          );
          const observed = yield* both(instance);
          return observed.step.multiplier.sign() === 0 ? { ...observed, error: 0 } : observed;
        },
      }),
    },
    {
      id: 'parameter-is-the-multiplier',
      mutation: 'sharpened-constant',
      belief: 'γ is c itself',
      witness: { ...PARABOLA, point: [7] },
      mutate: (claim) => ({ ...claim, proof: [], observe: observeBoth((_, { multiplier }) => multiplier) }),
    },
    {
      id: 'half-way',
      mutation: 'broken-subject',
      belief: 'A prox that stops half way goes unnoticed',
      witness: { ...PARABOLA, point: [4] },
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          proxOperation,
          ({ point: x }: BroxInput, output: { readonly point: readonly Numeric[] }) => ({
            ...output,
            point: output.point.map((u, i) =>
              Rational.from(u)
                .plus(Rational.from(x[i] ?? 0))
                .dividedBy(Rational.of(2))
                .toString(),
            ),
          }),
        ),
    },
  ],
});
