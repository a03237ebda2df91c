import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { multiplyRanges } from '../../kernels/exact/rational-interval.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import {
  decreaseOf,
  gapOf,
  leastOf,
  moveOf,
  multiplierOf,
  type ObservedStep,
  observeStep,
  reachedValue,
  remainderOf,
  squaredDistanceOf,
  squaredRadiusOf,
  startOf,
  valueAt,
} from './parts/observed-step.ts';
import {
  dotRange,
  enclosed,
  point,
  rootRange,
  scaleRange,
  signedSquare,
  squaredNormRange,
  squareRange,
  subtractRanges,
} from './parts/ranges.ts';
import { CONVEX, HAS_MINIMISERS, OUT_OF_REACH, POSITIVE_RADIUS } from './parts/step-assumptions.ts';
import {
  autoregressiveSteps,
  linearSteps,
  onTheLine,
  quadraticSteps,
  radialSteps,
  reachingSteps,
} from './parts/step-families.ts';

/**
 * One step of the broximal point method takes at least the part t / d off the gap to the minimum, d the distance to the
 * minimisers before the step. The printed rate has t / (d' + t) with the distance d' after the step.
 *
 * Why: the point at t / d of the way to the minimiser lies in the ball, and f is convex. The printed rate comes from the
 * subgradient c (x - u): c t² <= f(x) - f(u) and f(u) - f* <= c <x - u, u - x*> <= c t d'. It is never better, since
 * d <= d' + t. Both are attained where f falls linearly on the way to the minimiser, as for |x|_2. The roots are avoided:
 * what is compared is the square of the decrease.
 */

const { ZERO, ONE } = Rational;

/** (min(t, d) / d)² (f(x) - f*)², the square of the least decrease. */
function leastSquaredDecrease(instance: BroxInput): Rational {
  const [distance, radius] = [squaredDistanceOf(instance), squaredRadiusOf(instance)];
  const gap = valueAt(instance, startOf(instance)).minus(leastOf(instance)).power(2);
  return distance.sign() === 0 ? ZERO : Rational.min(ONE, radius.dividedBy(distance)).times(gap);
}

const squaredDecrease = (instance: BroxInput, observed: ObservedStep) => signedSquare(decreaseOf(instance, observed));

