import { observeNothing } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import {
  add,
  around,
  divide,
  type Interval,
  interval,
  multiply,
  squareRoot,
  subtract,
} from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';

/**
 * The distance D in the regret bound of ASGO is not bounded by the data of the problem.
 *
 * With f = 0 and fair signs as gradients, V_t = t whatever the draws are, so W_T = -sum eps_t/sqrt(t) and the mean of W_T² is the
 * harmonic number H_T = 1 + 1/2 + … + 1/T: the cross terms have mean 0. H_T grows without bound (by at least 1/2 from T to 2T),
 * although every point is optimal and E G² = 1. Online linear losses are worse: T/2 gradients +1, then as many -1, carry the
 * iterate to a distance near sqrt(2T). So without a projection the regret bound does not imply convergence.
 */

interface Instance {
  /** T = 2^doublings steps, eta = 1, W_0 = W* = 0. */
  readonly doublings: number;
}

interface Observed {
  /** E W_T², summed from the exact second moments of the draws. */
  readonly meanSquare: Rational;
  /** max |W_t| of the linear stream of 2T gradients. */
  readonly linearDistance: Interval;
}

const stepsOf = ({ doublings }: Instance): number => 2 ** doublings;

/** E eps_s eps_r of independent fair signs, by enumerating the two draws. */
function secondMoment(isSame: 'same' | 'different'): Rational {
  const draws = [-1, 1];
  const products = isSame === 'same' ? draws.map((e) => e * e) : draws.flatMap((e) => draws.map((d) => e * d));
  return Rational.of(
    products.reduce((total, x) => total + x, 0),
    products.length,
  );
}

/** sum over s, r of E[eps_s eps_r] / sqrt(s r): rational, since the moments of different draws vanish. */
function meanSquare(instance: Instance): Rational {
  if (secondMoment('different').sign() !== 0) throw new RangeError('meanSquare: uncorrelated draws, got others');
  const own = secondMoment('same');
  const terms = Array.from({ length: stepsOf(instance) }, (_, i) => own.dividedBy(Rational.of(i + 1)));
  return Rational.sum(terms);
}

/** sum_{t <= T} 1/sqrt(t): where the stream of T gradients +1 has carried the iterate. */
function linearDistance(instance: Instance): Interval {
  let total = interval(0);
  for (let t = 1; t <= stepsOf(instance); t += 1) total = add(total, divide(interval(1), squareRoot(interval(t))));
  return total;
}

const observed = (instance: Instance): Observed => ({
  meanSquare: meanSquare(instance),
  linearDistance: linearDistance(instance),
});

const instances: readonly Instance[] = [0, 1, 2, 3, 5, 8, 10].map((doublings) => ({ doublings }));

export default defineClaim<Instance, Observed>({
  id: 'asgo-dop-unbounded',
  statement: String.raw`For ASGO on $\mathbb{R}$ with $\eta = 1$, $\epsilon = 0$, $W_0 = W_* = 0$, $f = 0$ and independent fair signs $G_t$ (so $\mathbb{E}G_t^2 = 1$):
$\mathbb{E}\,W_T^2 = H_T \ge 1 + \tfrac12\log_2 T$ for $T = 2^k$, hence no constant bounds $D = \max_t |W_t - W_*|$; and for $2T$ linear losses with
gradients $+1$ ($T$ times) and then $-1$: $D \ge 2(\sqrt{T+1} - 1)$.`,
  source: {
    paper: 'ASGO (An et al. 2025)',
    locus: 'the quantity D in Theorem 1, and the reply that it is bounded in practice',
    arxiv: '2503.20762',
    printed: 'corrected',
    erratum:
      'As we read it, Theorem 1 is stated with D = max ||W_t - W*||, which is a property of the path. It is true; but since D grows without ' +
      'bound on these instances it does not imply convergence unless the iterates are projected on a bounded set.',
  },
  assumptions: [
    { id: 'steps', text: 'T >= 1', holds: ({ doublings }) => Number.isInteger(doublings) && doublings >= 0 },
  ],
  families: [{ id: 'fair-signs', role: 'extremal', instances }],
  operations: [],
  observe: (instance) => observeNothing(observed(instance)),
  relation: 'at-least',
  measure: (_, { meanSquare: mean }) => exactly(mean),
  bound: ({ doublings }) => exactly(Rational.ONE.plus(Rational.of(doublings, 2))),
  proof: [
    {
      id: 'harmonic',
      text: String.raw`H_{2T} - H_T \ge \tfrac12`,
      lhs: () => exactly('1/2'),
      rhs: ({ doublings }) => exactly(meanSquare({ doublings: doublings + 1 }).minus(meanSquare({ doublings }))),
    },
    {
      id: 'linear-losses',
      text: String.raw`2(\sqrt{T+1} - 1) \le D`,
      lhs: (instance) =>
        enclosing(multiply(interval(2), subtract(squareRoot(interval(stepsOf(instance) + 1)), interval(1)))),
      rhs: (_, { linearDistance: distance }) => enclosing(distance),
    },
    {
      id: 'linear-losses-from-above',
      text: String.raw`\sum_{t \le T} t^{-1/2} \le 2\sqrt T - 1`,
      lhs: (_, { linearDistance: distance }) => enclosing(distance),
      rhs: (instance) => enclosing(subtract(multiply(interval(2), squareRoot(around(stepsOf(instance)))), interval(1))),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1, family: 'fair-signs' },
  controls: [
    {
      id: 'bounded-by-the-start',
      mutation: 'sharpened-constant',
      belief: 'The iterates stay within |W_0 - W*| + eta of the optimum',
      witness: { doublings: 2 },
      mutate: (claim) => ({ ...claim, proof: [], relation: 'at-most', bound: () => exactly(1) }),
    },
    {
      id: 'bounded-at-all',
      mutation: 'sharpened-constant',
      belief: 'Some constant bounds the mean squared distance, say 4',
      witness: { doublings: 8 },
      mutate: (claim) => ({ ...claim, proof: [], relation: 'at-most', bound: () => exactly(4) }),
    },
    {
      id: 'faster-growth',
      mutation: 'sharpened-constant',
      belief: 'Each doubling adds 3/4',
      witness: { doublings: 5 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: ({ doublings }) => exactly(Rational.ONE.plus(Rational.of(3 * doublings, 4))),
      }),
    },
  ],
});
