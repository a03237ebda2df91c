import fc from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import type { Certificate, Obligation } from '../../claim/certificate.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { dyadic } from '../../instances/dyadic.ts';
import { Multivariate } from '../../kernels/exact/multivariate.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';

/**
 * The curvature of the logistic loss changes by at most the factor e^|delta| over a shift of delta: the loss is
 * quasi-self-concordant with constant 1, so the Hessian of a logistic regression is stable in balls of radius 1/max ||a_i||.
 *
 * In the variables e = exp z, E = exp delta everything is rational: l'' = e/(1+e)², so l''(z+delta)/l''(z) = E (1+e)²/(1+eE)².
 * The constant cannot be improved: far out in either tail l'' is a pure exponential, and the ratio tends to 1 as |z| grows.
 */

interface Instance {
  /** exp z > 0. */
  readonly point: Numeric;
  /** exp delta > 0. */
  readonly shift: Numeric;
}

/** l''(z + delta) / l''(z) from the two exponentials. */
type Curvature = (e: Rational, E: Rational) => Rational;

const curvature = (e: Rational): Rational => e.dividedBy(Rational.ONE.plus(e).power(2));
const LOGISTIC: Curvature = (e, E) => curvature(e.times(E)).dividedBy(curvature(e));

const atLeastOne = (x: Rational): Rational => (x.lessThan(Rational.ONE) ? Rational.ONE.dividedBy(x) : x);
const shifted = ({ shift }: Instance): Rational => atLeastOne(Rational.from(shift));
const changed = ({ point, shift }: Instance, ratio: Curvature): Rational =>
  atLeastOne(ratio(Rational.from(point), Rational.from(shift)));

/** For E = 1 + h, h >= 0 (delta < 0 swaps the two points) both inequalities have nonnegative coefficients in e and h. */
function certify(): Certificate {
  const [e, h] = ['e', 'h'].map(Multivariate.variable) as [Multivariate, Multivariate];
  const [E, one] = [h.plus(1), Multivariate.constant(1)];
  const [before, after] = [one.plus(e).power(2), one.plus(e.times(E)).power(2)];
  const nonNegative = (id: string, text: string, difference: Multivariate): Obligation => ({
    id,
    text,
    holds: difference.hasNonNegativeCoefficients(),
    evidence: `with E = 1 + h the difference expands to ${difference}`,
  });
  const p = Multivariate.variable('p');
  const square = Multivariate.constant(1).minus(p.times(2)).power(2);
  return {
    obligations: [
      nonNegative('upper', String.raw`E (1+e)^2/(1+eE)^2 \le E \iff (1+eE)^2 - (1+e)^2 \ge 0`, after.minus(before)),
      nonNegative(
        'lower',
        String.raw`E (1+e)^2/(1+eE)^2 \ge 1/E \iff E^2 (1+e)^2 - (1+eE)^2 \ge 0`,
        E.power(2).times(before).minus(after),
      ),
      {
        id: 'third-derivative',
        text: String.raw`|\ell'''| \le \ell'': 1 - (1-2p)^2 = 4p(1-p) \ge 0 \text{ for } p = e/(1+e)`,
        holds: Multivariate.constant(1)
          .minus(square)
          .equals(p.times(4).times(Multivariate.constant(1).minus(p))),
        evidence: `1 - (1-2p)^2 expands to ${Multivariate.constant(1).minus(square)}`,
      },
    ],
  };
}

/** The claim with |ln ratio| <= (p/q) |delta|, both sides raised to the power q. */
const withConstant = (claim: Claim<Instance, Curvature>, p: number, q: number): Claim<Instance, Curvature> => ({
  ...claim,
  measure: (instance, ratio) => exactly(changed(instance, ratio).power(q)),
  bound: (instance) => exactly(shifted(instance).power(p)),
});

export default defineClaim<Instance, Curvature>({
  id: 'qsc-logistic',
  statement: String.raw`For $\ell(z) = \ln(1 + e^{-z})$ and all real $z, \delta$: $|\ln(\ell''(z+\delta)/\ell''(z))| \le |\delta|$. Exponentiated, with
$e = e^z$, $E = e^\delta$: $\max(\rho, 1/\rho) \le \max(E, 1/E)$ for $\rho = E(1+e)^2/(1+eE)^2$.`,
  source: {
    paper: 'Ball-oracle acceleration and its neighbours (Carmon et al. 2020-2023, Cohen et al. 2017, Adil et al. 2024)',
    locus: 'implementation of the ball oracle for logistic regression by quasi-self-concordance',
    arxiv: '2003.08078',
    printed: 'holds',
  },
  assumptions: [
    {
      id: 'exponentials',
      text: 'exp z > 0 and exp delta > 0',
      holds: ({ point, shift }) => [point, shift].every((x) => Rational.from(x).sign() > 0),
    },
  ],
  families: [
    { id: 'middle', role: 'generic', arbitrary: fc.record({ point: dyadic(1 / 64, 64), shift: dyadic(1 / 8, 8) }) },
    {
      id: 'tails',
      role: 'extremal',
      instances: [2, 4, 8, 16].flatMap((k) => [
        { point: `1/${10 ** k}`, shift: '2' },
        { point: `${10 ** k}`, shift: '3/2' },
        { point: `${10 ** k}`, shift: '1/4' },
      ]),
    },
    {
      id: 'no-shift',
      role: 'extremal',
      instances: [
        { point: 1, shift: 1 },
        { point: '7/3', shift: 1 },
      ],
    },
  ],
  operations: [],
  observe: () => observeNothing(LOGISTIC),
  relation: 'at-most',
  measure: (instance, ratio) => exactly(changed(instance, ratio)),
  bound: (instance) => exactly(shifted(instance)),
  exactness: { level: 'algebraic-proof', certify },
  tightness: {
    supremum: 1,
    floor: 0.999,
    family: 'tails',
    // (max(rho, 1/rho) - 1)/(max(E, 1/E) - 1): the plain ratio is 1 without any shift
    ratio: (instance, curvatureRatio) => {
      const [left, right] = [changed(instance, curvatureRatio), shifted(instance)].map((x) => x.minus(Rational.ONE));
      if (left === undefined || right === undefined || right.sign() === 0) return exactly(0);
      return exactly(left.dividedBy(right));
    },
  },
  controls: [
    {
      id: 'smaller-constant',
      mutation: 'sharpened-constant',
      belief: 'The constant of quasi-self-concordance is 99/100',
      witness: { point: '1/1000000', shift: '2' },
      mutate: (claim) => withConstant(claim, 99, 100),
    },
    {
      id: 'half-the-constant',
      mutation: 'sharpened-constant',
      belief: "Half the shift is enough, since l' lies in (-1, 0)",
      witness: { point: '1/100', shift: '2' },
      mutate: (claim) => withConstant(claim, 1, 2),
    },
    {
      id: 'squared-loss-of-margin-two',
      mutation: 'broken-subject',
      belief: 'A logistic loss of slope 2, l(2z), is as stable',
      witness: { point: '1/100', shift: '2' },
      mutate: (claim) => ({
        ...claim,
        observe: () => observeNothing<Curvature>((e, E) => LOGISTIC(e.power(2), E.power(2))),
      }),
    },
  ],
});
