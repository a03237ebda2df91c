import fc, { type Arbitrary } from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { enclosing } from '../../claim/enclosure.ts';
import { hoverAndDescend, type NumericMatrix } from '../../instances/gradient-stream.ts';
import { around, divide, type Interval, interval, multiply, squareRoot, sum } from '../../kernels/exact/interval.ts';
import { ldlt } from '../../kernels/exact/ldlt.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { traceOfRoot } from '../../kernels/matrix/trace-power.ts';
import { differenceOfRows, gramSum } from '../../problems/regret.ts';

/**
 * The gradient-dependent factor of the regret bound of ASGO in expectation: if the conditional second moments of the gradients
 * stay below Q², then E tr V_{T-1}^(1/2) <= sqrt(T) tr Q, so the mean regret is at most (D²/(2 eta) + eta) tr Q / sqrt T.
 *
 * Why: the trace of the root is concave (Jensen) and the root is operator monotone. Equality needs V not to vary and every
 * second moment to be Q². Expectations are exact: every sequence of equally likely draws is enumerated.
 */

interface Instance {
  /** At each step, equally likely gradients, drawn independently. */
  readonly draws: readonly (readonly NumericMatrix[])[];
  /** The diagonal of Q. */
  readonly q: readonly Numeric[];
}

type Rows = readonly (readonly Rational[])[];

const rationals = (A: NumericMatrix): Rows => A.map((row) => row.map((x) => Rational.from(x)));

/** E G Gᵀ of one step. */
function secondMoment(choices: readonly NumericMatrix[]): Rows {
  const total = gramSum(choices.map(rationals), 'left');
  return total.map((row) => row.map((x) => x.dividedBy(Rational.of(choices.length))));
}

const squareOfQ = ({ q }: Instance): Rows =>
  q.map((x, i) => q.map((_, j) => (i === j ? Rational.from(x).power(2) : Rational.ZERO)));

/** Every sequence of draws. */
function sequences(draws: Instance['draws']): readonly (readonly NumericMatrix[])[] {
  let all: readonly (readonly NumericMatrix[])[] = [[]];
  for (const choices of draws) all = all.flatMap((past) => choices.map((G) => [...past, G]));
  return all;
}

/** E tr V^(1/2). */
function meanTrace({ draws }: Instance): Interval {
  const all = sequences(draws);
  const traces = all.map((gradients) => traceOfRoot(gramSum(gradients.map(rationals), 'left'), 2));
  return divide(sum(traces), interval(all.length));
}

/** tr (E V)^(1/2). */
const traceOfMean = ({ draws }: Instance): Interval => {
  const moments = draws.map(secondMoment);
  const total = moments.reduce((a, b) => a.map((row, i) => row.map((x, j) => x.plus(b[i]?.[j] ?? Rational.ZERO))));
  return traceOfRoot(total, 2);
};

const rootOfSteps = ({ draws }: Instance): Interval => squareRoot(interval(draws.length));
const scaledBy = (instance: Instance, size: Interval): Interval => multiply(rootOfSteps(instance), size);
const traceOfQ = ({ q }: Instance): Interval => around(Rational.sum(q.map((x) => Rational.from(x))));

const matrices = (rows: number, columns: number): Arbitrary<NumericMatrix> =>
  fc.array(
    fc.array(
      fc.integer({ min: -8, max: 8 }).map((k) => k / 4),
      { minLength: columns, maxLength: columns },
    ),
    { minLength: rows, maxLength: rows },
  );

/** Q = q I for an integer q with q² at least the trace of every second moment. */
const random: Arbitrary<Instance> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(matrices(rows, columns), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
  )
  .map((draws) => {
    const traces = draws.map((choices) => Rational.sum(secondMoment(choices).map((row, i) => row[i] ?? Rational.ZERO)));
    const [, above] = Rational.max(Rational.ONE, ...traces).squareRootBounds(8);
    return { draws, q: (draws[0]?.[0] ?? []).map(() => above.toString()) };
  });

const stream = (hover: number, descent: number): Instance => ({
  draws: hoverAndDescend(0.75, hover, descent).gradients.map((G) => [G]),
  q: [1],
});

const SIGNS: Instance = { draws: new Array<readonly NumericMatrix[]>(8).fill([[[1]], [[-1]]]), q: [1] };
const IDENTITY: Instance = {
  draws: new Array<readonly NumericMatrix[]>(4).fill([
    [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ],
  ]),
  q: [1, 1, 1, 1],
};
/** 0 or 2 with equal chances: the mean of the root is 1, the root of the mean sqrt 2. */
const GAMBLE: Instance = { draws: [[[[0]], [[2]]]], q: [Rational.of(3, 2).toString()] };