export default defineClaim<BroxInput, ObservedStep>({
  id: 'brox-r5-linear',
  statement: String.raw`Let $f$ be proper, closed and convex with minimisers $X^*$ and minimal value $f^*$, $x \in \operatorname{dom} f$, $t > 0$,
$u \in \operatorname{brox}_t(x)$ and $x^* \in X^* \setminus \{x\}$. Then $f(u) - f^* \le \left(1 - t/\|x - x^*\|\right)_+ (f(x) - f^*)$, and
$f(u) - f^* \le \left(1 + t/\|u - x^*\|\right)^{-1} (f(x) - f^*)$ ($f(u) = f^*$ where $u = x^*$). The first bound is at most the second.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'result R5 of the slides; the bound with the distance before the step is derived here',
    arxiv: '2502.02002',
    printed: 'holds',
  },
  assumptions: [CONVEX, POSITIVE_RADIUS, HAS_MINIMISERS],
  families: [
    { id: 'quadratics', role: 'generic', arbitrary: quadraticSteps },
    { id: 'kinks', role: 'extremal', arbitrary: linearSteps },
    { id: 'radial', role: 'extremal', arbitrary: radialSteps },
    { id: 'autoregressive', role: 'adversarial', instances: autoregressiveSteps.slice(3) },
    { id: 'within-reach', role: 'extremal', instances: reachingSteps },
  ],
  operations: [broxOperation],
  observe: observeStep,
  relation: 'at-least',
  measure: (instance, observed) => enclosed(observed, () => squaredDecrease(instance, observed)),
  bound: (instance) => exactly(leastSquaredDecrease(instance)),
  proof: [
    {
      id: 'subgradient-at-the-start',
      text: String.raw`c t^2 \le f(x) - f(u)`,
      lhs: (instance, observed) =>
        enclosed(observed, () => scaleRange(squaredRadiusOf(instance), multiplierOf(observed))),
      rhs: (instance, observed) => enclosed(observed, () => decreaseOf(instance, observed)),
    },
    {
      id: 'subgradient-at-the-minimiser',
      text: String.raw`f(u) - f^* \le c \langle x - u, u - x^* \rangle`,
      lhs: (instance, observed) => enclosed(observed, () => gapOf(instance, observed)),
      rhs: (instance, observed) =>
        enclosed(observed, () =>
          multiplyRanges(multiplierOf(observed), dotRange(moveOf(instance, observed), remainderOf(instance, observed))),
        ),
    },
    {
      id: 'cauchy-schwarz',
      text: String.raw`\langle x - u, u - x^* \rangle^2 \le t^2 \|u - x^*\|^2`,
      lhs: (instance, observed) =>
        enclosed(observed, () => squareRange(dotRange(moveOf(instance, observed), remainderOf(instance, observed)))),
      rhs: (instance, observed) =>
        enclosed(observed, () =>
          scaleRange(squaredRadiusOf(instance), squaredNormRange(remainderOf(instance, observed))),
        ),
    },
    {
      id: 'printed-rate',
      text: String.raw`t^2 (f(u) - f^*)^2 \le (f(x) - f(u))^2 \|u - x^*\|^2`,
      lhs: (instance, observed) =>
        enclosed(observed, () => scaleRange(squaredRadiusOf(instance), squareRange(gapOf(instance, observed)))),
      rhs: (instance, observed) =>
        enclosed(observed, () =>
          multiplyRanges(squaredDecrease(instance, observed), squaredNormRange(remainderOf(instance, observed))),
        ),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.9999, family: 'radial' },
  controls: [
    {
      id: 'rising-transformation',
      mutation: 'dropped-assumption',
      drops: 'convex',
      belief: 'A rising transformation has the same steps, so it has the same rate: the root of |y|',
      witness: onTheLine(4, 1),
      // brox of sqrt(f) is brox of f for f >= 0 with minimum 0; the decrease is that of the roots
      mutate: (claim) => ({
        ...claim,
        assumptions: claim.assumptions.filter(({ id }) => id !== 'convex'),
        families: [{ id: 'radial', role: 'extremal', arbitrary: radialSteps }],
        proof: [],
        measure: (instance, observed) =>
          enclosed(observed, () =>
            signedSquare(
              subtractRanges(rootRange(point(valueAt(instance, startOf(instance)))), rootRange(reachedValue(observed))),
            ),
          ),
        bound: (instance) => {
          const [distance, value] = [squaredDistanceOf(instance), valueAt(instance, startOf(instance))];
          return exactly(Rational.min(ONE, squaredRadiusOf(instance).dividedBy(distance)).times(value));
        },
      }),
    },
    {
      id: 'distance-after-the-step',
      mutation: 'sharpened-constant',
      belief: 'The factor is 1 - t/d with the distance after the step',
      witness: onTheLine(3, 1),
      mutate: (claim) => ({
        ...claim,
        // where u is the minimiser the factor has no meaning
        assumptions: [...claim.assumptions, OUT_OF_REACH],
        proof: [],
        measure: (instance, observed) =>
          enclosed(observed, () =>
            multiplyRanges(squaredDecrease(instance, observed), squaredNormRange(remainderOf(instance, observed))),
          ),
        // the theorem's bound times d²: t² (f(x) - f*)²
        bound: (instance) => exactly(leastSquaredDecrease(instance).times(squaredDistanceOf(instance))),
      }),
    },
    {
      id: 'one-percent-more',
      mutation: 'sharpened-constant',
      belief: 'The gap falls by 1.01 t/d',
      witness: onTheLine(3, 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => exactly(leastSquaredDecrease(instance).times(Rational.of(10201, 10000))),
      }),
    },
    {
      id: 'half-step',
      mutation: 'broken-subject',
      belief: 'Half of the decrease is enough',
      witness: onTheLine(3, 1),
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [] },
          broxOperation,
          (input: BroxInput, output: { readonly value: number | string }) => ({
            ...output,
            value: valueAt(input, startOf(input))
              .plus(Rational.from(output.value))
              .dividedBy(Rational.of(2))
              .toString(),
          }),
        ),
    },
  ],
});
