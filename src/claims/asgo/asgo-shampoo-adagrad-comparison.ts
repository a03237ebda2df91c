import fc from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing } from '../../claim/enclosure.ts';
import { gradientStream, type NumericMatrix } from '../../instances/gradient-stream.ts';
import { around, type Interval, interval, multiply, squareRoot } from '../../kernels/exact/interval.ts';
import { rank } from '../../kernels/exact/linear-solve.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { traceOfRoot } from '../../kernels/matrix/trace-power.ts';
import { gramSum } from '../../problems/regret.ts';

/**
 * The gradient-dependent factors of the regret bounds of ASGO, Shampoo, full-matrix AdaGrad and AdaGrad-Norm on one sequence of
 * gradients, V = sum GGᵀ, R = sum GᵀG, S = sum ggᵀ.
 *
 * ASGO's tr V^(1/2) is never more than Shampoo's tr V^(1/4) tr R^(1/4). Against full-matrix AdaGrad nothing can be said: its
 * tr S^(1/2) lies between tr V^(1/2)/sqrt m and sqrt n tr V^(1/2), both attained. Low rank helps only when the columns of all
 * gradients share a small space: tr V^(1/2) <= sqrt(rank V sum ||G||_F²). Bounds are compared at equal gradients; the methods
 * themselves would see others.
 */

interface Instance {
  readonly gradients: readonly NumericMatrix[];
}

type Rows = readonly (readonly Rational[])[];

interface Traces {
  readonly asgo: Interval;
  readonly shampoo: Interval;
  readonly full: Interval;
  readonly frobenius: Interval;
}

const rationals = ({ gradients }: Instance): readonly Rows[] =>
  gradients.map((G) => G.map((row) => row.map((x) => Rational.from(x))));
const shape = ({ gradients }: Instance): readonly [number, number] => [
  gradients[0]?.length ?? 0,
  gradients[0]?.[0]?.length ?? 0,
];
const gram = (instance: Instance): Rows => gramSum(rationals(instance), 'left');

function traces(instance: Instance): Traces {
  const gradients = rationals(instance);
  const [V, R] = [gramSum(gradients, 'left'), gramSum(gradients, 'right')];
  // each gradient as one column
  const S = gramSum(
    gradients.map((G) => G.flat().map((g) => [g])),
    'left',
  );
  const squares = Rational.sum(V.map((row, i) => row[i] ?? Rational.ZERO));
  return {
    asgo: traceOfRoot(V, 2),
    shampoo: multiply(traceOfRoot(V, 4), traceOfRoot(R, 4)),
    full: traceOfRoot(S, 2),
    frobenius: squareRoot(around(squares)),
  };
}

const rooted = (x: Interval, factor: number): Enclosure => enclosing(multiply(squareRoot(interval(factor)), x));

const unit = (rows: number, columns: number, i: number, j: number): NumericMatrix =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (__, c) => (r === i && c === j ? 1 : 0)));
const basis = (rows: number, columns: number): Instance => ({
  gradients: Array.from({ length: rows * columns }, (_, k) =>
    unit(rows, columns, Math.floor(k / columns), k % columns),
  ),
});
const identity = (size: number): Instance => ({
  gradients: [Array.from({ length: size }, (_, r) => Array.from({ length: size }, (__, c) => (r === c ? 1 : 0)))],
});
/** e_t e_1ᵀ: every gradient has rank 1, V has full rank. */
const spread = (size: number): Instance => ({
  gradients: Array.from({ length: size }, (_, t) => unit(size, size, t, 0)),
});

const EXTREMES: readonly Instance[] = [
  { gradients: [unit(2, 2, 0, 1)] },
  identity(3),
  basis(2, 3),
  spread(3),
  {
    gradients: [
      [
        [1, 2],
        [2, 4],
      ],
      [
        [2, 4],
        [4, 8],
      ],
    ],
  },
];

