import fc from 'fast-check';
import { ask } from '../../claim/ask.ts';
import type { Certificate } from '../../claim/certificate.ts';
import { defineClaim } from '../../claim/define.ts';
import { exactly, within } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { dyadic, smallFraction } from '../../instances/dyadic.ts';
import { Multivariate } from '../../kernels/exact/multivariate.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { type GluonStepSizeInput, gluonStepSizeOperation } from '../../operations/gluon-step-size.ts';

/**
 * The adaptive radius of Gluon lies within a factor 2 below the smaller of the gradient-descent radius g/L0 and the
 * constant radius 1/L1, and it minimises the quadratic model of the descent lemma.
 *
 * Why the constants: 1/t = L0/g + L1 is a sum of two terms, so t is at most the inverse of the larger one and at least
 * half of it. The upper bound is approached as L1 g / L0 tends to 0 or to infinity and attained where one constant is 0
 * (then Gluon is gradient descent in the norm, or has the constant radius 1/L1); the lower one is attained at g = L0/L1.
 */

type Instance = GluonStepSizeInput;
interface Observed {
  readonly radius: Numeric;
  readonly errorBound: number;
}

const TWO = Rational.of(2);
const parts = ({ gradientNorm, l0, l1 }: Instance) =>
  [gradientNorm, l0, l1].map(Rational.from) as [Rational, Rational, Rational];

/** min(g/L0, 1/L1), where a vanishing constant drops its term. */
function smallerRadius(instance: Instance): Rational {
  const [g, l0, l1] = parts(instance);
  if (l1.sign() === 0) return g.dividedBy(l0);
  if (l0.sign() === 0) return g.sign() === 0 ? Rational.ZERO : Rational.ONE.dividedBy(l1);
  return Rational.min(g.dividedBy(l0), Rational.ONE.dividedBy(l1));
}

/** psi(s) = -s g + (L0 + L1 g) s²/2, the model that the descent lemma bounds the change of f by. */
function model(instance: Instance, s: Rational): Rational {
  const [g, l0, l1] = parts(instance);
  return l0.plus(l1.times(g)).times(s).times(s).dividedBy(TWO).minus(s.times(g));
}

/** The least value of the model, -g²/(2 (L0 + L1 g)). */
function leastModel(instance: Instance): Rational {
  const [g, l0, l1] = parts(instance);
  return g.sign() === 0
    ? Rational.ZERO
    : g
        .times(g)
        .dividedBy(l0.plus(l1.times(g)).times(TWO))
        .negated();
}

/** |psi(t + e) - psi(t)| <= L e²/2 at the minimiser t; away from it the slope |L t - g| adds. */
function modelRadius(instance: Instance, { radius, errorBound }: Observed): number {
  if (errorBound === 0) return 0;
  const [g, l0, l1] = parts(instance);
  const [curvature, e] = [l0.plus(l1.times(g)), Rational.from(errorBound)];
  const slope = curvature.times(Rational.from(radius)).minus(g).absolute();
  return slope.times(e).plus(curvature.times(e).times(e).dividedBy(TWO)).upperDouble();
}

/** With t = g/L, L = L0 + L1 g, every part of the statement times its positive denominator is a polynomial identity. */
function certify(): Certificate {
  const [g, l0, l1, s] = ['g', 'L0', 'L1', 's'].map(Multivariate.variable) as [
    Multivariate,
    Multivariate,
    Multivariate,
    Multivariate,
  ];
  const curvature = l0.plus(l1.times(g));
  const identity = (id: string, text: string, left: Multivariate, right: Multivariate) => ({
    id,
    text,
    holds: left.equals(right),
    evidence: `both sides expand to ${left}`,
  });
  return {
    obligations: [
      identity(
        'constant-radius',
        String.raw`L_1 L (1/L_1 - t) = L_0, hence t \le 1/L_1`,
        curvature.minus(l1.times(g)),
        l0,
      ),
      identity(
        'gradient-descent-radius',
        String.raw`L_0 L (g/L_0 - t) = L_1 g^2, hence t \le g/L_0`,
        g.times(curvature).minus(l0.times(g)),
        l1.times(g.power(2)),
      ),
      identity(
        'half-of-gradient-descent',
        String.raw`2 L_0 L (t - g/(2 L_0)) = g (L_0 - L_1 g) \ge 0 \text{ for } L_1 g \le L_0`,
        l0.times(g).times(2).minus(g.times(curvature)),
        g.times(l0.minus(l1.times(g))),
      ),
      identity(
        'half-of-constant',
        String.raw`2 L_1 L (t - 1/(2 L_1)) = L_1 g - L_0 \ge 0 \text{ for } L_1 g \ge L_0`,
        l1.times(g).times(2).minus(curvature),
        l1.times(g).minus(l0),
      ),
      identity(
        'model-minimiser',
        String.raw`2 L (\psi(s) - \psi(t)) = (L s - g)^2 \ge 0`,
        curvature.power(2).times(s.power(2)).minus(curvature.times(s).times(g).times(2)).plus(g.power(2)),
        curvature.times(s).minus(g).power(2),
      ),
      identity(
        'increasing',
        String.raw`t(h) - t(g) \text{ has the sign of } h (L_0 + L_1 g) - g (L_0 + L_1 h) = L_0 (h - g)`,
        s.times(curvature).minus(g.times(l0.plus(l1.times(s)))),
        l0.times(s.minus(g)),
      ),
    ],
  };
}

