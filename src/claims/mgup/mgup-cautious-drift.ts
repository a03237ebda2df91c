import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { around, divide, type Interval, interval, negate, squareRoot, subtract } from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { cautiousDriftBound } from '../../kernels/momentum/cautious-drift-bound.ts';
import { momentumMoments } from '../../kernels/momentum/momentum-moments.ts';
import { cautiousDriftOperation } from '../../operations/cautious-drift.ts';
import { aboveOne, type DriftInstance, gridOf } from './parts/drift-instance.ts';

/**
 * On the linear part of the authors' example the mean update of Cautious-Adam (beta2 -> 1) points away from the minimiser
 * as soon as n is not small.
 *
 * D_C = E[m 1{m g > 0}] in the stationary regime. A pulse (probability 1/n) always makes m >= 0 when n(1-b) >= b, so the
 * positive part is linear and D_C = b/n² + (1-b) - E[m^-]. Given k steps without a pulse m = -1 + b^k (1 + m_0), and
 * Jensen's inequality bounds E[m^-] from below by (1-1/n)^k (1 - b^k (1+1/n)): a rational upper bound on D_C that is already
 * negative for n = 10, b = 9/10. It loses only Jensen: the ratio tends to 1 as long runs without a pulse become rare.
 */

interface Observed {
  readonly drift: Interval;
}

/** b/n² + (1-b). */
const linearPart = ({ components, momentum }: DriftInstance): Rational => {
  const [n, b] = [Rational.of(components), Rational.from(momentum)];
  return b.dividedBy(n.times(n)).plus(Rational.ONE.minus(b));
};

/** (sqrt(E m²) - E m)/2 >= (E|m| - E m)/2 = E[m^-]. */
function momentBound({ components, momentum }: DriftInstance): Interval {
  const { mean, variance } = momentumMoments(components, momentum);
  const root = squareRoot(around(variance.plus(mean.times(mean))));
  return divide(subtract(root, around(mean)), interval(2));
}

/** |bound| / |D_C| where both are negative: 1 is equality. Elsewhere no ratio says anything. */
function depth(instance: DriftInstance, { drift }: Observed): Enclosure {
  const bound = cautiousDriftBound(instance.components, instance.momentum).bound;
  if (drift.hi >= 0 || bound.sign() >= 0) return exactly(0);
  return enclosing(divide(around(bound.negated()), negate(drift)));
}

const allNegative = (instance: DriftInstance): Enclosure =>
  exactly(cautiousDriftBound(instance.components, instance.momentum).bound);

