import fc from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';

/**
 * A random level turns a sequence of ever better estimates into an estimate with the bias of the best one, at the price of
 * a few.
 *
 * With P(J = j) = 2^-j for j <= jmax and no correction otherwise, x_0 + 2^J (x_J - x_{J-1}) has mean
 * x_0 + sum (x_j - x_{j-1}) = x_jmax: each probability cancels its weight, and the sum telescopes. With level j costing
 * 2^j the correction costs jmax on average. Nothing is lost: the identity is exact for every sequence.
 */

interface Instance {
  /** x_0, …, x_jmax. */
  readonly levels: readonly Numeric[];
}

/** The weight of the correction at level j, and the probability of that level. */
interface Scheme {
  weight(level: number): Rational;
  probability(level: number): Rational;
}

const TWO = Rational.of(2);
const SCHEME: Scheme = { weight: (j) => TWO.power(j), probability: (j) => TWO.power(-j) };

const last = ({ levels }: Instance): Rational => Rational.from(levels.at(-1) ?? 0);
const indices = ({ levels }: Instance): readonly number[] => levels.slice(1).map((_, i) => i + 1);

/** E[x_0 + weight (x_J - x_{J-1})], by enumerating the levels. */
function mean(instance: Instance, { weight, probability }: Scheme): Rational {
  const x = instance.levels.map(Rational.from);
  const at = (j: number): Rational => x[j] ?? Rational.ZERO;
  const corrections = indices(instance).map((j) =>
    probability(j)
      .times(weight(j))
      .times(at(j).minus(at(j - 1))),
  );
  return at(0).plus(Rational.sum(corrections));
}

const withScheme =
  (change: Partial<Scheme>) =>
  (_: Instance): Scheme => ({ ...SCHEME, ...change });

const ones = Array.from({ length: 9 }, (_, j) => (j === 8 ? 1 : 0));

export default defineClaim<Instance, Scheme>({
  id: 'mlmc-bias-reduction',
  statement: String.raw`Let $x_0, \dots, x_{j_{\max}}$ be real and $P(J = j) = 2^{-j}$ for $1 \le j \le j_{\max}$, with no correction otherwise. Then
$\mathbb{E}[x_0 + 2^J (x_J - x_{J-1})] = x_{j_{\max}}$, and with level $j$ at cost $2^j$ the mean cost of the correction is $j_{\max}$.`,
  source: {
    paper: 'Ball-oracle acceleration and its neighbours (Carmon et al. 2020-2023, Cohen et al. 2017, Adil et al. 2024)',
    locus: 'stochastic bias reduction by multilevel Monte Carlo (Asi, Carmon, Jambulapati, Jin, Sidford)',
    arxiv: '2106.09481',
    printed: 'holds',
  },
  assumptions: [{ id: 'a-level', text: 'two or more levels', holds: ({ levels }) => levels.length >= 2 }],
  families: [
    {
      id: 'fractions',
      role: 'generic',
      arbitrary: fc.record({ levels: fc.array(smallFraction(100, 12), { minLength: 2, maxLength: 12 }) }),
    },
    {
      id: 'converging',
      role: 'adversarial',
      instances: [3, 8, 40].map((most) => ({
        levels: Array.from({ length: most + 1 }, (_, j) => Rational.ONE.minus(TWO.power(-j)).toString()),
      })),
    },
    { id: 'last-level-alone', role: 'extremal', instances: [{ levels: [0, 1] }, { levels: ones }] },
  ],
  operations: [],
  observe: () => observeNothing(SCHEME),
  relation: 'equals',
  measure: (instance, scheme) => exactly(mean(instance, scheme)),
  bound: (instance) => exactly(last(instance)),
  proof: [
    {
      id: 'probabilities',
      text: String.raw`\sum_{j \le j_{\max}} 2^{-j} \le 1`,
      lhs: (instance, { probability }) => exactly(Rational.sum(indices(instance).map(probability))),
      rhs: () => exactly(1),
    },
    {
      id: 'cost',
      text: String.raw`\sum_{j \le j_{\max}} 2^{-j} 2^j \le j_{\max}`,
      lhs: (instance, { probability }) =>
        exactly(Rational.sum(indices(instance).map((j) => probability(j).times(TWO.power(j))))),
      rhs: (instance) => exactly(instance.levels.length - 1),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1, family: 'last-level-alone' },
  controls: [
    {
      id: 'half-the-weight',
      mutation: 'broken-subject',
      belief: 'The weight 2^(J-1) removes the bias too',
      witness: { levels: [0, 1] },
      mutate: (claim) => ({
        ...claim,
        observe: (i) => observeNothing(withScheme({ weight: (j) => TWO.power(j - 1) })(i)),
      }),
    },
    {
      id: 'levels-from-zero',
      mutation: 'broken-subject',
      belief: 'P(J = j) = 2^-(j+1) does as well',
      witness: { levels: [0, 1] },
      mutate: (claim) => ({
        ...claim,
        observe: (i) => observeNothing(withScheme({ probability: (j) => TWO.power(-j - 1) })(i)),
      }),
    },
    {
      id: 'unbiased-for-the-limit',
      mutation: 'sharpened-constant',
      belief: 'The estimate is unbiased for the limit of the sequence',
      witness: { levels: ['0', '1/2', '3/4'] },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [claim.families[1] ?? claim.families[0]],
        tightness: { ...claim.tightness, family: 'converging' },
        bound: () => exactly(1),
      }),
    },
  ],
});
