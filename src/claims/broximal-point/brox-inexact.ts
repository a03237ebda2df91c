import fc, { type Arbitrary } from 'fast-check';
import { ask, observeNothing } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { type KnownStep, knownStep } from '../../instances/broximal/known-step.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { add, around, divide, multiply, squareRoot, subtract } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  differenceOf,
  multipleOf,
  type RationalVector,
  squaredNorm,
  sumOf,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { exactBrox } from '../../methods/brox/exact-brox.ts';
import { exactProx } from '../../methods/brox/exact-prox.ts';
import { broxOperation } from '../../operations/brox.ts';
import { rationalFunction } from '../../problems/functions/convex-function.ts';
import { exactValue } from '../../problems/functions/exact-value.ts';
import { minimumOf } from '../../problems/functions/minimum.ts';
import { nearestMinimiser } from '../../problems/functions/nearest-minimiser.ts';
import { rootOf, squaredNormWithin, valueWithin } from './parts/enclosures.ts';
import { isKnownStep, stepOf } from './parts/known.ts';

/**
 * What is left of a step when the ball oracle errs: in value by delta, in the point by delta, or relatively, with an
 * extragradient correction.
 *
 * A value error adds delta to the linear decrease, and no more can be said: on (delta/t)|y| the oracle may return its start
 * for ever, so finite termination is lost for every delta > 0. The oracle that is tried here stops short on the segment from
 * u back to x; by convexity its value error is at most that share of f(x) - f(u).
 */

/** A step with known u, an oracle that answers u + stay (x - u), and a perturbed start y = x + noise for part (c). */
interface Instance extends KnownStep {
  readonly stay: Numeric;
  readonly noise: readonly Numeric[];
}

interface Observed {
  readonly point: RationalVector;
  readonly error: number;
}

const { ZERO, ONE } = Rational;

const functionOf = ({ function: f }: Instance) => rationalFunction(f);
const start = ({ point }: Instance): RationalVector => vectorFrom(point);
const stayOf = ({ stay }: Instance): Rational => Rational.from(stay);
const radius = ({ radius: t }: Instance): Rational => Rational.from(t);

function valueAt(instance: Instance, y: RationalVector): Rational {
  const value = exactValue(functionOf(instance), y);
  if (value === undefined) throw new RangeError('brox-inexact: a function with rational values');
  return value;
}

const least = (instance: Instance): Rational => minimumOf(functionOf(instance)) ?? ZERO;

function target(instance: Instance): RationalVector {
  const nearest = nearestMinimiser(functionOf(instance), start(instance));
  if (nearest === undefined) throw new RangeError('brox-inexact: a function with minimisers, got none');
  return nearest;
}

const squaredDistance = (instance: Instance): Rational => squaredNorm(differenceOf(start(instance), target(instance)));

/** u + stay (x - u) for the known u, and its value error delta. */
function valueError(instance: Instance): Rational {
  const u = vectorFrom(instance.minimiser);
  const stopped = sumOf(u, multipleOf(stayOf(instance), stepOf(instance)));
  return valueAt(instance, stopped).minus(valueAt(instance, u));
}

/** (1 - t/d)_+ Delta + share delta. */
const decrease =
  (share: Rational) =>
  (instance: Instance): Enclosure => {
    const gap = valueAt(instance, start(instance)).minus(least(instance));
    const delta = share.times(valueError(instance));
    const d = squaredDistance(instance).squareRoot();
    if (d !== undefined) {
      const factor = Rational.max(ZERO, ONE.minus(radius(instance).dividedBy(d)));
      return exactly(factor.times(gap).plus(delta));
    }
    const root = squareRoot(around(squaredDistance(instance)));
    const factor = subtract({ lo: 1, hi: 1 }, divide(around(radius(instance)), root));
    return enclosing(add(multiply({ lo: Math.max(0, factor.lo), hi: factor.hi }, around(gap)), around(delta)));
  };

/** Part (c) with x~ = u, lambda = c, g = c (x - u), y = x + noise: then v = y - g/lambda = u + noise, and the residual is -noise. */
function extragradient(instance: Instance): { readonly left: Rational; readonly right: Rational } {
  const [u, r, xStar] = [vectorFrom(instance.minimiser), vectorFrom(instance.noise), target(instance)];
  const y = sumOf(start(instance), r);
  const gain = valueAt(instance, u)
    .minus(least(instance))
    .times(Rational.of(2))
    .dividedBy(Rational.from(instance.multiplier));
  // (1 - sigma²) ||x~ - y||² with the smallest sigma, ||r|| / ||x~ - y||
  const kept = squaredNorm(differenceOf(u, y)).minus(squaredNorm(r));
  return {
    left: squaredNorm(differenceOf(sumOf(u, r), xStar))
      .plus(kept)
      .plus(gain),
    right: squaredNorm(differenceOf(y, xStar)),
  };
}

