import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { around } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { type EnsembleInput, maskedAdamEnsembleOperation } from '../../operations/masked-adam-ensemble.ts';

/**
 * Who diverges and who converges on the authors' own example, by thousands of seeds.
 *
 * The certified drifts of `mgup-cautious-drift` and `mgup-gamma-threshold` speak of the linear part in the stationary
 * regime with beta2 -> 1. This claim runs the whole methods, beta2 = 0.999, from x = -1/2 on the Huberised example: where
 * the drift is the wrong way, more than half of the seeds are still on the linear part after T steps; where it is the
 * right way, more than half have settled at the minimiser -2.
 *
 * The enclosure of a probability is Hoeffding's: with N independent seeds the frequency is within
 * sqrt(ln(1/alpha) / (2N)) of it on the side that matters, but for probability alpha.
 */

interface Instance extends EnsembleInput {
  /** What more than half of the seeds do. */
  readonly expected: 'settled' | 'astray';
}

interface Observed {
  readonly settled: Numeric;
  readonly astray: Numeric;
}

const LANES = 1000;
const FALSE_ALARM = 1e-9;

const example = (change: Partial<Instance>): Instance => ({
  components: 10,
  dimension: 1,
  form: 'sign',
  k: 0,
  amplify: 1,
  damp: 1,
  learningRate: 0.05,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  start: -0.5,
  steps: 6000,
  lanes: LANES,
  seed: 1,
  expected: 'settled',
  ...change,
});

const WRONG_WAY: readonly Instance[] = [
  example({ amplify: 1, damp: 0, expected: 'astray' }),
  example({ amplify: 2, damp: 0.5, expected: 'astray' }),
  example({ amplify: 2, damp: 0.5, form: 'top-k', k: 1, dimension: 2, components: 20, expected: 'astray' }),
];
const RIGHT_WAY: readonly Instance[] = [
  example({}),
  example({ amplify: 1, damp: 0.81 }),
  example({ components: 4, amplify: 1, damp: 0 }),
];
const METHODS = [...WRONG_WAY, ...RIGHT_WAY];

/** The same but for the seed. */
const isSameMethod = (method: Instance, instance: Instance): boolean =>
  JSON.stringify({ ...method, seed: 0 }) === JSON.stringify({ ...instance, seed: 0 });

/** sqrt(ln(1/alpha) / (2N)), rounded up well beyond the error of log and sqrt. */
const hoeffding = (lanes: number): number => Math.sqrt(Math.log(1 / FALSE_ALARM) / (2 * lanes)) * (1 + 2 ** -40);

const probability = (frequency: Numeric, lanes: number): Enclosure => {
  const { lo, hi } = around(frequency, hoeffding(lanes));
  return enclosing({ lo: Math.max(0, lo), hi: Math.min(1, hi) });
};

const HALF = Rational.of(1, 2);

export default defineClaim<Instance, Observed>({
  id: 'mgup-divergence-of-seeds',
  statement: String.raw`On the Huberised example with $n$ components, from $x_0 = -\tfrac12$ with $\eta = 0.05$, $\beta_1 = 0.9$, $\beta_2 = 0.999$,
after $T = 6000$ steps: $P(x_T > -1) \ge \tfrac12$ for Cautious-Adam and for MGUP with $(\alpha, \gamma) = (2, \tfrac12)$ in its sign form at
$n = 10$ and in its top-$K$ form ($d = 2$, $K = 1$) at $n = 20$; $P(|x_T + 2| < \tfrac15) \ge \tfrac12$ for Adam, for the sign form with
$\gamma/\alpha = 0.81$ at $n = 10$, and for Cautious-Adam at $n = 4$.`,
  source: {
    paper: 'derived here',
    locus: 'simulation of the example of MGUP (Chang and Yuan 2025)',
    arxiv: '2606.17526',
    printed: 'not-printed',
  },
  assumptions: [
    {
      id: 'one-of-the-six',
      text: 'one of the six methods of the statement with its constants, for any draws',
      holds: (instance) => METHODS.some((method) => isSameMethod(method, instance)),
    },
    {
      id: 'enough-seeds',
      text: 'enough seeds that the enclosure of a probability has a width below 1/4',
      holds: ({ lanes }) => 2 * hoeffding(lanes) < 1 / 4,
    },
  ],
  families: [
    { id: 'wrong-way', role: 'adversarial', instances: WRONG_WAY },
    { id: 'right-way', role: 'generic', instances: RIGHT_WAY },
  ],
  operations: [maskedAdamEnsembleOperation],
  *observe({ expected: _, ...input }) {
    const { output } = yield* ask(maskedAdamEnsembleOperation, input);
    return output;
  },
  relation: 'at-least',
  measure: ({ expected, lanes }, observed) => probability(observed[expected], lanes),
  bound: () => exactly(HALF),
  proof: [
    {
      id: 'disjoint',
      text: String.raw`P(x_T > -1) + P(|x_T + 2| < \tfrac15) \le 1`,
      lhs: (_, { settled, astray }) => exactly(Rational.from(settled).plus(Rational.from(astray))),
      rhs: () => exactly(1),
    },
  ],
  exactness: { level: 'statistical', samples: LANES, falseAlarm: FALSE_ALARM },
  tightness: { supremum: 'unknown', floor: 0.4, family: 'wrong-way' },
  controls: [
    {
      id: 'mgup-settles',
      mutation: 'as-printed',
      belief: 'MGUP with the default tau = 1/2 converges on the example',
      witness: example({ amplify: 2, damp: 0.5, expected: 'settled' }),
      mutate: (claim) => ({
        ...claim,
        assumptions: [],
        families: [{ id: 'wrong-way', role: 'adversarial', instances: [example({ amplify: 2, damp: 0.5 })] }],
      }),
    },
    {
      id: 'cautious-always-diverges',
      mutation: 'dropped-assumption',
      belief: 'Cautious-Adam diverges on the example for every n',
      witness: example({ components: 4, amplify: 1, damp: 0, expected: 'astray' }),
      mutate: (claim) => ({
        ...claim,
        assumptions: [],
        families: [
          {
            id: 'small-n',
            role: 'generic',
            instances: [3, 4].map((components) => example({ components, amplify: 1, damp: 0, expected: 'astray' })),
          },
        ],
        tightness: { ...claim.tightness, family: 'small-n' },
      }),
    },
    {
      id: 'adam-diverges',
      mutation: 'sharpened-constant',
      belief: 'Adam itself diverges on the example',
      witness: example({ expected: 'astray' }),
      mutate: (claim) => ({
        ...claim,
        assumptions: [],
        families: [{ id: 'wrong-way', role: 'adversarial', instances: [example({ expected: 'astray' })] }],
      }),
    },
  ],
});
