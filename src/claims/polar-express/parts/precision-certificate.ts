import type { Obligation } from '../../../claim/certificate.ts';
import { isolateRoots } from '../../../kernels/exact/isolate-roots.ts';
import { iteratedImages } from '../../../kernels/exact/iterated-images.ts';
import {
  derivative,
  evaluateOnInterval,
  type Polynomial,
  polynomial,
  subtractPolynomials,
} from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { multiplyRanges, type RationalInterval, rationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { POLAR_EXPRESS } from '../../../kernels/matrix/coefficient-sets.ts';
import { oddPolynomial } from '../../../kernels/minimax/worst-error.ts';
import { BITS } from './best-error.ts';
import { cushion, reproduced } from './cushion-certificate.ts';
import { imageOfPoint, mapsOfMethod } from './methods.ts';
import { type Finding, obligation, shown, shownInterval } from './obligations.ts';

const ONE = Rational.ONE;
const TWO = Rational.of(2);
const LIST = POLAR_EXPRESS.length;
const UPPER = Rational.of(101, 100);
const LOWER = Rational.of(1, 1000);
const WIDTH = Rational.of(1n, 1n << BigInt(BITS));

/** Above it, an iterate does not come back: the later maps take it further up. */
const FAR = Rational.of(1000);

/** The largest iterate of x under the list is below 2, or beyond FAR, or neither. */
function fate(x: Rational): 'bounded' | 'diverges' | 'undecided' {
  const orbit = Array.from({ length: LIST }, (_, k) => imageOfPoint(mapsOfMethod('published-safe', k + 1), x));
  if (orbit.every(({ lo, hi }) => lo.sign() > 0 && hi.atMost(TWO))) return 'bounded';
  return orbit.some(({ lo, hi }) => FAR.lessThan(lo) || hi.lessThan(FAR.negated())) ? 'diverges' : 'undecided';
}

function safeImages(): Obligation {
  const images = iteratedImages(mapsOfMethod('published-safe', LIST), { lo: LOWER, hi: UPPER }, BITS);
  const findings = images.map(({ minimum, maximum }, t): Finding => {
    const image = { lo: minimum.lo, hi: maximum.hi };
    return [image.lo.sign() > 0 && image.hi.lessThan(TWO), `t = ${t + 1}: ${shownInterval(image)}`];
  });
  const { minimum, maximum } = images.at(-1) ?? { minimum: rationalInterval(0), maximum: rationalInterval(0) };
  const near = Rational.of(1, 10 ** 14);
  return obligation(
    'safe-list',
    String.raw`\text{with the safety factor } [10^{-3}, 1.01] \text{ stays inside } (0, 2), \text{ and after all ${LIST} maps is within } 10^{-14} \text{ of } 1`,
    [
      [
        ONE.minus(minimum.lo).lessThan(near) && maximum.hi.minus(ONE).lessThan(near),
        `after ${LIST} maps: [1 - ${shown(ONE.minus(minimum.lo))}, 1 + ${shown(maximum.hi.minus(ONE))}]`,
      ],
      ...findings,
    ],
  );
}

/** Halvings between 1.01 and 1.011. */
const HALVINGS = 20;

function edge(): Obligation {
  const end = Rational.of(1011, 1000);
  let [inside, outside] = [UPPER, end];
  for (let k = 0; k < HALVINGS; k += 1) {
    const middle = inside.plus(outside).dividedBy(TWO);
    if (fate(middle) === 'bounded') inside = middle;
    else outside = middle;
  }
  return obligation(
    'edge',
    String.raw`\text{the list forgives } 1.01 \text{ and not } 1.011: \text{ its domain ends between}`,
    [
      [fate(UPPER) === 'bounded' && fate(inside) === 'bounded', `bounded from ${shown(inside)}`],
      [fate(outside) !== 'bounded', `not bounded from ${shown(outside)}`],
      [
        fate(end) === 'diverges',
        `from 1.011: ${[4, 5, 6].map((t) => shown(imageOfPoint(mapsOfMethod('published-safe', t), end).lo)).join(', ')} after 4, 5, 6 maps`,
      ],
    ],
  );
}

function bareList(): Obligation {
  const start = Rational.of(10001, 10000);
  const orbit = Array.from({ length: 6 }, (_, k) => imageOfPoint(mapsOfMethod('published', k + 1), start));
  const last = orbit.at(-1) ?? rationalInterval(0);
  const huge = Rational.of(10n ** 18n);
  return obligation(
    'without-safety',
    String.raw`\text{without the factor the orbit of } 1.0001 \text{ is beyond } 10^{18} \text{ after six maps}`,
    [
      [
        huge.lessThan(last.lo) || last.hi.lessThan(huge.negated()),
        `values ${orbit.map(({ lo }) => lo.toNumber().toPrecision(5)).join(', ')}`,
      ],
    ],
  );
}

/** The derivative of the composition at 1: the product of the slopes along the orbit. */
function slopes(): Obligation {
  let product: RationalInterval = rationalInterval(1);
  const found: RationalInterval[] = [];
  for (const [k, row] of POLAR_EXPRESS.slice(0, 6).entries()) {
    const at = imageOfPoint(mapsOfMethod('published', k), ONE);
    const slope = derivative(oddPolynomial(row));
    product = multiplyRanges(product, evaluateOnInterval(slope, at));
    found.push(product);
  }
  const fifth = found[4] ?? rationalInterval(0);
  return obligation(
    'slope-at-one',
    String.raw`\text{the derivative of the composition of the first five maps at } 1 \text{ exceeds } 6 \cdot 10^4`,
    [
      [
        Rational.of(60_000).lessThan(fifth.lo) || fifth.hi.lessThan(Rational.of(-60_000)),
        `derivatives ${found.map(({ lo }) => lo.toNumber().toPrecision(4)).join(', ')}`,
      ],
    ],
  );
}

/** N(x/1.01), the limit map with the safety factor, has a fixed point just below 1. */
function limit(): Obligation {
  const map: Polynomial = oddPolynomial(
    ['15/8', '-5/4', '3/8'].map((c, k) => Rational.from(c).dividedBy(UPPER.power(2 * k + 1))),
  );
  const shift = subtractPolynomials(map, polynomial([0, 1]));
  const [root, ...others] = isolateRoots(shift, Rational.of(9, 10), ONE, WIDTH);
  const printed = Rational.of(999_998, 1_000_000);
  const half = Rational.of(1, 2_000_000);
  return obligation(
    'limit-with-safety',
    String.raw`x \mapsto N(x/1.01) \text{ has one fixed point in } [9/10, 1], \text{ the printed } 0.999998 \text{ to its six digits}`,
    [
      [
        root !== undefined &&
          others.length === 0 &&
          root.lo.minus(printed).absolute().atMost(half) &&
          root.hi.minus(printed).absolute().atMost(half),
        `fixed point ${root === undefined ? 'none' : shownInterval(root)}`,
      ],
    ],
  );
}

export const precisionObligations = (): readonly [Obligation, ...Obligation[]] => [
  safeImages(),
  edge(),
  bareList(),
  slopes(),
  cushion(),
  reproduced(),
  limit(),
];