const kinds = fc.constantFrom('max-affine' as const, 'weighted-l1' as const, 'max-norm' as const, 'huber' as const);
const share = fc.integer({ min: 0, max: 16 }).map((p) => `${p}/16`);

const stopped: Arbitrary<Instance> = fc
  .record({ kind: kinds, dimension: fc.integer({ min: 1, max: 3 }) })
  .chain(({ kind, dimension }) =>
    fc.record({
      step: knownStep(kind, dimension),
      stay: share,
      noise: fc.array(smallFraction(2, 3), { minLength: dimension, maxLength: dimension }),
    }),
  )
  .map(({ step, ...rest }) => ({ ...step, ...rest }));

/** (delta/t)|y| from R: the oracle may stay where it is. */
const staying = (R: number, delta: Numeric, stay: Numeric = 1): Instance => ({
  function: { kind: 'weighted-l1', weights: [delta] },
  point: [`${R}`],
  radius: '1',
  minimiser: [`${R - 1}`],
  multiplier: Rational.from(delta).toString(),
  stay,
  noise: ['1/2'],
});

const HALVING: Instance = {
  function: { kind: 'quadratic', matrix: [[1]], vector: [0] },
  point: ['1'],
  radius: '1',
  minimiser: ['0'],
  multiplier: '1',
  stay: 0,
  noise: [0],
};

/** The claim that a sequence made from the instance ends at the minimiser 0 after ceil(R²/t²) steps. */
const ending = (
  claim: Claim<Instance, Observed>,
  next: (instance: Instance, x: RationalVector) => RationalVector,
  family: Claim<Instance, Observed>['families'],
): Claim<Instance, Observed> => ({
  ...claim,
  proof: [],
  operations: [],
  assumptions: [],
  families: family,
  observe: (instance) => {
    const count = Number(squaredDistance(instance).dividedBy(radius(instance).power(2)).ceiling());
    let x = start(instance);
    for (let k = 0; k < count; k += 1) x = next(instance, x);
    return observeNothing({ point: x, error: 0 });
  },
  measure: (_, { point }) => exactly(squaredNorm(point)),
  bound: () => exactly(0),
});

