import fc, { type Arbitrary } from 'fast-check';
import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { rationalUnitVector } from '../../instances/broximal/rational-sphere.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { addRanges, multiplyRanges } from '../../kernels/exact/rational-interval.ts';
import {
  differenceOf,
  multipleOf,
  type RationalVector,
  squaredNorm,
  sumOf,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import {
  gapOf,
  isOutOfReach,
  moveOf,
  multiplierOf,
  type ObservedStep,
  observeStep,
  radiusOf,
  reachedValue,
  squaredRadiusOf,
  startOf,
  valueRangeAt,
} from './parts/observed-step.ts';
import { differenceRange, enclosed, enclosureOf, scaleRange, squaredNormRange, vectorNear } from './parts/ranges.ts';
import { CONVEX, HAS_MINIMISERS, POSITIVE_RADIUS } from './parts/step-assumptions.ts';
import { linearSteps, quadraticSteps, radialSteps, reachingSteps } from './parts/step-families.ts';

/**
 * A ball that holds minimisers of f yields one of them; any other ball yields a single point, and on its boundary.
 *
 * Why: a minimiser over the ball that lies inside is a minimiser of f. On the boundary c (x - u) is a subgradient with c > 0,
 * and <x - u, y - u> >= |y - u|²/2 for every y of the Euclidean ball, so f(y) >= f(u) + c |y - u|²/2: no second point is as
 * good. The claim checks that growth at a rival point, which says more than uniqueness.
 */

interface Instance extends BroxInput {
  /** Another point of the ball. */
  readonly rival: readonly Numeric[];
}

const { ZERO } = Rational;
const HALF = Rational.of(1, 2);

const rivalOf = ({ rival }: Instance): RationalVector => vectorFrom(rival);

const withRival = (steps: Arbitrary<BroxInput>): Arbitrary<Instance> =>
  steps.chain((step) =>
    fc
      .record({ direction: rationalUnitVector(step.point.length), part: fc.integer({ min: 0, max: 4 }) })
      .map(({ direction, part }) => ({
        ...step,
        rival: sumOf(startOf(step), multipleOf(radiusOf(step).times(Rational.of(part, 4)), direction)).map(String),
      })),
  );

const EDGE: Instance = {
  function: { kind: 'weighted-l1', weights: [1, 0] },
  point: [3, 0],
  radius: 1,
  rival: [2, 1],
};

const FLAT: Instance = { function: { kind: 'absolute' }, point: [5], radius: 1, rival: [5] };

export default defineClaim<Instance, ObservedStep>({
  id: 'brox-first-theorem',
  statement: String.raw`Let $f$ be proper, closed and convex with minimisers $X^*$, $x \in \operatorname{dom} f$ and $t > 0$. Then $\operatorname{brox}_t(x) \ne \emptyset$. If
$B(x, t) \cap X^* \ne \emptyset$ then $\operatorname{brox}_t(x) = B(x, t) \cap X^*$. Otherwise $\operatorname{brox}_t(x) = \{u\}$ with $\|u - x\| = t$, and
$f(y) \ge f(u) + \tfrac{c}{2}\|y - u\|^2$ for all $y \in B(x, t)$, where $c > 0$ and $c(x - u) \in \partial f(u)$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'the first brox theorem and results R1 and R2 of the slides; the growth is derived here',
    arxiv: '2502.02002',
    printed: 'corrected',
    erratum:
      'As we read the slide, it does not say t > 0, and in the first case it states only that brox is a part of the minimisers in the ball; it is all of them.',
  },
  assumptions: [
    CONVEX,
    POSITIVE_RADIUS,
    HAS_MINIMISERS,
    {
      id: 'rival-in-the-ball',
      text: 'the rival lies in the ball',
      holds: (instance) =>
        squaredNorm(differenceOf(rivalOf(instance), startOf(instance))).atMost(squaredRadiusOf(instance)),
    },
  ],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: withRival(quadraticSteps) },
    { id: 'kinks', role: 'generic', arbitrary: withRival(linearSteps) },
    { id: 'radial', role: 'generic', arbitrary: withRival(radialSteps) },
    {
      id: 'within-reach',
      role: 'degenerate',
      instances: reachingSteps.map((step) => ({ ...step, rival: step.point })),
    },
  ],
  operations: [broxOperation],
  observe: ({ function: f, point, radius }) => observeStep({ function: f, point, radius }),
  relation: 'equals',
  // |x - u|² where the ball misses the minimisers, f(u) - f* where it holds one
  measure: (instance, observed) =>
    enclosed(observed, () =>
      isOutOfReach(instance) ? squaredNormRange(moveOf(instance, observed)) : gapOf(instance, observed),
    ),
  bound: (instance) => exactly(isOutOfReach(instance) ? squaredRadiusOf(instance) : ZERO),
  proof: [
    {
      id: 'growth',
      text: String.raw`f(u) + \tfrac{c}{2}\|y - u\|^2 \le f(y)`,
      lhs: (instance, observed) =>
        enclosed(observed, () => {
          const apart = differenceRange(vectorNear(rivalOf(instance), 0), vectorNear(observed.point, observed.error));
          const growth = multiplyRanges(scaleRange(HALF, multiplierOf(observed)), squaredNormRange(apart));
          return addRanges(reachedValue(observed), growth);
        }),
      rhs: (instance) => enclosureOf(valueRangeAt(instance, rivalOf(instance))),
    },
    {
      id: 'in-the-ball',
      text: String.raw`\|x - u\|^2 \le t^2`,
      lhs: (instance, observed) => enclosed(observed, () => squaredNormRange(moveOf(instance, observed))),
      rhs: (instance) => exactly(squaredRadiusOf(instance)),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.9999, family: 'radial' },
  controls: [
    {
      id: 'capped',
      mutation: 'dropped-assumption',
      drops: 'convex',
      belief: 'Convexity is not needed for a step to the boundary: min(f, cap) is flat around x',
      witness: FLAT,
      // where f >= cap on the whole ball, x itself minimises min(f, cap) over it; the cap lies just below f(u)
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'convex'),
        *observe(instance) {
          const step = yield* claim.observe(instance);
          return isOutOfReach(instance) ? { ...step, point: startOf(instance), error: 0 } : step;
        },
      }),
    },
    {
      id: 'ball-with-edges',
      mutation: 'dropped-assumption',
      drops: 'rival-in-the-ball',
      belief: 'The minimiser is unique over the ball of any norm',
      witness: EDGE,
      mutate: (claim) => ({
        ...claim,
        families: [
          {
            id: 'radial',
            role: 'adversarial',
            arbitrary: fc
              .record({ x: fc.integer({ min: 2, max: 9 }), y: fc.integer({ min: -4, max: 4 }) })
              .map(({ x, y }) => ({ ...EDGE, point: [x, 0], rival: [x - 1, `${y}/4`] })),
          },
        ],
        // on |y_1| the Euclidean step from (x, 0) also minimises over the square around it
        assumptions: [
          ...claim.assumptions.filter(({ id }) => id !== 'rival-in-the-ball'),
          {
            id: 'rival-in-the-square',
            text: 'the rival lies in the ball of the maximum norm, f = |y_1|',
            holds: (instance) => {
              const offset = differenceOf(rivalOf(instance), startOf(instance));
              const f = instance.function;
              return (
                f.kind === 'weighted-l1' &&
                f.weights.length === 2 &&
                Rational.from(f.weights[1] ?? 1).sign() === 0 &&
                offset.every((x) => x.absolute().atMost(radiusOf(instance)))
              );
            },
          },
        ],
      }),
    },
    {
      id: 'twice-the-growth',
      mutation: 'sharpened-constant',
      belief: 'The growth has the factor c instead of c/2',
      witness: { ...FLAT, rival: [6] },
      mutate: (claim) => ({
        ...claim,
        relation: 'at-most',
        proof: [],
        families: [{ id: 'radial', role: 'extremal', arbitrary: withRival(radialSteps) }],
        measure: (instance, observed) =>
          enclosed(observed, () => {
            const apart = differenceRange(vectorNear(rivalOf(instance), 0), vectorNear(observed.point, observed.error));
            return addRanges(reachedValue(observed), multiplyRanges(multiplierOf(observed), squaredNormRange(apart)));
          }),
        bound: (instance) => enclosureOf(valueRangeAt(instance, rivalOf(instance))),
      }),
    },
    {
      id: 'half-way',
      mutation: 'broken-subject',
      belief: 'A point inside the ball is as good',
      witness: FLAT,
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          broxOperation,
          (input: BroxInput, output: { readonly point: readonly Numeric[] }) => ({
            ...output,
            point: sumOf(startOf(input), vectorFrom(output.point)).map((x) => x.times(HALF).toString()),
          }),
        ),
    },
  ],
});
