import fc, { type Arbitrary } from 'fast-check';
import { ask, observeNothing } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { type KnownStep, knownStep } from '../../instances/broximal/known-step.ts';
import { add, around, divide, multiply, squareRoot, subtract } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  combined,
  differenceOf,
  dot,
  type RationalVector,
  squaredNorm,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { broxOperation } from '../../operations/brox.ts';
import { type ConvexFunction, convertFunction, rationalFunction } from '../../problems/functions/convex-function.ts';
import { nearestMinimiser } from '../../problems/functions/nearest-minimiser.ts';
import { squaredNormWithin, valueWithin } from './parts/enclosures.ts';
import { isKnownStep, stepOf } from './parts/known.ts';

/**
 * The ball oracle sees only the order of the values: f and phi(f) have the same minimisers over a ball for increasing phi.
 *
 * So what R1 to R4 say of distances holds for every increasing function of a convex one, convex or not. What R5, R6, R7 and the
 * second theorem say of values and slopes does not: the square root of |y| breaks each of them at x = 4, t = 1. The
 * invariance is checked where the oracle knows both functions: max-affine f under a kinked phi, and |Ay - b| against its
 * square.
 */

/** phi(s) = s up to the level, slope (s - level) + level beyond; or f = |Ay - b|²/2 - |b|²/2 and phi(s) = sqrt(2s + |b|²). */
type Outer =
  | { readonly kind: 'kink'; readonly slope: Numeric; readonly level: Numeric }
  | { readonly kind: 'square-root' };

interface Instance extends KnownStep {
  readonly outer: Outer;
}

interface Observed {
  readonly point: RationalVector;
  readonly error: number;
}

const { ONE } = Rational;
const start = ({ point }: Instance): RationalVector => vectorFrom(point);
const minimiser = (instance: Instance): RationalVector => vectorFrom(instance.minimiser);

/** The f that is composed: what the instance holds, or half the square of its residual norm. */
function innerOf({ function: f, outer }: Instance): ConvexFunction<Rational> {
  const g = rationalFunction(f);
  if (outer.kind === 'kink' || g.kind !== 'residual-norm') return g;
  const columns = (g.matrix[0] ?? []).map((_, j) => g.matrix.map((row) => row[j] ?? Rational.ZERO));
  return {
    kind: 'quadratic',
    matrix: columns.map((p) => columns.map((q) => dot(p, q))),
    vector: combined(g.matrix, g.vector, columns.length),
  };
}

/** phi(f). */
function composedOf({ function: f, outer }: Instance): ConvexFunction<Numeric> {
  if (outer.kind === 'square-root' || f.kind !== 'max-affine') return f;
  const g = rationalFunction(f);
  if (g.kind !== 'max-affine') return f;
  const [p, level] = [Rational.from(outer.slope), Rational.from(outer.level)];
  const composed: ConvexFunction<Rational> = {
    kind: 'max-affine',
    slopes: [...g.slopes, ...g.slopes.map((a) => a.map((x) => p.times(x)))],
    offsets: [...g.offsets, ...g.offsets.map((b) => p.times(b.minus(level)).plus(level))],
  };
  return convertFunction(composed, String);
}

const kinked: Arbitrary<Instance> = fc
  .integer({ min: 1, max: 3 })
  .chain((dimension) =>
    fc.record({
      step: knownStep('max-affine', dimension),
      slope: fc.integer({ min: 5, max: 40 }).map((p) => `${p}/4`),
      level: fc.integer({ min: -20, max: 20 }).map((p) => `${p}/4`),
    }),
  )
  .map(({ step, slope, level }) => ({ ...step, outer: { kind: 'kink' as const, slope, level } }));

const rooted: Arbitrary<Instance> = fc
  .integer({ min: 1, max: 3 })
  .chain((dimension) => knownStep('residual-norm', dimension))
  .map((step) => ({ ...step, outer: { kind: 'square-root' as const } }));

/** |y| from x = 4, t = 1: u = 3. */
const FOUR: Instance = {
  function: { kind: 'max-affine', slopes: [[1], [-1]], offsets: [0, 0] },
  point: ['4'],
  radius: '1',
  minimiser: ['3'],
  multiplier: '1',
  outer: { kind: 'kink', slope: 2, level: 0 },
};

/** sqrt f at the two ends of the step, for f >= 0 with the minimum 0. */
const rootAt = (instance: Instance, y: RationalVector): Enclosure =>
  enclosing(squareRoot(valueWithin(innerOf(instance), y, 0)));

/** What a theorem says of g = sqrt f, a false belief; the bound is made from the known step. */
const ofTheRoot = (
  claim: Claim<Instance, Observed>,
  measure: (instance: Instance, u: RationalVector) => Enclosure,
  bound: (instance: Instance) => Enclosure,
): Claim<Instance, Observed> => ({
  ...claim,
  proof: [],
  relation: 'at-most',
  families: [{ id: 'kinks', role: 'extremal', instances: [FOUR] }],
  measure: (instance, { point }) => measure(instance, point),
  bound,
});

/** |(sqrt f)'| = |f'| / (2 sqrt f) on the line, |f'| = c t. */
const rootSlope = (instance: Instance, y: RationalVector): Enclosure => {
  const slope = Rational.from(instance.multiplier).times(Rational.from(instance.radius));
  return enclosing(divide(around(slope.dividedBy(Rational.of(2))), rootAt(instance, y)));
};

const distance = (y: RationalVector): Enclosure => enclosing(squareRoot(around(squaredNorm(y))));