export default defineClaim<Instance, Observed>({
  id: 'brox-inexact',
  statement: String.raw`Let $f$ be closed and convex with minimisers, $x^*$ the one nearest to $x$, $d = \|x - x^*\|$, $\Delta = f - f^*$, $t > 0$,
$B(x,t) \cap X^* = \emptyset$, $u = \operatorname{brox}_t(x)$. (a) $z \in B(x,t)$ with $f(z) \le f(u) + \delta$ has $\Delta(z) \le (1 - t/d)_+ \Delta(x) + \delta$, with equality
for $f = (\delta/t)|y|$, $z = x$. (b) $\|z - u\| \le \delta$ gives $\|z - x^*\| \le \sqrt{d^2 - t^2} + \delta$. (c) For any $y$, $\lambda > 0$, $g \in \partial f(\tilde x)$ with
$\|\tilde x - y + g/\lambda\| \le \sigma\|\tilde x - y\|$ and $v = y - g/\lambda$: $\|v - x^*\|^2 \le \|y - x^*\|^2 - (1 - \sigma^2)\|\tilde x - y\|^2 - 2\Delta(\tilde x)/\lambda$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'derived here; (c) is the hybrid proximal extragradient step',
    arxiv: '2502.02002',
    printed: 'not-printed',
  },
  assumptions: [
    { id: 'known', text: 'u is the ball minimiser and no minimiser of f', holds: isKnownStep },
    {
      id: 'stay',
      text: 'the oracle answers on the segment from u to x',
      holds: (instance) => ZERO.atMost(stayOf(instance)) && stayOf(instance).atMost(ONE),
    },
  ],
  families: [
    { id: 'stopped-short', role: 'extremal', arbitrary: stopped },
    {
      id: 'staying',
      role: 'extremal',
      instances: [staying(10, '1/10'), staying(100, '1/10'), staying(3, '1/1000000000'), staying(5, 1, '1/2')],
    },
  ],
  operations: [broxOperation],
  *observe(instance) {
    const { function: f, point, radius: t } = instance;
    const { output, errorBound } = yield* ask(broxOperation, { function: f, point, radius: t });
    const u = vectorFrom(output.point);
    return { point: sumOf(u, multipleOf(stayOf(instance), differenceOf(start(instance), u))), error: errorBound };
  },
  relation: 'at-most',
  measure: (instance, { point, error }) => {
    const value = valueWithin(functionOf(instance), point, error);
    if (error === 0) return exactly(valueAt(instance, point).minus(least(instance)));
    return enclosing(subtract(value, around(least(instance))));
  },
  bound: decrease(ONE),
  proof: [
    {
      id: 'in-the-ball',
      text: String.raw`\|z - x\|^2 \le (1 - \theta)^2 t^2`,
      lhs: (instance, { point, error }) => squaredNormWithin(differenceOf(point, start(instance)), error),
      rhs: (instance) => exactly(ONE.minus(stayOf(instance)).times(radius(instance)).power(2)),
    },
    {
      id: 'value-error-by-convexity',
      text: String.raw`\delta \le \theta (f(x) - f(u)) \text{ for } z = u + \theta(x - u)`,
      lhs: (instance) => exactly(valueError(instance)),
      rhs: (instance) =>
        exactly(
          stayOf(instance).times(
            valueAt(instance, start(instance)).minus(valueAt(instance, vectorFrom(instance.minimiser))),
          ),
        ),
    },
    {
      id: 'point-error',
      text: String.raw`\|z - x^*\| \le \sqrt{d^2 - t^2} + \theta t`,
      lhs: (instance, { point, error }) => {
        const { lo, hi } = squareRoot(squaredNormWithin(differenceOf(point, target(instance)), error));
        return { lo, hi };
      },
      rhs: (instance) =>
        enclosing(
          add(
            rootOf(squaredDistance(instance).minus(radius(instance).power(2))),
            around(stayOf(instance).times(radius(instance))),
          ),
        ),
    },
    {
      id: 'extragradient',
      text: String.raw`\|v - x^*\|^2 + (1 - \sigma^2)\|\tilde x - y\|^2 + 2\Delta(\tilde x)/\lambda \le \|y - x^*\|^2`,
      lhs: (instance) => exactly(extragradient(instance).left),
      rhs: (instance) => exactly(extragradient(instance).right),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1 - 2 ** -40, family: 'staying' },
  controls: [
    {
      id: 'error-forgotten',
      mutation: 'sharpened-constant',
      belief: 'A small value error leaves the linear decrease as it is',
      witness: staying(10, '1/10'),
      mutate: (claim) => ({ ...claim, proof: [], bound: decrease(ZERO) }),
    },
    {
      id: 'half-the-error',
      mutation: 'sharpened-constant',
      belief: 'Half of the value error is enough',
      witness: staying(100, '1/10'),
      mutate: (claim) => ({ ...claim, proof: [], bound: decrease(Rational.of(1, 2)) }),
    },
    {
      id: 'point-error-forgotten',
      mutation: 'sharpened-constant',
      belief: 'The squared distance falls by t² for an inexact step too',
      witness: staying(5, 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance, { point, error }) => squaredNormWithin(differenceOf(point, target(instance)), error),
        bound: (instance) => exactly(squaredDistance(instance).minus(radius(instance).power(2))),
      }),
    },
    {
      id: 'ends-with-a-tiny-error',
      mutation: 'broken-subject',
      belief: 'With values within 1e-9 of the best the method still ends after R²/t² steps',
      witness: staying(3, '1/1000000000'),
      mutate: (claim) =>
        ending(
          claim,
          (instance, x) => {
            const step = exactBrox(functionOf(instance), x, radius(instance));
            if (step === undefined) throw new RangeError('brox-inexact: a rational step');
            const isGoodEnough = valueAt(instance, x)
              .minus(step.value)
              .atMost(Rational.of(1, 10 ** 9));
            return isGoodEnough ? x : step.point;
          },
          [{ id: 'staying', role: 'extremal', instances: [staying(3, '1/1000000000')] }],
        ),
    },
    {
      id: 'extragradient-ends',
      mutation: 'broken-subject',
      belief: 'The extragradient step ends after R²/t² steps too',
      witness: HALVING,
      mutate: (claim) =>
        ending(
          claim,
          // x~ = prox_1(y) has g = y - x~, lambda = 1, no residual, and v = x~
          (instance, y) => exactProx(functionOf(instance), y, ONE) ?? y,
          [{ id: 'staying', role: 'extremal', instances: [HALVING] }],
        ),
    },
  ],
});
