import fc, { type Arbitrary } from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import { dyadic, smallFraction } from '../../instances/dyadic.ts';
import { exp, log } from '../../kernels/exact/elementary.ts';
import {
  absolute,
  add,
  around,
  divide,
  type Interval,
  maximum,
  multiply,
  subtract,
  sum,
} from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { dot, multipleOf, type RationalVector, squaredNorm, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { PAPER } from './parts/paper.ts';

/**
 * The softmax of N functions is within epsilon/2 of their maximum, and the weights of its gradient are stable in a ball
 * whose radius does not depend on N: s = epsilon/(2 ln N), r = s/L, and no weight changes by more than the factor e².
 *
 * Over the ball a value moves by at most s, which is one e-folding of its weight; the common denominator moves by at most
 * another. Both happen at once, in opposite directions, where one function of vanishing weight rises while the rest fall:
 * the factor e² is the supremum, and no instance attains it. The gap ln N of the softmax is attained by equal values.
 */

interface Instance {
  /** f_i(y) = values_i + <slopes_i, y>. */
  readonly values: readonly Numeric[];
  readonly slopes: readonly (readonly Numeric[])[];
  /** L, a Lipschitz constant of every f_i. */
  readonly lipschitz: Numeric;
  /** s; epsilon = 2 s ln N. */
  readonly smoothing: Numeric;
  /** y - x in units of the radius s/L; x = 0. */
  readonly direction: readonly Numeric[];
}

/** What a softmax is made of: the values before and after the move, and the temperature. */
interface Observed {
  readonly before: RationalVector;
  readonly after: RationalVector;
  readonly temperature: Rational;
}

interface Setting {
  readonly radii: number;
  readonly temperatures: number;
}

const largest = (values: RationalVector): Rational => Rational.max(values[0] ?? Rational.ZERO, ...values);

/** ln sum exp(v_i / s), the largest taken out. */
function logSum(values: RationalVector, s: Rational): Interval {
  const top = largest(values);
  const terms = values.map((v) => exp(around(v.minus(top).dividedBy(s))));
  return add(around(top.dividedBy(s)), log(sum(terms)));
}

const observed =
  ({ radii, temperatures }: Setting) =>
  ({ values, slopes, lipschitz, smoothing, direction }: Instance): Observed => {
    const before = vectorFrom(values);
    const s = Rational.from(smoothing);
    const y = multipleOf(s.times(Rational.of(radii)).dividedBy(Rational.from(lipschitz)), vectorFrom(direction));
    const after = before.map((v, i) => v.plus(dot(vectorFrom(slopes[i] ?? []), y)));
    return { before, after, temperature: s.times(Rational.of(temperatures)) };
  };

/** max |ln p_i(y) - ln p_i(x)|. */
function weightChange({ before, after, temperature }: Observed): Interval {
  const common = subtract(logSum(after, temperature), logSum(before, temperature));
  const changes = before.map((v, i) => {
    const own = (after[i] ?? v).minus(v).dividedBy(temperature);
    return absolute(subtract(around(own), common));
  });
  return changes.reduce(maximum, { lo: 0, hi: 0 });
}

const gap = ({ before, temperature }: Observed): Interval =>
  multiply(around(temperature), subtract(logSum(before, temperature), around(largest(before).dividedBy(temperature))));

const halfEpsilon = ({ values, smoothing }: Instance): Interval =>
  multiply(around(smoothing), log(around(values.length)));

const entry = smallFraction(6, 4);

/** Slopes of norm at most L = 3 and directions of norm at most 1, in each of two dimensions at most 2 and 3/5. */
const generic: Arbitrary<Instance> = fc.integer({ min: 2, max: 6 }).chain((count) =>
  fc.record({
    values: fc.array(entry, { minLength: count, maxLength: count }),
    slopes: fc.array(fc.tuple(dyadic(-2, 2), dyadic(-2, 2)), { minLength: count, maxLength: count }),
    lipschitz: fc.constant(3),
    smoothing: fc.constantFrom('1/8', '1/2', '1', '3'),
    direction: fc.tuple(dyadic(-0.6, 0.6), dyadic(-0.6, 0.6)),
  }),
);

/** One function far below rises by s while the others fall by s. */
const opposite = (depth: number, count: number): Instance => ({
  values: [-depth, ...Array.from({ length: count - 1 }, () => 0)],
  slopes: [[1], ...Array.from({ length: count - 1 }, () => [-1])],
  lipschitz: 1,
  smoothing: 1,
  direction: [1],
});

const equal = (count: number): Instance => ({
  values: Array.from({ length: count }, () => '7/3'),
  slopes: Array.from({ length: count }, (_, i) => [i % 2 === 0 ? 1 : -1]),
  lipschitz: 1,
  smoothing: '1/3',
  direction: [1],
});

const EXTREMAL = [opposite(10, 2), opposite(20, 5), opposite(30, 3), equal(2), equal(9)];

const withSetting = (claim: Claim<Instance, Observed>, setting: Setting): Claim<Instance, Observed> => ({
  ...claim,
  proof: [],
  observe: (instance) => observeNothing(observed(setting)(instance)),
});

export default defineClaim<Instance, Observed>({
  id: 'softmax-ball',
  statement: String.raw`Let $f_1, \dots, f_N$, $N \ge 2$, be $L$-Lipschitz, $\varepsilon > 0$, $s = \varepsilon/(2 \ln N)$, $F = \max_i f_i$, $F_s = s \ln \sum_i e^{f_i/s}$
and $p_i = e^{f_i/s}/\sum_j e^{f_j/s}$. Then $0 \le F_s - F \le \varepsilon/2$, and $|\ln p_i(y) - \ln p_i(x)| \le 2$ for all $i$ whenever
$\|y - x\| \le s/L$.`,
  source: {
    paper: PAPER,
    locus: 'exponentiated softmax and the radius of its ball oracle (Carmon, Jambulapati, Jin, Sidford 2021)',
    arxiv: '2105.01778',
    printed: 'holds',
  },
  assumptions: [
    { id: 'two-or-more', text: 'N >= 2', holds: ({ values }) => values.length >= 2 },
    {
      id: 'positive',
      text: 's > 0 and L > 0',
      holds: ({ smoothing, lipschitz }) => [smoothing, lipschitz].every((x) => Rational.from(x).sign() > 0),
    },
    {
      id: 'lipschitz',
      text: 'every f_i is L-Lipschitz',
      holds: ({ slopes, lipschitz }) =>
        slopes.every((a) => squaredNorm(vectorFrom(a)).atMost(Rational.from(lipschitz).power(2))),
    },
    {
      id: 'in-the-ball',
      text: '||y - x|| <= s/L',
      holds: ({ direction }) => squaredNorm(vectorFrom(direction)).atMost(Rational.ONE),
    },
  ],
  families: [
    { id: 'random', role: 'generic', arbitrary: generic },
    {
      id: 'equal-values',
      role: 'degenerate',
      arbitrary: generic.map((instance) => ({ ...instance, values: instance.values.map(() => '1/3') })),
    },
    { id: 'opposite-moves', role: 'extremal', instances: EXTREMAL },
  ],
  operations: [],
  observe: (instance) => observeNothing(observed({ radii: 1, temperatures: 1 })(instance)),
  relation: 'at-most',
  measure: (_, seen) => enclosing(weightChange(seen)),
  bound: () => exactly(2),
  proof: [
    {
      id: 'softmax-above',
      text: String.raw`F \le F_s`,
      lhs: () => exactly(0),
      rhs: (_, seen) => enclosing(gap(seen)),
    },
    {
      id: 'softmax-near',
      text: String.raw`F_s - F \le s \ln N = \varepsilon/2`,
      lhs: (_, seen) => enclosing(gap(seen)),
      rhs: (instance) => enclosing(halfEpsilon(instance)),
    },
    {
      id: 'values',
      text: String.raw`|f_i(y) - f_i(x)| \le s`,
      lhs: (_, { before, after }) => exactly(largest(before.map((v, i) => (after[i] ?? v).minus(v).absolute()))),
      rhs: ({ smoothing }) => exactly(smoothing),
    },
    {
      id: 'denominator',
      text: String.raw`|F_s(y) - F_s(x)| \le s`,
      lhs: (_, { before, after, temperature }) =>
        enclosing(
          multiply(around(temperature), absolute(subtract(logSum(after, temperature), logSum(before, temperature)))),
        ),
      rhs: ({ smoothing }) => exactly(smoothing),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.999, family: 'opposite-moves' },
  controls: [
    {
      id: 'twice-the-radius',
      mutation: 'dropped-assumption',
      drops: 'in-the-ball',
      belief: 'A ball of twice the radius keeps the weights within the same factor',
      witness: opposite(10, 5),
      mutate: (claim) => withSetting(claim, { radii: 2, temperatures: 1 }),
    },
    {
      id: 'one-e-folding',
      mutation: 'sharpened-constant',
      belief: 'A weight changes by the factor e at most, as its exponential does',
      witness: opposite(10, 5),
      mutate: (claim) => ({ ...claim, proof: [], bound: () => exactly(1) }),
    },
    {
      id: 'twice-the-temperature',
      mutation: 'sharpened-constant',
      belief: 'The temperature epsilon / ln N is low enough for a gap of epsilon/2',
      witness: equal(3),
      mutate: (claim) => ({
        ...withSetting(claim, { radii: 1, temperatures: 2 }),
        measure: (_, seen) => enclosing(gap(seen)),
        bound: (instance) => enclosing(halfEpsilon(instance)),
      }),
    },
    {
      id: 'gap-without-logarithm',
      mutation: 'sharpened-constant',
      belief: 'The softmax exceeds the maximum by at most s/2, however many functions there are',
      witness: equal(9),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (_, seen) => enclosing(gap(seen)),
        bound: ({ smoothing }) => enclosing(divide(around(smoothing), around(2))),
      }),
    },
  ],
});
