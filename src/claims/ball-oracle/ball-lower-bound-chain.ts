import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly, within } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { rationalUnitVector } from '../../instances/broximal/rational-sphere.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { type RationalVector, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { type BroxInput, broxOperation } from '../../operations/brox.ts';
import { chain, squaredDistance } from './parts/chain.ts';
import { PAPER } from './parts/paper.ts';

/**
 * On the chain of spacing s >= r a ball of radius r tells a method one new coordinate: N balls are needed.
 *
 * The oracle lowers every coordinate above a common level. Among untouched ones the value falls by s from one to the next, so
 * if the second untouched coordinate moved, the first would move by more than s >= r, farther than the ball reaches. The
 * threshold is the radius itself: with any s < r there are balls that reveal two coordinates. (s >= 2r would be needed of an
 * oracle that is merely local.) With s = r, N³ <= 3 (R/r)² <= (N+1)³: no method of this kind is faster than (R/r)^(2/3).
 *
 * One new coordinate is attained wherever the ball moves the first untouched one.
 */

interface Instance {
  readonly size: number;
  /** r. */
  readonly radius: Numeric;
  /** s. */
  readonly spacing: Numeric;
  /** j: the query is 0 beyond coordinate j. */
  readonly support: number;
  readonly query: readonly Numeric[];
}

interface Observed {
  readonly point: RationalVector;
  readonly error: number;
}

const { ZERO, ONE } = Rational;

const input = ({ size, spacing, query, radius }: Instance): BroxInput => ({
  function: chain(size, spacing),
  point: query,
  radius,
});

/** How many coordinates beyond the support are not 0: certainly and possibly, given the error of each. */
function revealed({ support }: Instance, { point, error }: Observed): Enclosure {
  const sizes = point.slice(support).map((u) => u.absolute());
  if (error === 0) return exactly(sizes.filter((u) => u.sign() > 0).length);
  if (!Number.isFinite(error)) return { lo: 0, hi: sizes.length };
  const e = Rational.from(error);
  return { lo: sizes.filter((u) => e.lessThan(u)).length, hi: sizes.length };
}

/** max_i (y_i - s i), clipped. */
const valueAt = ({ size, spacing }: Instance, y: RationalVector): Rational => {
  const s = Rational.from(spacing);
  return Rational.max(s.times(Rational.of(-size - 1)), ...y.map((v, i) => v.minus(s.times(Rational.of(i + 1)))));
};

/**
 * A query whose ball is known: the coordinates up to j + 1 lie above the level L = -s (j + 1) - theta by the entries of a
 * vector of norm r, theta the last; the oracle then lowers them by just that, which needs r <= theta only if j + 2 is to stay.
 */
function known(unit: RationalVector, radius: Rational, spacing: Rational, size: number): Instance {
  const moves = unit.map((x) => x.absolute().times(radius));
  const support = moves.length - 1;
  const theta = moves[support] ?? ZERO;
  const level = spacing.times(Rational.of(-support - 1)).minus(theta);
  const query = Array.from({ length: size }, (_, i) =>
    i < support
      ? level
          .plus(spacing.times(Rational.of(i + 1)))
          .plus(moves[i] ?? ZERO)
          .toString()
      : '0',
  );
  return { size, radius: radius.toString(), spacing: spacing.toString(), support, query };
}

const positive = (most: number, denominators: number): Arbitrary<Rational> =>
  smallFraction(most, denominators).map((x) => Rational.from(x).absolute().plus(Rational.of(1, 4)));

/** Supports up to 3, sizes up to 6; the excess of the spacing over the radius is often 0. */
const queries: Arbitrary<Instance> = fc
  .record({
    unit: fc.integer({ min: 1, max: 4 }).chain(rationalUnitVector),
    radius: positive(3, 3),
    excess: fc.constantFrom('0', '0', '1/100', '1', '5'),
    further: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ unit, radius, excess, further }) =>
    known(unit, radius, radius.plus(Rational.from(excess)), unit.length - 1 + further),
  );

/** Any fractions up to coordinate j: the step is seldom rational, so that the exact subject declines most. */
const anywhere: Arbitrary<Instance> = fc
  .record({
    size: fc.integer({ min: 2, max: 5 }),
    query: fc.array(smallFraction(9, 4), { minLength: 3, maxLength: 3 }),
    radius: positive(3, 3),
    excess: fc.constantFrom('0', '1/100', '1'),
  })
  .map(({ size, query, radius, excess }) => {
    const support = Math.min(query.length, size - 2);
    return {
      size,
      radius: radius.toString(),
      spacing: radius.plus(Rational.from(excess)).toString(),
      support,
      query: Array.from({ length: size }, (_, i) => (i < support ? (query[i] ?? 0) : 0)),
    };
  });

const FROM_ZERO: readonly Instance[] = [1, 2, 6].map((size) => known([ONE], ONE, ONE, size));

/** (theta, theta - s) = r (1 - m², 2m)/(1 + m²): both of the first two coordinates move. */
function tooClose(m: Rational): Instance {
  const scale = ONE.plus(m.power(2));
  const first = ONE.minus(m.power(2)).dividedBy(scale);
  const second = m.plus(m).dividedBy(scale);
  return {
    size: 4,
    radius: 1,
    spacing: first.minus(second).toString(),
    support: 0,
    query: [0, 0, 0, 0],
  };
}