export default defineClaim<Instance, Observed>({
  id: 'brox-monotone-invariance',
  statement: String.raw`Let $f : \mathbb{R}^d \to \mathbb{R} \cup \{\infty\}$, $t > 0$, $\varphi$ strictly increasing on the range of $f$ (and $\varphi(\infty) = \infty$). Then
$\operatorname{brox}_t^{\varphi \circ f}(x) = \operatorname{brox}_t^f(x)$ for every $x$. Hence for closed convex $f$ the statements R1 to R4 hold for $\varphi \circ f$, in particular
$\|u - x^*\|^2 \le \|x - x^*\|^2 - t^2$ for $u = \operatorname{brox}_t^{\varphi \circ f}(x) \notin X^*$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'derived here',
    arxiv: '2502.02002',
    printed: 'not-printed',
  },
  assumptions: [
    { id: 'known', text: 'u is the ball minimiser of f and no minimiser of f', holds: isKnownStep },
    {
      id: 'increasing',
      text: 'phi is strictly increasing and convex, so that the oracle knows phi(f)',
      holds: ({ outer, function: f }) =>
        outer.kind === 'kink'
          ? f.kind === 'max-affine' && ONE.atMost(Rational.from(outer.slope))
          : f.kind === 'residual-norm',
    },
  ],
  families: [
    { id: 'kinks', role: 'extremal', arbitrary: kinked },
    { id: 'square-roots', role: 'extremal', arbitrary: rooted },
    { id: 'line', role: 'degenerate', instances: [FOUR, { ...FOUR, outer: { kind: 'kink', slope: 2, level: 3 } }] },
  ],
  operations: [broxOperation],
  *observe(instance) {
    const { point, radius } = instance;
    const { output, errorBound } = yield* ask(broxOperation, { function: composedOf(instance), point, radius });
    return { point: vectorFrom(output.point), error: errorBound };
  },
  relation: 'equals',
  measure: (instance, { point, error }) => valueWithin(innerOf(instance), point, error),
  bound: (instance) => valueWithin(innerOf(instance), minimiser(instance), 0),
  proof: [
    {
      id: 'same-point',
      text: String.raw`\|\operatorname{brox}^{\varphi \circ f}_t(x) - \operatorname{brox}^f_t(x)\|^2 \le 0`,
      lhs: (instance, { point, error }) => squaredNormWithin(differenceOf(point, minimiser(instance)), error),
      rhs: () => exactly(0),
    },
    {
      id: 'distance-falls',
      text: String.raw`\|u - x^*\|^2 + t^2 \le \|x - x^*\|^2`,
      lhs: (instance, { point, error }) => {
        const nearest = nearestMinimiser(innerOf(instance), start(instance)) ?? point;
        const square = squaredNormWithin(differenceOf(point, nearest), error);
        const step = squaredNorm(stepOf(instance));
        if (error === 0) return exactly(squaredNorm(differenceOf(point, nearest)).plus(step));
        return enclosing(add(square, around(step)));
      },
      rhs: (instance) => {
        const nearest = nearestMinimiser(innerOf(instance), start(instance)) ?? start(instance);
        return exactly(squaredNorm(differenceOf(start(instance), nearest)));
      },
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1 - 2 ** -40, family: 'line' },
  controls: [
    {
      id: 'linear-decrease-of-the-root',
      mutation: 'dropped-assumption',
      belief: 'The linear decrease R5 survives as well: it holds for the square root of |y|',
      witness: FOUR,
      mutate: (claim) =>
        // (1 - t/d) sqrt f(x)
        ofTheRoot(claim, rootAt, (instance) => {
          const share = divide(around(instance.radius), distance(start(instance)));
          return enclosing(multiply(subtract({ lo: 1, hi: 1 }, share), rootAt(instance, start(instance))));
        }),
    },
    {
      id: 'descent-of-the-root',
      mutation: 'dropped-assumption',
      belief: 'R7 survives: the square root of |y| falls by t times its slope at u',
      witness: FOUR,
      mutate: (claim) =>
        ofTheRoot(claim, rootAt, (instance) => {
          const fall = multiply(around(instance.radius), rootSlope(instance, minimiser(instance)));
          return enclosing(subtract(rootAt(instance, start(instance)), fall));
        }),
    },
    {
      id: 'slopes-of-the-root',
      mutation: 'dropped-assumption',
      belief: 'R6 survives: the slope of the square root of |y| falls',
      witness: FOUR,
      mutate: (claim) => ofTheRoot(claim, rootSlope, (instance) => rootSlope(instance, start(instance))),
    },
    {
      id: 'second-theorem-of-the-root',
      mutation: 'dropped-assumption',
      belief: 'The second theorem survives: the square root of |y| has a supporting line at u',
      witness: FOUR,
      mutate: (claim) =>
        // a line through u that stays below at 0 has a slope >= sqrt(u)/u; one that stays below at 100 x has at most the other
        ofTheRoot(
          claim,
          (instance, u) => enclosing(divide(rootAt(instance, u), distance(u))),
          (instance) => {
            const far = start(instance).map((x) => x.times(Rational.of(100)));
            const u = minimiser(instance);
            const rise = subtract(rootAt(instance, far), rootAt(instance, u));
            return enclosing(divide(rise, distance(differenceOf(far, u))));
          },
        ),
    },
    {
      id: 'decreasing',
      mutation: 'broken-subject',
      belief: 'Any one-to-one phi will do',
      witness: FOUR,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'line', role: 'extremal', instances: [FOUR] }],
        // -|y| is smallest at the far end of the ball
        observe: (instance) =>
          observeNothing({ point: differenceOf(start(instance), negated(stepOf(instance))), error: 0 }),
      }),
    },
  ],
});

const negated = (v: RationalVector): RationalVector => v.map((x) => x.negated());
