import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { differenceOf, type RationalVector, squaredNorm, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { broxOperation } from '../../operations/brox.ts';
import { proxOperation } from '../../operations/prox.ts';
import type { ConvexFunction } from '../../problems/functions/convex-function.ts';
import { productWithin, squaredNormWithin } from './parts/enclosures.ts';

/**
 * The ball oracle is not nonexpansive: no Lipschitz constant serves all convex functions, unlike for the proximal operator.
 *
 * For |y_1| + e |y_2| from far below, with |x_1| small, the first coordinate goes to 0 and what is left of the radius is spent
 * on the second: u_2 = x_2 + sqrt(t² - x_1²). The slope of that root is -1/e where the first coordinate only just gets to 0,
 * at x_1² (1 + e²) = t²; elsewhere the map is flatter. So the best constant is sqrt(1 + 1/e²), approached by pairs there.
 */

interface Instance {
  /** e of |y_1| + e |y_2|. */
  readonly weight: Numeric;
  readonly radius: Numeric;
  readonly first: readonly Numeric[];
  readonly second: readonly Numeric[];
}

interface Observed {
  readonly step: RationalVector;
  readonly proximal: RationalVector;
  /** What an entry of the differences may be off by. */
  readonly stepError: number;
  readonly proximalError: number;
}

const { ONE } = Rational;

const apart = ({ first, second }: Instance): RationalVector => differenceOf(vectorFrom(first), vectorFrom(second));

const lipschitz =
  (square: (weight: Rational) => Rational) =>
  (instance: Instance): Enclosure =>
    exactly(square(Rational.from(instance.weight)).times(squaredNorm(apart(instance))));

const inverseSquare = (weight: Rational): Rational => weight.power(-2);

const asked = (functionOf: (instance: Instance) => ConvexFunction<Numeric>): Claim<Instance, Observed>['observe'] =>
  function* (instance) {
    const f = functionOf(instance);
    const { first, second, radius } = instance;
    const u = yield* ask(broxOperation, { function: f, point: first, radius });
    const v = yield* ask(broxOperation, { function: f, point: second, radius });
    const p = yield* ask(proxOperation, { function: f, point: first, parameter: radius });
    const q = yield* ask(proxOperation, { function: f, point: second, parameter: radius });
    return {
      step: differenceOf(vectorFrom(u.output.point), vectorFrom(v.output.point)),
      proximal: differenceOf(vectorFrom(p.output.point), vectorFrom(q.output.point)),
      stepError: u.errorBound + v.errorBound,
      proximalError: p.errorBound + q.errorBound,
    };
  };

const weighted = ({ weight }: Instance): ConvexFunction<Numeric> => ({ kind: 'weighted-l1', weights: [1, weight] });

/** x_1 = t (1 - m²)/(1 + m²), so that sqrt(t² - x_1²) = 2 t m/(1 + m²). */
const legs = (m: Rational, t: Rational): readonly [Rational, Rational] => {
  const whole = ONE.plus(m.power(2));
  return [t.times(ONE.minus(m.power(2))).dividedBy(whole), t.times(m).times(Rational.of(2)).dividedBy(whole)];
};

/** A pair at the edge, apart along the gradient (1/e, -1) of the second coordinate. */
function edge(m: Rational, t: Rational, closeness: Rational): Instance {
  const [a, h] = legs(m, t);
  const weight = h.dividedBy(a);
  const [inner] = legs(m.times(ONE.plus(closeness)), t);
  const low = t.times(Rational.of(-40)).dividedBy(weight);
  return {
    weight: weight.toString(),
    radius: t.toString(),
    first: [a.toString(), low.toString()],
    second: [inner.toString(), low.plus(weight.times(a.minus(inner))).toString()],
  };
}

const edges: Arbitrary<Instance> = fc
  .record({
    m: fc.integer({ min: 2, max: 16 }),
    t: fc.integer({ min: 1, max: 12 }),
    closeness: fc.integer({ min: 4, max: 1000 }),
  })
  .map(({ m, t, closeness }) => edge(Rational.of(m, 40), Rational.of(t, 4), Rational.of(1, closeness)));

const plane = fc
  .tuple(fc.integer({ min: -16, max: 16 }), fc.integer({ min: -80, max: 80 }))
  .map(([x, y]) => [`${x}/8`, `${y}/8`] as const);

/** 1 + e² is a square, so that steps in both coordinates at once are rational. */
const anywhere: Arbitrary<Instance> = fc.record({
  weight: fc.constantFrom('3/4', '5/12', '8/15', '7/24', '9/40'),
  radius: fc.constantFrom('1', '1/2', '3/4', '2'),
  first: plane,
  second: plane,
});

/** A pair of which the images are more than six times as far apart. */
const SIXFOLD: Instance = {
  weight: 0.00194125,
  radius: 1,
  first: [0.98975036, -6.59223687],
  second: [0.99012691, -6.59250773],
};

/** A pair for (y_1² + e y_2²)/2, e = 1/128, found by random search: expansion by three. */
const SMOOTH: Instance = {
  weight: '1/128',
  radius: 1,
  first: [0.9814453125, -0.6982421875],
  second: [0.98236083984375, -0.6986083984375],
};

export default defineClaim<Instance, Observed>({
  id: 'brox-expansive',
  statement: String.raw`Let $0 < \varepsilon \le 1$, $t > 0$, $f(y) = |y_1| + \varepsilon|y_2|$ on $\mathbb{R}^2$. The least $L$ with
$\|\operatorname{brox}_t(x) - \operatorname{brox}_t(y)\| \le L\|x - y\|$ for all $x, y$ is $L = \sqrt{1 + \varepsilon^{-2}}$. So $\operatorname{brox}_t$ is not nonexpansive, and no constant serves all convex functions, while
$\|p - q\|^2 \le \langle p - q, x - y \rangle$ for $p = \operatorname{prox}_\gamma(x)$, $q = \operatorname{prox}_\gamma(y)$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'derived here',
    arxiv: '2502.02002',
    printed: 'not-printed',
  },
  assumptions: [
    {
      id: 'weight',
      text: '0 < e <= 1',
      holds: ({ weight }) => Rational.from(weight).sign() > 0 && Rational.from(weight).atMost(ONE),
    },
    { id: 'radius', text: 't > 0', holds: ({ radius }) => Rational.from(radius).sign() > 0 },
  ],
  families: [
    { id: 'anywhere', role: 'generic', arbitrary: anywhere },
    { id: 'edges', role: 'adversarial', arbitrary: edges },
    {
      id: 'close-pairs',
      role: 'extremal',
      instances: [10, 100, 1000, 10 ** 4].flatMap((n) =>
        ['1/20', '1/3', '2/5'].map((m) => edge(Rational.from(m), ONE, Rational.of(1, n))),
      ),
    },
  ],
  operations: [broxOperation, proxOperation],
  observe: asked(weighted),
  relation: 'at-most',
  measure: (_, { step, stepError }) => squaredNormWithin(step, stepError),
  bound: lipschitz((weight) => ONE.plus(inverseSquare(weight))),
  proof: [
    {
      id: 'prox-is-firmly-nonexpansive',
      text: String.raw`\|p - q\|^2 \le \langle p - q, x - y \rangle`,
      lhs: (_, { proximal, proximalError }) => squaredNormWithin(proximal, proximalError),
      rhs: (instance, { proximal, proximalError }) => productWithin(proximal, apart(instance), proximalError),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.99, family: 'close-pairs' },
  controls: [
    {
      id: 'nonexpansive',
      mutation: 'as-printed',
      belief: 'The ball oracle is nonexpansive, as the proximal operator is',
      witness: SIXFOLD,
      mutate: (claim) => ({ ...claim, proof: [], bound: lipschitz(() => ONE) }),
    },
    {
      id: 'six-times',
      mutation: 'sharpened-constant',
      belief: 'The ball oracle expands by no more than six',
      witness: SIXFOLD,
      mutate: (claim) => ({ ...claim, proof: [], bound: lipschitz(() => Rational.of(36)) }),
    },
    {
      id: 'slope-of-the-root',
      mutation: 'sharpened-constant',
      belief: 'The constant is 1/e, the slope of the root',
      witness: edge(Rational.of(2, 5), ONE, Rational.of(1, 1000)),
      mutate: (claim) => ({ ...claim, proof: [], bound: lipschitz(inverseSquare) }),
    },
    {
      id: 'smooth-functions',
      mutation: 'as-printed',
      belief: 'For smooth and strongly convex functions the ball oracle is nonexpansive',
      witness: SMOOTH,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'close-pairs', role: 'extremal', instances: [SMOOTH] }],
        observe: asked(({ weight }) => ({
          kind: 'quadratic',
          matrix: [
            [1, 0],
            [0, weight],
          ],
          vector: [0, 0],
        })),
        bound: lipschitz(() => ONE),
      }),
    },
  ],
});
