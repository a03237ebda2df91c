import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly, within } from '../../claim/enclosure.ts';
import { type KnownStep, knownStep } from '../../instances/broximal/known-step.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { square } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  differenceOf,
  dot,
  type RationalVector,
  squaredNorm,
  sumOf,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { broxOperation } from '../../operations/brox.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import { exactValue } from '../../problems/functions/exact-value.ts';
import { productWithin, squaredNormWithin } from './parts/enclosures.ts';
import { isKnownStep, subgradientOf } from './parts/known.ts';

/**
 * The ball method is normalised gradient descent on the ball envelope N_t, for every convex f: smoothness plays no part.
 *
 * N_t is the infimal convolution of f with the indicator of the ball, so its subgradients at x are those of f at u that are
 * normal to the ball at x - u: the multiples c (x - u), and c > 0 where u is no minimiser. All of them point along x - u, of
 * length t. What is checked: that c (x - u) supports N_t at a second point, and that no tilted or longer vector does.
 */

/** A step with known u and c, and a second point y. */
interface Instance extends KnownStep {
  readonly other: readonly Numeric[];
}

interface Observed {
  readonly point: RationalVector;
  readonly pointError: number;
  readonly otherValue: Rational;
  readonly otherError: number;
}

const { ZERO, ONE } = Rational;
const functionOf = ({ function: f }: Instance) => rationalFunction(f);
const start = ({ point }: Instance): RationalVector => vectorFrom(point);
const radius = ({ radius: t }: Instance): Rational => Rational.from(t);
const shift = (instance: Instance): RationalVector => differenceOf(vectorFrom(instance.other), start(instance));

/** N_t(x) = f(u) for the known u. */
function envelopeAtStart(instance: Instance): Rational {
  const value = exactValue(functionOf(instance), vectorFrom(instance.minimiser));
  if (value === undefined) throw new RangeError('brox-envelope-normalised-gd: a function with rational values');
  return value;
}

/** N_t(x) + <g, y - x>. */
const support =
  (vectorOf: (instance: Instance) => RationalVector) =>
  (instance: Instance): Enclosure =>
    exactly(envelopeAtStart(instance).plus(dot(vectorOf(instance), shift(instance))));

/** grad f at y, where f has one that is Lipschitz, and an upper bound of its growth with an entry. */
function gradientAt(
  instance: Instance,
  y: RationalVector,
): { readonly g: RationalVector; readonly growth: Rational } | undefined {
  const f = functionOf(instance);
  if (f.kind === 'quadratic') {
    const rows = f.matrix.map((row) => Rational.sum(row.map((a) => a.absolute())));
    return { g: differenceOf(applied(f.matrix, y), f.vector), growth: Rational.max(ZERO, ...rows) };
  }
  if (f.kind !== 'huber') return undefined;
  return { g: y.map((v) => Rational.min(f.delta, Rational.max(f.delta.negated(), v))), growth: ONE };
}

/** What the entries of the gradient and of x - u may be off by. */
const gradientError = (growth: Rational, error: number): number =>
  error === 0 || !Number.isFinite(error) ? error : Rational.max(ONE, growth).times(Rational.from(error)).upperDouble();

const kinds = fc.constantFrom(
  'quadratic' as const,
  'max-affine' as const,
  'weighted-l1' as const,
  'max-norm' as const,
  'huber' as const,
);

const shifted = (dimension: number, step: Arbitrary<KnownStep>): Arbitrary<Instance> =>
  fc
    .record({ step, by: fc.array(smallFraction(6, 3), { minLength: dimension, maxLength: dimension }) })
    .map(({ step: known, by }) => ({
      ...known,
      other: sumOf(vectorFrom(known.point), vectorFrom(by)).map(String),
    }));

const anywhere = fc
  .record({ kind: kinds, dimension: fc.integer({ min: 1, max: 3 }) })
  .chain(({ kind, dimension }) => shifted(dimension, knownStep(kind, dimension)));

