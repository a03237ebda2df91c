import fc from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly, within } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { pythagoreanAr1 } from '../../instances/broximal/pythagorean-ar1.ts';
import { add, around, divide } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  differenceOf,
  dot,
  type RationalVector,
  squaredNorm,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import { minimumOf } from '../../problems/functions/minimum.ts';
import { ballHoldsMinimiser, nearestMinimiser } from '../../problems/functions/nearest-minimiser.ts';
import { autoregressiveSteps, linearSteps, quadraticSteps } from './parts/step-families.ts';

/**
 * A step of the broximal point method that does not reach the minimisers comes nearer to every one of them: the squared
 * distance falls by the squared radius, and by 2 (f(u) - f*)/c more.
 *
 * Why: u lies on the sphere, c (x - u) is a subgradient there, and ||x - y||² = t² + ||u - y||² + 2 <x - u, u - y>. The last
 * product is at least (f(u) - f(y))/c. The bare t² is never attained, since f(u) > f*; with the second term equality holds
 * wherever f is linear between u and the minimiser, for instance along the whole autoregressive worst case.
 */

type Instance = BroxInput;

interface Observed {
  readonly point: RationalVector;
  readonly value: Numeric;
  readonly multiplier: Numeric;
  readonly error: number;
}

const TWO = Rational.of(2);

const start = ({ point }: Instance): RationalVector => vectorFrom(point);
const squaredRadius = ({ radius }: Instance): Rational => Rational.from(radius).power(2);

/** The minimiser nearest to x, which the assumptions say exists. */
function target(instance: Instance): RationalVector {
  const nearest = nearestMinimiser(rationalFunction(instance.function), start(instance));
  if (nearest === undefined) throw new RangeError('brox-r3-distance: a function with minimisers, got none');
  return nearest;
}

function least(instance: Instance): Rational {
  const minimum = minimumOf(rationalFunction(instance.function));
  if (minimum === undefined) throw new RangeError('brox-r3-distance: a rational minimal value, got none');
  return minimum;
}

/** What ||v||² may be off by when each of the n entries is off by e: 2 e ||v||_1 + n e². */
const squareRadius = (v: RationalVector, error: number): number => {
  if (error === 0 || !Number.isFinite(error)) return error;
  const e = Rational.from(error);
  const sum = Rational.sum(v.map((x) => x.absolute()));
  return TWO.times(e)
    .times(sum)
    .plus(e.times(e).times(Rational.of(v.length)))
    .upperDouble();
};

/** d_{k+1}² + t². */
function plainLeft(instance: Instance, { point, error }: Observed): Enclosure {
  const toTarget = differenceOf(point, target(instance));
  return within(squaredNorm(toTarget).plus(squaredRadius(instance)), squareRadius(toTarget, error));
}

/** (f(u) - f*)/c. */
function gain(instance: Instance, { value, multiplier, error }: Observed): Enclosure {
  const [gap, c] = [Rational.from(value).minus(least(instance)), Rational.from(multiplier)];
  if (error === 0) return exactly(gap.dividedBy(c));
  const below = around(c, error);
  if (below.lo <= 0) return { lo: 0, hi: Number.POSITIVE_INFINITY };
  const { lo, hi } = divide(around(gap, error), below);
  return { lo: Math.max(lo, 0), hi: Math.max(hi, 0) };
}

/** d_{k+1}² + t² + 2 (f(u) - f*)/c. */
function strengthenedLeft(instance: Instance, observed: Observed): Enclosure {
  const { point, error } = observed;
  const extra = gain(instance, observed);
  if (error === 0) {
    const plain = squaredNorm(differenceOf(point, target(instance))).plus(squaredRadius(instance));
    return exactly(plain.plus(TWO.times(Rational.from(extra.at ?? extra.lo))));
  }
  const twice = { lo: 2 * extra.lo, hi: 2 * extra.hi };
  return enclosing(add(plainLeft(instance, observed), twice));
}

/** <x - u, u - y> for the target y. */
function product(instance: Instance, { point, error }: Observed): Enclosure {
  const [step, toTarget] = [differenceOf(start(instance), point), differenceOf(point, target(instance))];
  if (!Number.isFinite(error)) return within(0, error);
  const e = Rational.from(error);
  const sum = Rational.sum([...step, ...toTarget].map((x) => x.absolute()));
  return within(
    dot(step, toTarget),
    e
      .times(sum)
      .plus(e.times(e).times(Rational.of(step.length)))
      .upperDouble(),
  );
}

/** ||x - u||². */
function squaredStep(instance: Instance, { point, error }: Observed): Enclosure {
  const step = differenceOf(start(instance), point);
  return within(squaredNorm(step), squareRadius(step, error));
}

const awayFromMinimisers = (instance: Instance): boolean =>
  !ballHoldsMinimiser(rationalFunction(instance.function), start(instance), squaredRadius(instance));

const LINE: Instance = { function: { kind: 'absolute' }, point: ['1/2'], radius: 1 };

