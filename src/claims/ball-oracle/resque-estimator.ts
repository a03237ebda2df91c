import fc, { type Arbitrary } from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing } from '../../claim/enclosure.ts';
import { dyadic, smallFraction } from '../../instances/dyadic.ts';
import { exp } from '../../kernels/exact/elementary.ts';
import { around, type Interval, multiply } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { type RationalVector, squaredNorm, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { type Tilt, weightedMoment } from './parts/gaussian-moments.ts';
import { PAPER } from './parts/paper.ts';

/**
 * Samples drawn around a fixed centre serve every point of the ball around it: reweighted by the ratio of the two normal
 * densities they estimate the smoothed gradient at the point without bias, and the weight has second moment exp(|delta|²/rho²),
 * at most e within the smoothing radius rho and equal to e on its sphere.
 *
 * Everything is computed from the definition of the weight, exp((2 <xi, delta> - |delta|²)/(2 rho²)), by its power series and
 * the moments of the normal law; completing the square, which proves the statement, is not used.
 */

interface Instance {
  /** The centre of the samples. */
  readonly centre: readonly Numeric[];
  /** delta = x - centre. */
  readonly shift: readonly Numeric[];
  /** rho. */
  readonly deviation: Numeric;
  /** g(y) = product of y_i^(m_i), an entry of a gradient. */
  readonly powers: readonly number[];
}

/** The weight along one coordinate, as a function of the shift there in units of rho. */
type Weight = (shift: Rational) => Tilt;

const HALF = Rational.of(1, 2);
const { ZERO, ONE } = Rational;
const DENSITY_RATIO: Weight = (shift) => ({ tilt: shift, offset: shift.power(2).times(HALF) });
const UNWEIGHTED: Tilt = { tilt: ZERO, offset: ZERO };

/** delta / rho. */
const relative = ({ shift, deviation }: Instance): RationalVector =>
  vectorFrom(shift).map((x) => x.dividedBy(Rational.from(deviation)));

const product = (factors: readonly Interval[]): Interval => factors.reduce(multiply, { lo: 1, hi: 1 });

/** E[w^p], coordinate by coordinate. */
const momentOfWeight = (instance: Instance, weight: Weight, p: number): Enclosure =>
  enclosing(
    product(
      relative(instance).map((shift) => {
        const { tilt, offset } = weight(shift);
        const powered = { tilt: tilt.times(Rational.of(p)), offset: offset.times(Rational.of(p)) };
        return weightedMoment(powered, { centre: ONE, deviation: ZERO, power: 0 });
      }),
    ),
  );

/** E[w g(centre + xi)]. */
const estimate = (instance: Instance, weight: Weight): Enclosure =>
  enclosing(
    product(
      relative(instance).map((shift, i) =>
        weightedMoment(weight(shift), {
          centre: Rational.from(instance.centre[i] ?? 0),
          deviation: Rational.from(instance.deviation),
          power: instance.powers[i] ?? 0,
        }),
      ),
    ),
  );

/** E[g(x + xi)]: the smoothed gradient at x. */
const smoothed = (instance: Instance): Enclosure =>
  enclosing(
    product(
      instance.shift.map((d, i) =>
        weightedMoment(UNWEIGHTED, {
          centre: Rational.from(instance.centre[i] ?? 0).plus(Rational.from(d)),
          deviation: Rational.from(instance.deviation),
          power: instance.powers[i] ?? 0,
        }),
      ),
    ),
  );

const E = exp({ lo: 1, hi: 1 });

const generic: Arbitrary<Instance> = fc.integer({ min: 1, max: 3 }).chain((dimension) => {
  const vectorOf = <T>(item: Arbitrary<T>) => fc.array(item, { minLength: dimension, maxLength: dimension });
  return fc.record({
    centre: vectorOf(smallFraction(4, 3)),
    // three entries of 0.57 have norm below 1
    shift: vectorOf(dyadic(-0.57, 0.57)),
    deviation: fc.constantFrom('1', '3/2', '4'),
    powers: vectorOf(fc.integer({ min: 0, max: 4 })),
  });
});

const at = (shift: readonly Numeric[], deviation: Numeric, powers: readonly number[]): Instance => ({
  centre: shift.map((_, i) => i - 1),
  shift,
  deviation,
  powers,
});

const ON_THE_SPHERE: readonly Instance[] = [
  at([1], 1, [3]),
  at([-2], 2, [2]),
  at(['3/5', '4/5'], 1, [1, 2]),
  at(['1/3', '2/3', '-2/3'], 1, [1, 0, 3]),
];

/** The claim that the estimate is the smoothed gradient, of another weight. */
const biased = (claim: Claim<Instance, Weight>, weight: Weight): Claim<Instance, Weight> => ({
  ...claim,
  proof: [],
  relation: 'equals',
  observe: () => observeNothing(weight),
  measure: estimate,
  bound: smoothed,
});

export default defineClaim<Instance, Weight>({
  id: 'resque-estimator',
  statement: String.raw`Let $\xi \sim N(0, \rho^2 I)$ with density $p$, $\delta = x - \bar x$ with $\|\delta\| \le \rho$ and $w = p(\xi - \delta)/p(\xi)$. Then
$\mathbb{E}[w] = 1$, $\mathbb{E}[w\, g(\bar x + \xi)] = \mathbb{E}[g(x + \xi)]$ for every polynomial $g$ (with $g = \nabla f$: the gradient of the smoothed $f$ at $x$), and
$\mathbb{E}[w^2] = e^{\|\delta\|^2/\rho^2} \le e$.`,
  source: {
    paper: PAPER,
    locus: 'reweighted stochastic query estimator (Carmon, Hausler 2023)',
    arxiv: '2301.00457',
    printed: 'holds',
  },
  assumptions: [
    { id: 'deviation', text: 'rho > 0', holds: ({ deviation }) => Rational.from(deviation).sign() > 0 },
    {
      id: 'in-the-ball',
      text: '||delta|| <= rho',
      holds: (instance) => squaredNorm(relative(instance)).atMost(ONE),
    },
  ],
  families: [
    { id: 'inside', role: 'generic', arbitrary: generic },
    {
      id: 'no-shift',
      role: 'degenerate',
      arbitrary: generic.map((instance) => ({ ...instance, shift: instance.shift.map(() => 0) })),
    },
    { id: 'on-the-sphere', role: 'extremal', instances: ON_THE_SPHERE },
  ],
  operations: [],
  observe: () => observeNothing(DENSITY_RATIO),
  relation: 'at-most',
  measure: (instance, weight) => momentOfWeight(instance, weight, 2),
  bound: () => enclosing(E),
  proof: [
    {
      id: 'mean-at-most',
      text: String.raw`\mathbb{E}[w] \le 1`,
      lhs: (instance, weight) => momentOfWeight(instance, weight, 1),
      rhs: () => enclosing(around(1)),
    },
    {
      id: 'mean-at-least',
      text: String.raw`1 \le \mathbb{E}[w]`,
      lhs: () => enclosing(around(1)),
      rhs: (instance, weight) => momentOfWeight(instance, weight, 1),
    },
    {
      id: 'estimate-at-most',
      text: String.raw`\mathbb{E}[w\, g(\bar x + \xi)] \le \mathbb{E}[g(x + \xi)]`,
      lhs: estimate,
      rhs: smoothed,
    },
    {
      id: 'estimate-at-least',
      text: String.raw`\mathbb{E}[g(x + \xi)] \le \mathbb{E}[w\, g(\bar x + \xi)]`,
      lhs: smoothed,
      rhs: estimate,
    },
    {
      id: 'second-moment-at-most',
      text: String.raw`\mathbb{E}[w^2] \le e^{\|\delta\|^2/\rho^2}`,
      lhs: (instance, weight) => momentOfWeight(instance, weight, 2),
      rhs: (instance) => enclosing(exp(around(squaredNorm(relative(instance))))),
    },
    {
      id: 'second-moment-at-least',
      text: String.raw`e^{\|\delta\|^2/\rho^2} \le \mathbb{E}[w^2]`,
      lhs: (instance) => enclosing(exp(around(squaredNorm(relative(instance))))),
      rhs: (instance, weight) => momentOfWeight(instance, weight, 2),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.999, family: 'on-the-sphere' },
  controls: [
    {
      id: 'twice-the-radius',
      mutation: 'dropped-assumption',
      drops: 'in-the-ball',
      belief: 'The second moment stays below e in a ball of radius 2 rho',
      witness: at([2], 1, [1]),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'in-the-ball'),
        families: [
          {
            id: 'wide',
            role: 'generic',
            arbitrary: generic.map((instance) => ({
              ...instance,
              shift: instance.shift.map((d) => Rational.from(d).times(Rational.of(8)).toString()),
            })),
          },
        ],
        tightness: { ...claim.tightness, family: 'wide' },
      }),
    },
    {
      id: 'reversed-ratio',
      mutation: 'broken-subject',
      belief: 'p(xi + delta)/p(xi) reweights to x as well',
      witness: at([1], 1, [1]),
      mutate: (claim) => biased(claim, (shift) => DENSITY_RATIO(shift.negated())),
    },
    {
      id: 'unnormalised',
      mutation: 'broken-subject',
      belief: 'The factor exp(-|delta|²/(2 rho²)) can be left out',
      witness: at([1], 1, [0]),
      mutate: (claim) => biased(claim, (shift) => ({ ...DENSITY_RATIO(shift), offset: ZERO })),
    },
    {
      id: 'root-of-e',
      mutation: 'sharpened-constant',
      belief: 'The second moment is below e^(1/2)',
      witness: at([1], 1, [1]),
      mutate: (claim) => ({ ...claim, proof: [], bound: () => enclosing(exp(around(0.5))) }),
    },
  ],
});
