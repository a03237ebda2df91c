import { ask } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import { add, around, type Interval, interval, multiply } from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { cautiousDriftBound } from '../../kernels/momentum/cautious-drift-bound.ts';
import { cautiousDriftOperation } from '../../operations/cautious-drift.ts';
import { type DriftInstance, gridOf } from './parts/drift-instance.ts';

/**
 * The sign form of MGUP multiplies aligned updates by alpha and the others by gamma. With constant beta1 a positive gamma
 * alone does not restore convergence: on the authors' own example the mean update points away from the minimiser until
 * gamma/alpha exceeds a threshold g* that depends on n and beta1 and tends to 1 with n.
 *
 * The mean update (beta2 -> 1) is alpha D_C + gamma (1/n - D_C), since E m = 1/n; where D_C < 0 its sign changes at
 * g* = |D_C| / (1/n + |D_C|), which grows with |D_C|. The rational upper bound on D_C of `mgup-cautious-drift` therefore
 * gives a rational lower bound on g*, and that one tends to 1 with n: no ratio gamma/alpha < 1 is safe for all n.
 */

interface Observed {
  readonly drift: Interval;
  readonly threshold: Interval;
}

/** E/(1/n + E) for the depth E >= 0 of the elementary bound, 0 where the bound is not negative. */
function elementaryThreshold({ components, momentum }: DriftInstance): Rational {
  const { bound } = cautiousDriftBound(components, momentum);
  if (bound.sign() >= 0) return Rational.ZERO;
  const depth = bound.negated();
  return depth.dividedBy(Rational.of(1, components).plus(depth));
}

/** alpha D_C + gamma (1/n - D_C) = gamma/n + (alpha - gamma) D_C. */
const meanUpdate = (drift: Interval, components: number, alpha: Rational, gamma: Rational): Interval =>
  add(around(gamma.dividedBy(Rational.of(components))), multiply(around(alpha.minus(gamma)), drift));

/** The claim that a method drifts towards the minimiser, on the given instances. */
function converges(
  claim: Claim<DriftInstance, Observed>,
  alpha: Rational,
  gamma: Rational,
  instances: readonly DriftInstance[],
): Claim<DriftInstance, Observed> {
  return {
    ...claim,
    proof: [],
    families: [{ id: 'grid', role: 'generic', instances }],
    relation: 'at-least',
    measure: ({ components }, { drift }) => enclosing(meanUpdate(drift, components, alpha, gamma)),
    bound: () => exactly(0),
  };
}

const AUTHORS: DriftInstance = { components: 10, momentum: 0.9 };