const withTrace = (
  claim: Claim<Instance, Interval>,
  trace: (instance: Instance) => Interval,
): Claim<Instance, Interval> => ({
  ...claim,
  proof: [],
  bound: (instance) => enclosing(scaledBy(instance, trace(instance))),
});

export default defineClaim<Instance, Interval>({
  id: 'asgo-corollary-q',
  statement: String.raw`If $\mathbb{E}[G_tG_t^T \mid \text{past}] \preceq Q^2$ for all $t < T$ with $Q \succeq 0$, then
$\mathbb{E}\,\mathrm{tr}\,V_{T-1}^{1/2} \le \mathrm{tr}\,(\mathbb{E}V_{T-1})^{1/2} \le \sqrt T\,\mathrm{tr}\,Q$. With $D$ bounding the spectral distances almost surely and unbiased $G_t$:
$\frac1T\sum\mathbb{E}[f(W_t) - f^*] \le (\frac{D^2}{2\eta} + \eta)\frac{\mathrm{tr}Q}{\sqrt T} + \frac{\epsilon m D^2}{2\eta T}$.`,
  source: {
    paper: 'ASGO (An et al. 2025)',
    locus: 'corollary of Theorem 1, derived again here',
    arxiv: '2503.20762',
    printed: 'holds',
  },
  assumptions: [
    {
      id: 'second-moments',
      text: 'every second moment is at most Q²',
      holds: (instance) =>
        instance.draws.every(
          (choices) => ldlt(differenceOfRows(squareOfQ(instance), secondMoment(choices))).kind !== 'indefinite',
        ),
    },
    {
      id: 'nonnegative',
      text: 'Q has no negative entry',
      holds: ({ q }) => q.every((x) => Rational.from(x).sign() >= 0),
    },
  ],
  families: [
    { id: 'enumerated', role: 'generic', arbitrary: random },
    { id: 'attained', role: 'extremal', instances: [SIGNS, IDENTITY, { draws: [[[[3]]]], q: [3] }] },
    { id: 'with-slack', role: 'generic', instances: [GAMBLE, stream(400, 100), stream(50, 40)] },
  ],
  operations: [],
  observe: (instance) => observeNothing(meanTrace(instance)),
  relation: 'at-most',
  measure: (_, trace) => enclosing(trace),
  bound: (instance) => enclosing(scaledBy(instance, traceOfQ(instance))),
  proof: [
    {
      id: 'jensen',
      text: String.raw`\mathbb{E}\,\mathrm{tr}V^{1/2} \le \mathrm{tr}\,(\mathbb{E}V)^{1/2}`,
      lhs: (_, trace) => enclosing(trace),
      rhs: (instance) => enclosing(traceOfMean(instance)),
    },
    {
      id: 'monotone-root',
      text: String.raw`\mathrm{tr}\,(\mathbb{E}V)^{1/2} \le \sqrt T\,\mathrm{tr}Q`,
      lhs: (instance) => enclosing(traceOfMean(instance)),
      rhs: (instance) => enclosing(scaledBy(instance, traceOfQ(instance))),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.9999, family: 'attained' },
  controls: [
    {
      id: 'frobenius-of-q',
      mutation: 'sharpened-constant',
      belief: 'The Frobenius norm of Q is enough',
      witness: IDENTITY,
      mutate: (claim) =>
        withTrace(claim, ({ q }) => squareRoot(around(Rational.sum(q.map((x) => Rational.from(x).power(2)))))),
    },
    {
      id: 'spectral-of-q',
      mutation: 'sharpened-constant',
      belief: 'The spectral norm of Q is enough',
      witness: IDENTITY,
      mutate: (claim) =>
        withTrace(claim, ({ q }) => around(Rational.max(Rational.ZERO, ...q.map((x) => Rational.from(x))))),
    },
    {
      id: 'reversed-jensen',
      mutation: 'sharpened-constant',
      belief: 'The mean of the root is the root of the mean',
      witness: GAMBLE,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-least',
        bound: (instance) => enclosing(traceOfMean(instance)),
      }),
    },
    {
      id: 'without-the-moments',
      mutation: 'dropped-assumption',
      drops: 'second-moments',
      belief: 'Any Q will do',
      witness: { draws: [[[[2]]]], q: [1] },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'second-moments'),
        families: [
          {
            id: 'attained',
            role: 'adversarial',
            arbitrary: random.map(({ draws, q }) => ({ draws, q: q.map(() => '1/4') })),
          },
        ],
      }),
    },
  ],
});