const onTheLine = shifted(1, knownStep('absolute', 1));

const line = (x: Numeric, other: Numeric): Instance => ({
  function: { kind: 'absolute' },
  point: [`${x}`],
  radius: '1',
  minimiser: [Rational.from(x).minus(ONE).toString()],
  multiplier: '1',
  other: [other],
});

/** |y_1| in the plane, and a second point beside the first. */
const BESIDE: Instance = {
  function: { kind: 'weighted-l1', weights: [1, 0] },
  point: ['3', '0'],
  radius: '1',
  minimiser: ['2', '0'],
  multiplier: '1',
  other: [3, 1],
};

const ELLIPSE: Instance = {
  function: {
    kind: 'quadratic',
    matrix: [
      [1, 0],
      [0, 100],
    ],
    vector: [0, 0],
  },
  point: ['1', '1'],
  radius: '1/2',
  minimiser: ['1', '1/2'],
  multiplier: '1',
  other: [1, 1],
};

export default defineClaim<Instance, Observed>({
  id: 'brox-envelope-normalised-gd',
  statement: String.raw`Let $f$ be closed and convex, $t > 0$, $N_t(x) = \min_{B(x,t)} f$, $u = \operatorname{brox}_t(x)$, $B(x,t)$ without minimisers of $f$. Then
$\partial N_t(x) = \{c(x - u) : c(x - u) \in \partial f(u)\}$, every such $c$ is positive, and $u = x - t\,v/\|v\|$ for every $v \in \partial N_t(x)$. If $f$ is
differentiable at $u$ then $\nabla N_t(x) = \nabla f(u)$. In particular $N_t(y) \ge N_t(x) + c\langle x - u, y - x\rangle$ for all $y$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'slide on normalised gradient descent on the ball envelope',
    arxiv: '2502.02002',
    printed: 'corrected',
    erratum:
      'as we read it the slide assumes f to be L-smooth, which is superfluous: any subgradient of the envelope will do',
  },
  assumptions: [
    { id: 'known', text: 'u is the ball minimiser, c admissible, and u no minimiser of f', holds: isKnownStep },
  ],
  families: [
    { id: 'anywhere', role: 'extremal', arbitrary: anywhere },
    { id: 'line', role: 'extremal', arbitrary: onTheLine },
    { id: 'written-out', role: 'extremal', instances: [line(5, '7'), line(5, '0'), BESIDE] },
  ],
  operations: [broxOperation],
  *observe(instance) {
    const { function: f, radius: t } = instance;
    const here = yield* ask(broxOperation, { function: f, point: instance.point, radius: t });
    const there = yield* ask(broxOperation, { function: f, point: instance.other, radius: t });
    return {
      point: vectorFrom(here.output.point),
      pointError: here.errorBound,
      otherValue: Rational.from(there.output.value),
      otherError: there.errorBound,
    };
  },
  relation: 'at-least',
  measure: (_, { otherValue, otherError }) => within(otherValue, otherError),
  bound: support(subgradientOf),
  proof: [
    {
      id: 'step-along-the-subgradient',
      text: String.raw`\|u - (x - t g/\|g\|)\|^2 \le 0 \text{ for } g = c(x - u)`,
      lhs: (instance, { point, pointError }) => {
        const g = subgradientOf(instance);
        // |g| = c t
        const share = radius(instance).dividedBy(Rational.from(instance.multiplier).times(radius(instance)));
        const formula = differenceOf(
          start(instance),
          g.map((x) => share.times(x)),
        );
        return squaredNormWithin(differenceOf(point, formula), pointError);
      },
      rhs: () => exactly(0),
    },
    {
      id: 'gradient-at-the-next-point',
      text: String.raw`t^2 \|\nabla f(u)\|^2 \le \langle \nabla f(u), x - u \rangle^2 \text{ where f is smooth: they are parallel}`,
      lhs: (instance, { point, pointError }) => {
        const at = gradientAt(instance, point);
        if (at === undefined) return exactly(0);
        const t2 = radius(instance).power(2);
        if (pointError === 0) return exactly(t2.times(squaredNorm(at.g)));
        const { lo, hi } = squaredNormWithin(at.g, gradientError(at.growth, pointError));
        if (!Number.isFinite(hi)) return { lo: 0, hi };
        return { lo: t2.times(Rational.from(lo)).lowerDouble(), hi: t2.times(Rational.from(hi)).upperDouble() };
      },
      rhs: (instance, { point, pointError }) => {
        const at = gradientAt(instance, point);
        if (at === undefined) return exactly(0);
        const step = differenceOf(start(instance), point);
        if (pointError === 0) return exactly(dot(at.g, step).power(2));
        return enclosing(square(productWithin(at.g, step, gradientError(at.growth, pointError))));
      },
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: {
    supremum: 1,
    floor: 1 - 2 ** -30,
    family: 'line',
    // 1 - (N_t(y) - N_t(x) - <g, y - x>) / (t |g|): 1 where the support is touched
    ratio: (instance, { otherValue, otherError }) => {
      const scale = Rational.from(instance.multiplier).times(radius(instance).power(2));
      const touched = envelopeAtStart(instance).plus(dot(subgradientOf(instance), shift(instance)));
      const ratio = ONE.minus(otherValue.minus(touched).dividedBy(scale));
      if (otherError === 0 || !Number.isFinite(otherError)) return within(ratio, otherError);
      return within(ratio, Rational.from(otherError).dividedBy(scale).upperDouble());
    },
  },
  controls: [
    {
      id: 'minimiser-in-reach',
      mutation: 'dropped-assumption',
      drops: 'known',
      belief: 'The formula holds in the last step too: x - u is a subgradient of the envelope',
      witness: { ...line('1/2', '1'), minimiser: ['0'] },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: [],
        families: [
          {
            id: 'line',
            role: 'generic',
            arbitrary: fc
              .record({ x: fc.integer({ min: 1, max: 4 }), y: fc.integer({ min: -12, max: 12 }) })
              .map(({ x, y }) => ({ ...line(`${x}/4`, `${y}/4`), minimiser: ['0'] })),
          },
        ],
      }),
    },
    {
      id: 'gradient-at-the-start',
      mutation: 'broken-subject',
      belief: 'The step is normalised gradient descent on f itself',
      witness: ELLIPSE,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: [],
        // <x - u, grad f(x)>² >= t² |grad f(x)|², with equality exactly for u = x - t grad f(x)/|grad f(x)|
        families: [{ id: 'line', role: 'extremal', instances: [ELLIPSE] }],
        measure: (instance, { point, pointError }) => {
          const g = gradientAt(instance, start(instance))?.g ?? [];
          return enclosing(square(productWithin(g, differenceOf(start(instance), point), pointError)));
        },
        bound: (instance) => {
          const g = gradientAt(instance, start(instance))?.g ?? [];
          return exactly(radius(instance).power(2).times(squaredNorm(g)));
        },
      }),
    },
    {
      id: 'longer',
      mutation: 'sharpened-constant',
      belief: 'Twice the subgradient supports the envelope as well',
      witness: line(5, '7'),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: support((instance) => subgradientOf(instance).map((x) => x.plus(x))),
      }),
    },
    {
      id: 'tilted',
      mutation: 'sharpened-constant',
      belief: 'The envelope has subgradients that do not point along the step',
      witness: BESIDE,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: support((instance) =>
          // plus g turned by a right angle in the plane of the first and the last coordinate
          {
            const g = subgradientOf(instance);
            const [first = ZERO, last = ZERO] = [g[0], g.at(-1)];
            return g.length < 2
              ? g
              : g.map((x, i) => (i === 0 ? x.minus(last) : i === g.length - 1 ? x.plus(first) : x));
          },
        ),
      }),
    },
  ],
});