export default defineClaim<DriftInstance, Observed>({
  id: 'mgup-gamma-threshold',
  statement: String.raw`With $D_C(n, b)$ as in the claim on the drift of Cautious, $n(1-b) \ge b$, the mean update of the sign form of MGUP with
factors $\alpha \ge \gamma \ge 0$ ($\beta_2 \to 1$) is $\alpha D_C + \gamma(\tfrac1n - D_C)$. If $D_C < 0$ it points towards the minimiser iff
$\gamma/\alpha > g^* = |D_C|/(\tfrac1n + |D_C|)$, and $g^* \ge E/(\tfrac1n + E)$ with
$E = \max_k (1-\tfrac1n)^k (1 - b^k(1+\tfrac1n)) - b/n^2 - (1-b)$, hence $\sup_n g^* = 1$ for every $b \in (0, 1)$.`,
  source: {
    paper: 'MGUP (Chang and Yuan 2025)',
    locus: 'equation (3) and the remarks that gamma > 0 ensures progress',
    arxiv: '2606.17526',
    printed: 'corrected',
    erratum:
      '"Setting gamma > 0 ensures progress" fails, as we read it, for equation (3) with constant beta1 on the authors\' own example: ' +
      'n = 10, beta1 = 0.9, tau = 1/2 (alpha = 2, gamma = 1/2) drifts away from the minimiser, certified. In the regime of ' +
      'their Theorem 4.1, where beta1 tends to 1, the statement is true.',
  },
  assumptions: [
    {
      id: 'pulse-wins',
      text: 'n(1-b) >= b: a pulse makes the momentum >= 0',
      holds: ({ components, momentum }) => {
        const b = Rational.from(momentum);
        return b.atMost(Rational.of(components).times(Rational.ONE.minus(b)));
      },
    },
  ],
  families: [
    { id: 'grid', role: 'generic', instances: gridOf([3, 6, 10, 20, 50], [0.3, 0.5, 0.7, 0.9, 0.95]) },
    { id: 'many-components', role: 'extremal', instances: gridOf([50, 100], [0.5, 0.9]) },
  ],
  operations: [cautiousDriftOperation],
  *observe(instance) {
    const { output } = yield* ask(cautiousDriftOperation, instance);
    return { drift: interval(...output.drift), threshold: interval(...output.threshold) };
  },
  relation: 'at-least',
  measure: (_, { threshold }) => enclosing(threshold),
  bound: (instance) => exactly(elementaryThreshold(instance)),
  proof: [
    {
      id: 'wrong-way-below',
      text: String.raw`\alpha D_C + \gamma(\tfrac1n - D_C) \le 0 \text{ at } \gamma/\alpha = g^*_{lo},\ D_C < 0`,
      lhs: ({ components }, { drift, threshold }) =>
        drift.hi >= 0
          ? exactly(0)
          : enclosing(meanUpdate(drift, components, Rational.ONE, Rational.from(threshold.lo))),
      rhs: () => exactly(0),
    },
    {
      id: 'right-way-above',
      text: String.raw`0 \le \alpha D_C + \gamma(\tfrac1n - D_C) \text{ at } \gamma/\alpha = g^*_{hi}`,
      lhs: () => exactly(0),
      rhs: ({ components }, { drift, threshold }) =>
        enclosing(meanUpdate(drift, components, Rational.ONE, Rational.from(threshold.hi))),
    },
    {
      id: 'jensen',
      text: String.raw`D_C \le b/n^2 + (1-b) - \max_k (1-\tfrac1n)^k (1 - b^k(1+\tfrac1n))`,
      lhs: (_, { drift }) => enclosing(drift),
      rhs: ({ components, momentum }) => exactly(cautiousDriftBound(components, momentum).bound),
    },
    {
      id: 'below-one',
      text: String.raw`g^* \le 1`,
      lhs: (_, { threshold }) => enclosing(threshold),
      rhs: () => exactly(1),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.99, family: 'many-components' },
  controls: [
    {
      id: 'any-gamma',
      mutation: 'as-printed',
      belief: 'Any gamma > 0 suffices for the sign form of MGUP',
      witness: AUTHORS,
      mutate: (claim) => converges(claim, Rational.of(2), Rational.of(1, 2), gridOf([5, 10, 20], [0.5, 0.9])),
    },
    {
      id: 'default-tau',
      mutation: 'as-printed',
      belief: "MGUP with tau = 1/2 converges on the authors' example, if n is larger too",
      witness: { components: 20, momentum: 0.9 },
      mutate: (claim) => converges(claim, Rational.of(2), Rational.of(1, 2), gridOf([20, 50], [0.9])),
    },
    {
      id: 'code-default',
      mutation: 'as-printed',
      belief: 'The factors 2 and 1/10 of the published code are enough',
      witness: AUTHORS,
      mutate: (claim) => converges(claim, Rational.of(2), Rational.of(1, 10), gridOf([10, 20], [0.5, 0.9])),
    },
    {
      id: 'universal-threshold',
      mutation: 'sharpened-constant',
      belief: 'gamma/alpha = 3/5 is enough for every n',
      witness: { components: 20, momentum: 0.9 },
      mutate: (claim) => ({ ...claim, proof: [], relation: 'at-most', bound: () => exactly('3/5') }),
    },
    {
      id: 'adam-diverges',
      mutation: 'sharpened-constant',
      belief: 'With these draws even gamma = alpha, that is Adam, drifts away',
      witness: AUTHORS,
      mutate: (claim) => {
        const mutant = converges(claim, Rational.ONE, Rational.ONE, gridOf([3, 10], [0.9]));
        return { ...mutant, relation: 'at-most' };
      },
    },
  ],
});