export default defineClaim<Instance, Observed>({
  id: 'gluon-stepsize-bounds',
  statement: String.raw`For $L_0, L_1 \ge 0$, not both $0$, and $g \ge 0$ let $t(g) = g/(L_0 + L_1 g)$, $t(0) = 0$. For $g > 0$, with $1/0 = \infty$,
$\tfrac12 \min(g/L_0, 1/L_1) \le t(g) \le \min(g/L_0, 1/L_1)$; $t$ does not decrease in $g$; and for $g > 0$ $t(g)$ is the unique minimiser of
$\psi(s) = -s g + \tfrac12 (L_0 + L_1 g) s^2$, with $\psi(t) = -g^2 / (2 (L_0 + L_1 g))$.`,
  source: {
    paper: 'Gluon (Riabinin et al. 2025)',
    locus: 'adaptive step size of Theorem 1',
    arxiv: '2505.13416',
    printed: 'holds',
  },
  assumptions: [
    { id: 'nonnegative', text: 'g, L0, L1 >= 0', holds: (i) => parts(i).every((x) => x.sign() >= 0) },
    {
      id: 'some-smoothness',
      text: 'L0 + L1 > 0',
      holds: ({ l0, l1 }) => Rational.from(l0).plus(Rational.from(l1)).sign() > 0,
    },
  ],
  families: [
    {
      id: 'grid',
      role: 'generic',
      arbitrary: fc.record({ gradientNorm: dyadic(0, 64), l0: dyadic(2 ** -20, 16), l1: dyadic(2 ** -20, 16) }),
    },
    {
      id: 'one-constant',
      role: 'extremal',
      arbitrary: fc
        .tuple(smallFraction(12, 4), smallFraction(12, 4), fc.constantFrom('l0', 'l1'))
        .map(([g, l, which]) => ({
          gradientNorm: Rational.from(g).absolute().toString(),
          l0: which === 'l0' ? Rational.from(l).absolute().plus(Rational.of(1, 4)).toString() : '0',
          l1: which === 'l1' ? Rational.from(l).absolute().plus(Rational.of(1, 4)).toString() : '0',
        })),
    },
    {
      id: 'both-limits',
      role: 'extremal',
      instances: [0, 4, 8, 16].flatMap((k) => [
        { gradientNorm: `1/${10 ** k}`, l0: '1', l1: '1' },
        { gradientNorm: `${10n ** BigInt(k)}`, l0: '1', l1: '1' },
      ]),
    },
  ],
  operations: [gluonStepSizeOperation],
  *observe(instance) {
    const { output, errorBound } = yield* ask(gluonStepSizeOperation, instance);
    return { radius: output.value, errorBound };
  },
  relation: 'at-most',
  measure: (_, { radius, errorBound }) => within(radius, errorBound),
  bound: (instance) => exactly(smallerRadius(instance)),
  proof: [
    {
      id: 'half',
      text: String.raw`\tfrac12 \min(g/L_0, 1/L_1) \le t`,
      lhs: (instance) => exactly(smallerRadius(instance).dividedBy(TWO)),
      rhs: (_, { radius, errorBound }) => within(radius, errorBound),
    },
    {
      id: 'minimiser',
      text: String.raw`\psi(t) \le -g^2 / (2 (L_0 + L_1 g))`,
      lhs: (instance, observed) =>
        within(model(instance, Rational.from(observed.radius)), modelRadius(instance, observed)),
      rhs: (instance) => exactly(leastModel(instance)),
    },
  ],
  exactness: { level: 'algebraic-proof', certify },
  tightness: { supremum: 1, floor: 0.9999, family: 'both-limits' },
  controls: [
    {
      id: 'doubled-radius',
      mutation: 'broken-subject',
      belief: 'The radius 2g/(L0 + L1 g) is as safe',
      witness: { gradientNorm: 3, l0: 1, l1: 2 },
      mutate: (claim) =>
        tampered(claim, gluonStepSizeOperation, (_: Instance, { value }: { value: Numeric }) => ({
          value: Rational.from(value).times(TWO).toString(),
        })),
    },
    {
      id: 'constant-radius-everywhere',
      mutation: 'broken-subject',
      belief: 'The radius 1/L1 can be used for every gradient',
      witness: { gradientNorm: '1/10', l0: 1, l1: 1 },
      mutate: (claim) =>
        tampered(claim, gluonStepSizeOperation, ({ l0, l1 }: Instance) => ({
          value: Rational.ONE.dividedBy(Rational.from(Rational.from(l1).sign() === 0 ? l0 : l1)).toString(),
        })),
    },
    {
      id: 'half-constant-radius',
      mutation: 'sharpened-constant',
      belief: 'The radius never exceeds 1/(2 L1)',
      witness: { gradientNorm: 1, l0: 0, l1: 1 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => {
          const [, , l1] = parts(instance);
          return exactly(l1.sign() === 0 ? smallerRadius(instance) : Rational.ONE.dividedBy(l1.times(TWO)));
        },
      }),
    },
  ],
});