export default defineClaim<Instance, Observed>({
  id: 'brox-r3-distance',
  statement: String.raw`Let $f$ be proper, closed and convex with minimisers $X^*$ and minimal value $f^*$, $x \in \operatorname{dom} f$, $t > 0$,
$B(x, t) \cap X^* = \emptyset$, $u = \operatorname{brox}_t(x)$ and $c > 0$ with $c(x - u) \in \partial f(u)$. Then for every $x^* \in X^*$:
$\|u - x^*\|^2 \le \|x - x^*\|^2 - t^2 - 2(f(u) - f^*)/c$, hence $\|u - x^*\|^2 < \|x - x^*\|^2 - t^2$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'result R3 of the slides; the last term is derived here',
    arxiv: '2502.02002',
    printed: 'holds',
  },
  assumptions: [
    { id: 'radius', text: 't > 0', holds: ({ radius }) => Rational.from(radius).sign() > 0 },
    {
      id: 'minimisers',
      text: 'f has a minimiser, and its minimal value is rational',
      holds: ({ function: f, point }) => {
        const g = rationalFunction(f);
        return minimumOf(g) !== undefined && nearestMinimiser(g, vectorFrom(point)) !== undefined;
      },
    },
    { id: 'out-of-reach', text: 'no minimiser lies in the ball', holds: awayFromMinimisers },
  ],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: quadraticSteps },
    { id: 'linear-towards-the-minimiser', role: 'extremal', arbitrary: linearSteps },
    { id: 'autoregressive', role: 'extremal', instances: autoregressiveSteps },
  ],
  operations: [broxOperation],
  *observe(instance) {
    const { output, errorBound } = yield* ask(broxOperation, instance);
    return { point: vectorFrom(output.point), value: output.value, multiplier: output.multiplier, error: errorBound };
  },
  relation: 'at-most',
  measure: strengthenedLeft,
  bound: (instance) => exactly(squaredNorm(differenceOf(start(instance), target(instance)))),
  proof: [
    {
      id: 'on-the-sphere',
      text: String.raw`t^2 \le \|x - u\|^2`,
      lhs: (instance) => exactly(squaredRadius(instance)),
      rhs: squaredStep,
    },
    {
      id: 'in-the-ball',
      text: String.raw`\|x - u\|^2 \le t^2`,
      lhs: squaredStep,
      rhs: (instance) => exactly(squaredRadius(instance)),
    },
    {
      id: 'second-theorem',
      text: String.raw`(f(u) - f^*)/c \le \langle x - u, u - x^* \rangle`,
      lhs: gain,
      rhs: product,
    },
    {
      id: 'plain',
      text: String.raw`\|u - x^*\|^2 + t^2 \le \|x - x^*\|^2`,
      lhs: plainLeft,
      rhs: (instance) => exactly(squaredNorm(differenceOf(start(instance), target(instance)))),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.9999, family: 'autoregressive' },
  controls: [
    {
      id: 'ball-meets-the-minimisers',
      mutation: 'dropped-assumption',
      drops: 'out-of-reach',
      belief: 'The distance falls by the radius in the last step too',
      witness: LINE,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'out-of-reach'),
        families: [
          {
            id: 'autoregressive',
            role: 'generic',
            arbitrary: fc
              .record({ x: fc.integer({ min: 1, max: 20 }), t: fc.integer({ min: 1, max: 20 }) })
              .map(({ x, t }) => ({ function: { kind: 'absolute' as const }, point: [`${x}/4`], radius: `${t}/4` })),
          },
        ],
        measure: plainLeft,
      }),
    },
    {
      id: 'one-percent-more',
      mutation: 'sharpened-constant',
      belief: 'The squared distance falls by (1.01 t)²',
      witness: pythagoreanAr1(3, Rational.of(999, 1000)),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [
          {
            id: 'autoregressive',
            role: 'extremal',
            instances: [...autoregressiveSteps, pythagoreanAr1(3, Rational.of(999, 1000))],
          },
        ],
        measure: (instance, observed) => {
          const { lo, hi, at } = plainLeft(instance, observed);
          const extra = squaredRadius(instance).times(Rational.of(201, 10000));
          return at !== undefined || lo === hi
            ? exactly(Rational.from(at ?? lo).plus(extra))
            : enclosing(add({ lo, hi }, around(extra)));
        },
      }),
    },
    {
      id: 'twice-the-gain',
      mutation: 'sharpened-constant',
      belief: 'The subgradient inequality can be used twice: the gain is 4 (f(u) - f*)/c',
      witness: { function: { kind: 'absolute' }, point: ['5'], radius: 1 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance, observed) =>
          enclosing(add(strengthenedLeft(instance, observed), scaledByTwo(gain(instance, observed)))),
      }),
    },
    {
      id: 'wrong-side',
      mutation: 'broken-subject',
      belief: 'Any point of the sphere comes nearer',
      witness: { function: { kind: 'absolute' }, point: ['5'], radius: 1 },
      mutate: (claim) =>
        tampered(
          { ...claim, measure: plainLeft, proof: [] },
          broxOperation,
          (input: Instance, output: { readonly point: readonly Numeric[] }) => ({
            ...output,
            point: output.point.map((u, i) =>
              Rational.from(input.point[i] ?? 0)
                .times(TWO)
                .minus(Rational.from(u))
                .toString(),
            ),
          }),
        ),
    },
  ],
});

const scaledByTwo = ({ lo, hi }: Enclosure): { readonly lo: number; readonly hi: number } => ({
  lo: 2 * lo,
  hi: 2 * hi,
});