/** N balls are needed: an instance whose size and spacing alone count. */
const lengthOnly = (size: number): Instance => known([ONE], ONE, ONE, size);

export default defineClaim<Instance, Observed>({
  id: 'ball-lower-bound-chain',
  statement: String.raw`Let $f(x) = \max(\max_{i \le N}(x_i - s i), -s(N+1))$ on $\mathbb{R}^N$, $s \ge r > 0$. If $y_i = 0$ for $i > j$, $j < N$, then
$u = \operatorname{brox}_r(y)$ and $c(y - u)$ are $0$ beyond coordinate $j + 1$, and $f(y) \ge f^* + s(N - j)$. Hence every method from $0$ whose queries lie in
the span of its answers asks for $N$ balls or more; with $R = \|x^*\|$ and $s = r$, $N^3 \le 3(R/r)^2 \le (N+1)^3$.`,
  source: {
    paper: PAPER,
    locus: 'lower bound for ball oracles (Carmon et al. 2020); the chain and the threshold s >= r are derived here',
    arxiv: '2003.08078',
    printed: 'holds',
  },
  assumptions: [
    { id: 'radius', text: 'r > 0', holds: ({ radius }) => Rational.from(radius).sign() > 0 },
    {
      id: 'spacing',
      text: 's >= r',
      holds: ({ radius, spacing }) => Rational.from(radius).atMost(Rational.from(spacing)),
    },
    {
      id: 'support',
      text: 'y is 0 beyond coordinate j < N',
      holds: ({ size, support, query }) =>
        query.length === size && support < size && query.slice(support).every((x) => Rational.from(x).sign() === 0),
    },
  ],
  families: [
    { id: 'known-balls', role: 'extremal', arbitrary: queries },
    { id: 'from-zero', role: 'extremal', instances: FROM_ZERO },
    // a float64 subject cannot tell a small entry from none
    { id: 'anywhere', role: 'extremal', arbitrary: anywhere },
  ],
  operations: [broxOperation],
  *observe(instance) {
    const { output, errorBound } = yield* ask(broxOperation, input(instance));
    return { point: vectorFrom(output.point), error: errorBound };
  },
  relation: 'at-most',
  measure: revealed,
  bound: () => exactly(1),
  proof: [
    {
      id: 'first-untouched-within-reach',
      text: String.raw`|u_{j+1}| \le r`,
      lhs: ({ support }, { point, error }) => within((point[support] ?? ZERO).absolute(), error),
      rhs: ({ radius }) => exactly(radius),
    },
    {
      id: 'not-yet-minimal',
      text: String.raw`f^* + s(N - j) \le f(y)`,
      lhs: ({ spacing, support }) => exactly(Rational.from(spacing).times(Rational.of(-1 - support))),
      rhs: (instance) => exactly(valueAt(instance, vectorFrom(instance.query))),
    },
    {
      id: 'length-below',
      text: String.raw`N^3 \le 3(R/s)^2`,
      lhs: ({ size }) => exactly(Rational.of(size).power(3)),
      rhs: ({ size }) => exactly(squaredDistance(size, 1).times(Rational.of(3))),
    },
    {
      id: 'length-above',
      text: String.raw`3(R/s)^2 \le (N+1)^3`,
      lhs: ({ size }) => exactly(squaredDistance(size, 1).times(Rational.of(3))),
      rhs: ({ size }) => exactly(Rational.of(size + 1).power(3)),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1, family: 'known-balls' },
  controls: [
    {
      id: 'spacing-below-the-radius',
      mutation: 'dropped-assumption',
      drops: 'spacing',
      belief: 'A spacing one percent below the radius reveals one coordinate at a time too',
      witness: tooClose(Rational.of(1, 201)),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'spacing'),
        families: [
          {
            id: 'known-balls',
            role: 'extremal',
            arbitrary: fc.integer({ min: 3, max: 400 }).map((k) => tooClose(Rational.of(1, k))),
          },
        ],
      }),
    },
    {
      id: 'nothing-new',
      mutation: 'sharpened-constant',
      belief: 'A ball tells nothing outside the span of the query',
      witness: known([ONE], ONE, ONE, 3),
      mutate: (claim) => ({ ...claim, proof: [], bound: () => exactly(0) }),
    },
    {
      id: 'box-oracle',
      mutation: 'broken-subject',
      belief: 'A box of the same radius tells no more than a ball',
      witness: { ...known([ONE], ONE, ONE, 4), radius: '1', spacing: '1' },
      mutate: (claim) =>
        tampered(claim, broxOperation, (asked: BroxInput, output: { readonly point: readonly Numeric[] }) => ({
          ...output,
          // over the box every coordinate may be lowered by r
          point: asked.point.map((y) => Rational.from(y).minus(Rational.from(asked.radius)).toString()),
        })),
    },
    {
      id: 'as-many-as-the-cube-root',
      mutation: 'sharpened-constant',
      belief: 'The chain forces (3 (R/r)²)^(1/3) balls, not one fewer',
      witness: lengthOnly(3),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: ({ size }) => exactly(squaredDistance(size, 1).times(Rational.of(3))),
        bound: ({ size }) => exactly(Rational.of(size).power(3)),
      }),
    },
  ],
});