export default defineClaim<DriftInstance, Observed>({
  id: 'mgup-cautious-drift',
  statement: String.raw`Let $m = b m' + (1-b) g$ be the stationary momentum, $0 \le b < 1$, of independent draws $g = n$ with probability $1/n$ and $g = -1$ otherwise, $n(1-b) \ge b$,
and $D_C = \mathbb{E}[m\,1\{mg > 0\}]$. Then $D_C = b/n^2 + (1-b) - \mathbb{E}[m^-]$ and
$D_C \le b/n^2 + (1-b) - \max_k (1-\tfrac1n)^k (1 - b^k(1+\tfrac1n))$. For $n = 10$, $b = 9/10$ this is negative: Cautious-Adam with
$\beta_2 \to 1$ drifts away from the minimiser.`,
  source: {
    paper: 'MGUP (Chang and Yuan 2025)',
    locus: 'counterexample of Appendix A and the reply on it',
    arxiv: '2606.17526',
    printed: 'corrected',
    erratum:
      'The printed argument counts cases: P(m > 0) is about 1/2, so wrong moves are as frequent as right ones. As we read it this is no ' +
      'argument: P(m > 0) is near 1/2 at n = 10, b = 0.9 by accident only, one of the four cases has probability exactly 0, and at ' +
      'n = 5, b = 1/2 wrong moves are more frequent although the drift is towards the minimiser. The conclusion for ' +
      'n = 10, b = 0.9 is right, by the drift; for n <= 5 the drift is towards the minimiser at every b that is tried here.',
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
    { id: 'grid', role: 'generic', instances: gridOf([7, 10, 20, 50], [0.7, 0.8, 0.9, 0.95]) },
    // few components or little momentum: the sign of m is decided by the last few draws, and Jensen loses almost nothing
    { id: 'little-momentum', role: 'extremal', instances: gridOf([2, 3, 4, 5, 6, 10, 20, 50], [0.1, 0.2, 0.3, 0.5]) },
    { id: 'no-momentum', role: 'extremal', instances: gridOf([2, 3, 10, 50], [0]) },
  ],
  operations: [cautiousDriftOperation],
  *observe(instance) {
    const { output } = yield* ask(cautiousDriftOperation, instance);
    const [lo, hi] = output.drift;
    return { drift: interval(lo, hi) };
  },
  relation: 'at-most',
  measure: (_, { drift }) => enclosing(drift),
  bound: allNegative,
  proof: [
    {
      id: 'jensen',
      text: String.raw`\max_k (1-\tfrac1n)^k (1 - b^k(1+\tfrac1n)) \le \mathbb{E}[m^-]`,
      lhs: (instance) =>
        exactly(linearPart(instance).minus(cautiousDriftBound(instance.components, instance.momentum).bound)),
      rhs: (instance, { drift }) => enclosing(subtract(around(linearPart(instance)), drift)),
    },
    {
      id: 'second-moment',
      text: String.raw`\mathbb{E}[m^-] \le \tfrac12 (\sqrt{\mathbb{E} m^2} - \tfrac1n)`,
      lhs: (instance, { drift }) => enclosing(subtract(around(linearPart(instance)), drift)),
      rhs: (instance) => enclosing(momentBound(instance)),
    },
    {
      id: 'few-components',
      text: String.raw`0 \le D_C \text{ for } n \le 5`,
      lhs: () => exactly(0),
      rhs: ({ components }, { drift }) => (components <= 5 ? enclosing(drift) : exactly(0)),
    },
    {
      id: 'mask-only-loses',
      text: String.raw`D_C \le \mathbb{E} m = \tfrac1n`,
      lhs: (_, { drift }) => enclosing(drift),
      rhs: ({ components }) => exactly(Rational.of(1, components)),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.99, family: 'little-momentum', ratio: depth },
  controls: [
    {
      id: 'every-n',
      mutation: 'as-printed',
      belief: 'Cautious-Adam diverges on the example whatever n is',
      witness: { components: 4, momentum: 0.7 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'little-momentum', role: 'generic', instances: gridOf([3, 4, 5, 10], [0.5, 0.7]) }],
        bound: () => exactly(0),
      }),
    },
    {
      id: 'every-momentum',
      mutation: 'dropped-assumption',
      belief: 'Cautious-Adam diverges on the example with n = 10 whatever beta1 is',
      witness: { components: 10, momentum: 0.2 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'grid', role: 'generic', instances: gridOf([10], [0.1, 0.2, 0.5, 0.9]) }],
        bound: () => exactly(0),
      }),
    },
    {
      id: 'counting',
      mutation: 'as-printed',
      belief: 'Where wrong moves are more frequent than right ones the drift is the wrong way',
      witness: { components: 5, momentum: 0.5 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'grid', role: 'generic', instances: gridOf([5, 50], [0.5]) }],
        bound: () => exactly(0),
      }),
    },
    {
      id: 'one-percent-deeper',
      mutation: 'sharpened-constant',
      belief: 'Jensen gives a whole percent away at n = 20, b = 1/2',
      witness: { components: 20, momentum: 0.5 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: ({ components, momentum }) =>
          exactly(cautiousDriftBound(components, momentum).bound.times(aboveOne(1, 100))),
      }),
    },
  ],
});