export default defineClaim<Instance, Traces>({
  id: 'asgo-shampoo-adagrad-comparison',
  statement: String.raw`Let $V = \sum G_tG_t^T$, $R = \sum G_t^TG_t$, $S = \sum g_tg_t^T$, $g_t = \mathrm{vec}\,G_t$, $G_t \in \mathbb{R}^{m\times n}$. Then
$\mathrm{tr}V^{1/2} \le \mathrm{tr}V^{1/4}\,\mathrm{tr}R^{1/4}$, $\mathrm{tr}V^{1/2} \le \sqrt m\,\mathrm{tr}S^{1/2}$, $\mathrm{tr}S^{1/2} \le \sqrt n\,\mathrm{tr}V^{1/2}$ and
$\mathrm{tr}V^{1/2} \le \sqrt{\mathrm{rank}V\,\sum\|G_t\|_F^2}$, each attained.`,
  source: {
    paper: 'ASGO (An et al. 2025)',
    locus: 'comparison of the rates with Shampoo and AdaGrad',
    arxiv: '2503.20762',
    printed: 'corrected',
    erratum:
      'The bound of ASGO is below that of Shampoo always, but it is not comparable with that of full-matrix AdaGrad: it is larger by ' +
      'sqrt m on a single identity gradient and a start at rank-one distance. Low rank of each gradient gives nothing; it is the rank of V that counts.',
  },
  assumptions: [{ id: 'gradients', text: 'at least one gradient', holds: ({ gradients }) => gradients.length >= 1 }],
  families: [
    // one row or one column is at equality
    { id: 'streams', role: 'extremal', arbitrary: gradientStream(3, 4).map(({ gradients }) => ({ gradients })) },
    {
      id: 'several',
      role: 'extremal',
      arbitrary: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 2 }).map(([a = 1, b = 1]) => ({
        gradients: [[[a, 2 * a]], [[b, 2 * b]]],
      })),
    },
    { id: 'attained', role: 'extremal', instances: EXTREMES },
  ],
  operations: [],
  observe: (instance) => observeNothing(traces(instance)),
  relation: 'at-most',
  measure: (_, { asgo }) => enclosing(asgo),
  bound: (instance) => enclosing(traces(instance).shampoo),
  proof: [
    {
      id: 'full-from-below',
      text: String.raw`\mathrm{tr}V^{1/2} \le \sqrt m\,\mathrm{tr}S^{1/2}`,
      lhs: (_, { asgo }) => enclosing(asgo),
      rhs: (instance, { full }) => rooted(full, shape(instance)[0]),
    },
    {
      id: 'full-from-above',
      text: String.raw`\mathrm{tr}S^{1/2} \le \sqrt n\,\mathrm{tr}V^{1/2}`,
      lhs: (_, { full }) => enclosing(full),
      rhs: (instance, { asgo }) => rooted(asgo, shape(instance)[1]),
    },
    {
      id: 'low-rank',
      text: String.raw`\mathrm{tr}V^{1/2} \le \sqrt{\mathrm{rank}V\,\sum\|G_t\|_F^2}`,
      lhs: (_, { asgo }) => enclosing(asgo),
      rhs: (instance, { frobenius }) => rooted(frobenius, rank(gram(instance))),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.9999, family: 'attained' },
  controls: [
    {
      id: 'always-below-full-adagrad',
      mutation: 'as-printed',
      belief: 'The bound of ASGO is never above that of full-matrix AdaGrad',
      witness: identity(6),
      mutate: (claim) => ({ ...claim, proof: [], bound: (instance) => enclosing(traces(instance).full) }),
    },
    {
      id: 'less-than-root-n',
      mutation: 'sharpened-constant',
      belief: 'Full-matrix AdaGrad loses less than sqrt n to ASGO',
      witness: basis(2, 3),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (_, { full }) => enclosing(full),
        bound: (instance) => {
          const { lo, hi } = rooted(traces(instance).asgo, shape(instance)[1]);
          return enclosing(multiply({ lo, hi }, around('99/100')));
        },
      }),
    },
    {
      id: 'rank-of-each-gradient',
      mutation: 'as-printed',
      belief: 'Gradients of low rank are enough for the gain',
      witness: spread(6),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => {
          const most = Math.max(0, ...rationals(instance).map((G) => rank(G)));
          return rooted(traces(instance).frobenius, most);
        },
      }),
    },
    {
      id: 'one-factor',
      mutation: 'sharpened-constant',
      belief: 'One of the two factors of Shampoo is enough: tr V^(1/2) <= tr V^(1/4)',
      witness: { gradients: [[[16]]] },
      mutate: (claim) => ({ ...claim, proof: [], bound: (instance) => enclosing(traceOfRoot(gram(instance), 4)) }),
    },
  ],
});
