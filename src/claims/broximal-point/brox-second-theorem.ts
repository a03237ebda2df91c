import fc from 'fast-check';
import type { Answer, Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { addRanges, multiplyRanges, type RationalInterval } from '../../kernels/exact/rational-interval.ts';
import {
  differenceOf,
  multipleOf,
  type RationalVector,
  sumOf,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import { isSubgradient } from '../../problems/functions/is-subgradient.ts';
import {
  isOutOfReach,
  moveOf,
  multiplierOf,
  type ObservedStep,
  observeStep,
  reachedValue,
  startOf,
  valueRangeAt,
} from './parts/observed-step.ts';
import {
  differenceRange,
  dotRange,
  enclosed,
  enclosureOf,
  quotientRange,
  rootRange,
  scaleRange,
  subtractRanges,
  vectorNear,
} from './parts/ranges.ts';
import { CONVEX, HAS_MINIMISERS, POSITIVE_RADIUS } from './parts/step-assumptions.ts';
import { linearSteps, quadraticSteps, radialSteps, reachingSteps } from './parts/step-families.ts';

/**
 * At the minimiser u over the ball around x some multiple c >= 0 of x - u is a subgradient of f: the ball can be replaced by
 * a quadratic penalty. Where the ball holds no minimiser of f, c > 0.
 *
 * Why: 0 is a subgradient of f plus the indicator of the ball, whose normal cone at u is spanned by u - x; the sum rule holds
 * since x, in the interior of the ball, is in dom f. Equality in the subgradient inequality wherever f is linear. The whole
 * inequality, for all y, is decided exactly by membership in the subdifferential; the claim also measures it at one y.
 */

interface Instance extends BroxInput {
  /** Where the subgradient inequality is measured. */
  readonly at: readonly Numeric[];
}

const { ZERO, ONE } = Rational;
const TWO = Rational.of(2);

const elsewhere = ({ at }: Instance): RationalVector => vectorFrom(at);

/** At x, or off it in one coordinate. */
const measured = (steps: fc.Arbitrary<BroxInput>): fc.Arbitrary<Instance> =>
  steps.chain((step) =>
    fc
      .record({ coordinate: fc.nat({ max: step.point.length - 1 }), shift: fc.integer({ min: -8, max: 8 }) })
      .map(({ coordinate, shift }) => ({
        ...step,
        at: startOf(step).map((x, i) => (i === coordinate ? x.plus(Rational.of(shift, 2)) : x).toString()),
      })),
  );

const atTheStart = (step: BroxInput): Instance => ({ ...step, at: step.point });

/** c <x - u, y - u>. */
const slopePart = (instance: Instance, observed: ObservedStep): RationalInterval =>
  multiplyRanges(
    multiplierOf(observed),
    dotRange(
      moveOf(instance, observed),
      differenceRange(vectorNear(elsewhere(instance), 0), vectorNear(observed.point, observed.error)),
    ),
  );

const UNKNOWN: Enclosure = { lo: 0, hi: 1 };

/** 1 where the answer says no: the exact decision exists for exact answers only. */
const failure = (isTrue: boolean): Enclosure => exactly(isTrue ? ZERO : ONE);

const FAR: Instance = { function: { kind: 'absolute' }, point: [4], radius: 1, at: [0] };

export default defineClaim<Instance, ObservedStep>({
  id: 'brox-second-theorem',
  statement: String.raw`Let $f$ be proper, closed and convex, $x \in \operatorname{dom} f$, $t > 0$ and $u \in \operatorname{brox}_t(x)$. Then there is $c \ge 0$ with
$c(x - u) \in \partial f(u)$, that is $f(y) \ge f(u) + c\langle x - u, y - u \rangle$ for all $y$. If $B(x, t)$ holds no minimiser of $f$, then $c > 0$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'the second brox theorem of the slides',
    arxiv: '2502.02002',
    printed: 'corrected',
    erratum:
      'As we read the slide, it does not say t > 0; for t = 0 the ball is x alone and 0 need not be a subgradient (control).',
  },
  assumptions: [CONVEX, POSITIVE_RADIUS, HAS_MINIMISERS],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: measured(quadraticSteps) },
    { id: 'kinks', role: 'extremal', arbitrary: measured(linearSteps) },
    { id: 'radial', role: 'extremal', arbitrary: radialSteps.map(atTheStart) },
    { id: 'within-reach', role: 'extremal', instances: reachingSteps.map(atTheStart) },
  ],
  operations: [broxOperation],
  observe: ({ function: f, point, radius }) => observeStep({ function: f, point, radius }),
  relation: 'at-most',
  measure: (instance, observed) =>
    enclosed(observed, () => addRanges(reachedValue(observed), slopePart(instance, observed))),
  bound: (instance) => enclosureOf(valueRangeAt(instance, elsewhere(instance))),
  proof: [
    {
      id: 'for-all-y',
      text: String.raw`[\, c(x - u) \notin \partial f(u) \,] \le 0`,
      lhs: (instance, { point, multiplier, error }) =>
        error > 0
          ? UNKNOWN
          : failure(
              isSubgradient(
                rationalFunction(instance.function),
                point,
                multipleOf(multiplier, differenceOf(startOf(instance), point)),
              ),
            ),
      rhs: () => exactly(ZERO),
    },
    {
      id: 'positive-out-of-reach',
      text: String.raw`[\, c = 0 \text{ though } B(x, t) \cap X^* = \emptyset \,] \le 0`,
      lhs: (instance, { multiplier, error }) =>
        error > 0 ? UNKNOWN : failure(!isOutOfReach(instance) || multiplier.sign() > 0),
      rhs: () => exactly(ZERO),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: {
    supremum: 1,
    floor: 0.9999,
    family: 'radial',
    // c <x - u, y - u> / (f(y) - f(u)) where both are positive, else 0
    ratio: (instance, observed) =>
      enclosed(observed, () => {
        const rise = subtractRanges(valueRangeAt(instance, elsewhere(instance)), reachedValue(observed));
        const slope = slopePart(instance, observed);
        return rise.lo.sign() > 0 && slope.lo.sign() > 0 ? quotientRange(slope, rise) : { lo: ZERO, hi: ZERO };
      }),
  },
  controls: [
    {
      id: 'radius-zero',
      mutation: 'as-printed',
      drops: 'radius',
      belief: 'The radius may be 0, as the slide allows',
      witness: { ...FAR, radius: 0 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'radius'),
        families: [
          {
            id: 'radial',
            role: 'degenerate',
            arbitrary: fc.integer({ min: 1, max: 9 }).map((x) => ({ ...FAR, point: [x], radius: 0 })),
          },
        ],
        *observe(instance): Generator<Call, ObservedStep, Answer<unknown>> {
          if (Rational.from(instance.radius).sign() > 0) return yield* claim.observe(instance);
          // the ball is x alone, so u = x, and every c gives the subgradient 0
          const x = startOf(instance);
          return { point: x, value: valueRangeAt(instance, x).lo, multiplier: ONE, error: 0 };
        },
      }),
    },
    {
      id: 'rising-transformation',
      mutation: 'dropped-assumption',
      drops: 'convex',
      belief: 'A rising transformation has the same steps, and the chain rule its multiplier: the root of |y|',
      witness: FAR,
      // for sqrt(f) the multiplier is c / (2 sqrt(f(u)))
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: [
          ...claim.assumptions.filter(({ id }) => id !== 'convex'),
          {
            id: 'positive',
            text: 'f = |y| on the line, and the ball misses 0',
            holds: (instance) => instance.function.kind === 'absolute' && isOutOfReach(instance),
          },
        ],
        families: [
          {
            id: 'radial',
            role: 'adversarial',
            arbitrary: fc.integer({ min: 2, max: 9 }).map((x) => ({ ...FAR, point: [x] })),
          },
        ],
        measure: (instance, observed) =>
          enclosed(observed, () => {
            const root = rootRange(reachedValue(observed));
            return addRanges(root, quotientRange(slopePart(instance, observed), scaleRange(TWO, root)));
          }),
        bound: (instance) => enclosureOf(rootRange(valueRangeAt(instance, elsewhere(instance)))),
      }),
    },
    {
      id: 'one-percent-steeper',
      mutation: 'sharpened-constant',
      belief: 'The multiplier can be one percent larger',
      witness: atTheStart(FAR),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance, observed) =>
          enclosed(observed, () =>
            addRanges(reachedValue(observed), scaleRange(Rational.of(101, 100), slopePart(instance, observed))),
          ),
      }),
    },
    {
      id: 'away-from-the-ball',
      mutation: 'broken-subject',
      belief: 'The subgradient points from x to u',
      witness: { ...FAR, at: [2] },
      mutate: (claim) =>
        tampered(claim, broxOperation, ({ point }: BroxInput, output: { readonly point: readonly Numeric[] }) => ({
          ...output,
          point: sumOf(multipleOf(TWO, vectorFrom(point)), multipleOf(ONE.negated(), vectorFrom(output.point))).map(
            String,
          ),
        })),
    },
  ],
});
