import fc, { type Arbitrary } from 'fast-check';
import { type Answer, ask, type Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { rationalUnitVector } from '../../instances/broximal/rational-sphere.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { addRanges, type RationalInterval } from '../../kernels/exact/rational-interval.ts';
import {
  differenceOf,
  dot,
  multipleOf,
  type RationalVector,
  squaredNorm,
  sumOf,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import { radiusOf, squaredRadiusOf, startOf, valueAt } from './parts/observed-step.ts';
import {
  dotRange,
  enclosed,
  enclosureOf,
  near,
  point,
  rootRange,
  scaleRange,
  subtractRanges,
  vectorNear,
} from './parts/ranges.ts';
import { CONVEX, POSITIVE_RADIUS } from './parts/step-assumptions.ts';
import { linearSteps, quadraticSteps } from './parts/step-families.ts';
import { subgradients } from './parts/subgradients.ts';

/**
 * How far a point of the ball is from the best in it, in value, by a residual that can be computed: with v a subgradient at
 * the candidate and r = v + c (candidate - x), at most 2 t |r| + c s (t - s), s the distance of the candidate from x.
 *
 * Why: f(y) - f(u) <= <v, y - u> = <r, y - u> - c <y - x, y - u>, with |y - u| <= 2t and -<y - x, y - u> <= t s - s². Both
 * terms are needed, and both are attained on the line: the first by the point of the ball opposite to u, the second at
 * r = 0 inside the ball.
 */

interface Instance extends BroxInput {
  readonly candidate: readonly Numeric[];
  readonly multiplier: Numeric;
}

interface Observed {
  readonly point: RationalVector;
  readonly value: Rational;
  readonly error: number;
}

const { ZERO, ONE } = Rational;
const TWO = Rational.of(2);

const candidateOf = ({ candidate }: Instance): RationalVector => vectorFrom(candidate);
const offsetOf = (instance: Instance): RationalVector => differenceOf(candidateOf(instance), startOf(instance));
const slopeOf = (instance: Instance): RationalVector =>
  subgradients(rationalFunction(instance.function), candidateOf(instance))[0] ?? [];

/** r. */
const residualOf = (instance: Instance, slope: RationalVector = slopeOf(instance)): RationalVector =>
  sumOf(slope, multipleOf(Rational.from(instance.multiplier), offsetOf(instance)));

/** factor t |r|. */
const residualPart = (instance: Instance, factor: Rational, slope?: RationalVector): RationalInterval =>
  scaleRange(factor.times(radiusOf(instance)), rootRange(point(squaredNorm(residualOf(instance, slope)))));

/** c s (t - s). */
function interiorPart(instance: Instance): RationalInterval {
  const squared = squaredNorm(offsetOf(instance));
  const distance = rootRange(point(squared));
  return scaleRange(
    Rational.from(instance.multiplier),
    subtractRanges(scaleRange(radiusOf(instance), distance), point(squared)),
  );
}

const certificate = (instance: Instance): Enclosure =>
  enclosureOf(addRanges(residualPart(instance, TWO), interiorPart(instance)));

const gap = (instance: Instance, observed: Observed): Enclosure =>
  enclosed(observed, () =>
    subtractRanges(point(valueAt(instance, candidateOf(instance))), near(observed.value, observed.error)),
  );

/** A candidate at a rational part of the radius from x, in a rational direction; the multiplier nearly fits or not at all. */
const withCandidate = (steps: Arbitrary<BroxInput>): Arbitrary<Instance> =>
  steps.chain((step) =>
    fc
      .record({
        direction: rationalUnitVector(step.point.length),
        part: fc.integer({ min: 0, max: 4 }),
        isFitted: fc.boolean(),
        free: smallFraction(4, 3),
      })
      .map(({ direction, part, isFitted, free }) => {
        const x = startOf(step);
        const offset = multipleOf(radiusOf(step).times(Rational.of(part, 4)), direction);
        const candidate = sumOf(x, offset).map(String);
        const bare = { ...step, candidate, multiplier: 0 };
        // the c >= 0 of least residual, -<v, offset> / |offset|²
        const square = squaredNorm(offset);
        const fitted =
          square.sign() === 0 ? ZERO : Rational.max(ZERO, dot(slopeOf(bare), offset).negated().dividedBy(square));
        return { ...bare, multiplier: (isFitted ? fitted : Rational.from(free).absolute()).toString() };
      }),
  );

/** |y| on the line: at r = 0 inside the ball, and at the far end of the ball. */
const onTheLine: Arbitrary<Instance> = fc
  .record({
    t: fc.integer({ min: 1, max: 12 }),
    beyond: fc.integer({ min: 1, max: 12 }),
    part: fc.integer({ min: 1, max: 4 }),
    isFar: fc.boolean(),
  })
  .map(({ t, beyond, part, isFar }) => {
    const x = t + beyond;
    const s = Rational.of(t * part, 4);
    const inside = { candidate: [Rational.of(x).minus(s).toString()], multiplier: ONE.dividedBy(s).toString() };
    const far = { candidate: [x + t], multiplier: 0 };
    return { function: { kind: 'absolute' as const }, point: [x], radius: t, ...(isFar ? far : inside) };
  });

const INSIDE: Instance = { function: { kind: 'absolute' }, point: [2], radius: 1, candidate: ['3/2'], multiplier: 2 };
const FAR: Instance = { function: { kind: 'absolute' }, point: [5], radius: 1, candidate: [6], multiplier: 0 };
const TOP: Instance = { function: { kind: 'huber', delta: 1 }, point: [0], radius: 1, candidate: [0], multiplier: 0 };

export default defineClaim<Instance, Observed>({
  id: 'brox-oracle-certificate',
  statement: String.raw`Let $f$ be proper, closed and convex, $t > 0$, $s = \|y - x\| \le t$, $v \in \partial f(y)$, $c \ge 0$ and $r = v + c(y - x)$. Then
$f(y) - \min_{B(x, t)} f \le 2t\|r\| + c\,s\,(t - s)$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'derived here',
    arxiv: '2502.02002',
    printed: 'not-printed',
  },
  assumptions: [
    CONVEX,
    POSITIVE_RADIUS,
    { id: 'multiplier', text: 'c >= 0', holds: ({ multiplier }) => Rational.from(multiplier).sign() >= 0 },
    {
      id: 'in-the-ball',
      text: 'the candidate lies in the ball',
      holds: (instance) => squaredNorm(offsetOf(instance)).atMost(squaredRadiusOf(instance)),
    },
  ],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: withCandidate(quadraticSteps) },
    { id: 'kinks', role: 'extremal', arbitrary: withCandidate(linearSteps) },
    { id: 'line', role: 'extremal', arbitrary: onTheLine },
    { id: 'edges', role: 'extremal', instances: [INSIDE, FAR, TOP] },
  ],
  operations: [broxOperation],
  *observe({ function: f, point: x, radius }): Generator<Call, Observed, Answer<unknown>> {
    const { output, errorBound } = yield* ask(broxOperation, { function: f, point: x, radius });
    return { point: vectorFrom(output.point), value: Rational.from(output.value), error: errorBound };
  },
  relation: 'at-most',
  measure: gap,
  bound: certificate,
  proof: [
    {
      id: 'subgradient',
      text: String.raw`f(y) - f(u) \le \langle v, y - u \rangle`,
      lhs: gap,
      rhs: (instance, observed) =>
        enclosed(observed, () => {
          const toCandidate = vectorNear(differenceOf(candidateOf(instance), observed.point), observed.error);
          return dotRange(vectorNear(slopeOf(instance), 0), toCandidate);
        }),
    },
    {
      id: 'inside',
      text: String.raw`-\langle y - x, y - u \rangle \le s(t - s)`,
      lhs: (instance, observed) =>
        enclosed(observed, () => {
          const fromCandidate = vectorNear(differenceOf(observed.point, candidateOf(instance)), observed.error);
          return dotRange(vectorNear(offsetOf(instance), 0), fromCandidate);
        }),
      rhs: (instance) => enclosureOf(interiorPart({ ...instance, multiplier: 1 })),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.9999, family: 'line' },
  controls: [
    {
      id: 'residual-alone',
      mutation: 'sharpened-constant',
      belief: 'A vanishing residual means that the candidate is optimal, also inside the ball',
      witness: INSIDE,
      mutate: (claim) => ({ ...claim, proof: [], bound: (instance) => enclosureOf(residualPart(instance, TWO)) }),
    },
    {
      id: 'radius-for-diameter',
      mutation: 'sharpened-constant',
      belief: 'The candidate is within t of the minimiser',
      witness: FAR,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => enclosureOf(addRanges(residualPart(instance, ONE), interiorPart(instance))),
      }),
    },
    {
      id: 'outside-the-ball',
      mutation: 'dropped-assumption',
      drops: 'in-the-ball',
      belief: 'The candidate may lie anywhere',
      witness: { ...FAR, candidate: [9] },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'in-the-ball'),
        families: [
          {
            id: 'line',
            role: 'generic',
            arbitrary: fc
              .record({ x: fc.integer({ min: 2, max: 9 }), y: fc.integer({ min: 1, max: 30 }) })
              .map(({ x, y }) => ({ ...FAR, point: [x], candidate: [y] })),
          },
        ],
      }),
    },
    {
      id: 'stationary-point',
      mutation: 'dropped-assumption',
      drops: 'convex',
      belief: 'The certificate needs no convexity, only a stationary point: the top of the hill -f',
      witness: TOP,
      // for -f in one dimension the least value in the ball is that of one of its ends
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: [
          ...claim.assumptions.filter(({ id }) => id !== 'convex'),
          { id: 'line', text: 'f is on the line', holds: ({ point: x }) => x.length === 1 },
        ],
        families: [
          {
            id: 'line',
            role: 'generic',
            arbitrary: fc
              .record({ x: fc.integer({ min: -2, max: 2 }), radius: fc.integer({ min: 1, max: 9 }) })
              .map(({ x, radius }) => ({ ...TOP, point: [x], candidate: [x], radius })),
          },
        ],
        measure: (instance) => {
          const ends = [radiusOf(instance), radiusOf(instance).negated()].map((t) =>
            valueAt(
              instance,
              startOf(instance).map((x) => x.plus(t)),
            ),
          );
          return exactly(Rational.max(ZERO, ...ends).minus(valueAt(instance, candidateOf(instance))));
        },
        bound: (instance) => {
          const descent = slopeOf(instance).map((v) => v.negated());
          return enclosureOf(addRanges(residualPart(instance, TWO, descent), interiorPart(instance)));
        },
      }),
    },
    {
      id: 'value-too-low',
      mutation: 'broken-subject',
      belief: 'An oracle that reports a lower value than the ball holds goes unnoticed',
      witness: INSIDE,
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          broxOperation,
          (_: BroxInput, output: { readonly value: number | string }) => ({
            ...output,
            value: Rational.from(output.value).minus(ONE).toString(),
          }),
        ),
    },
  ],
});
