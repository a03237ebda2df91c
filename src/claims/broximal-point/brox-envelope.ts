import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly, within } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { rationalUnitVector } from '../../instances/broximal/rational-sphere.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { around, multiply, subtract } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  applied,
  differenceOf,
  dot,
  multipleOf,
  type RationalRows,
  type RationalVector,
  squaredNorm,
  sumOf,
  vectorFrom,
} from '../../kernels/exact/rational-vector.ts';
import { solveSquare } from '../../kernels/exact/solve-consistent.ts';
import { broxOperation } from '../../operations/brox.ts';
import { minimumOf } from '../../problems/functions/minimum.ts';
import { ballHoldsMinimiser } from '../../problems/functions/nearest-minimiser.ts';
import { squaredNormWithin, valueWithin } from './parts/enclosures.ts';

/**
 * The ball envelope N_t(x) = min of f over B(x, t): smooth and convex where f is, with the same constant, with the minimisers
 * of f thickened by t, and a semigroup in t that the method itself only bounds.
 *
 * Its gradient at x is that of f at the ball minimiser u. It is an infimal convolution with the indicator of the ball, so its
 * conjugate is f* + t|.|, as strongly convex as f*: hence the constant. |x|² attains it outside the ball around 0. Strong
 * convexity is lost: N_t is flat on X* + B(0, t).
 */

/** f(y) = yᵀAy/2 - bᵀy; `inner` is the radius s of the semigroup, null where its steps would be irrational. */
interface Instance {
  readonly matrix: readonly (readonly Numeric[])[];
  readonly vector: readonly Numeric[];
  readonly first: readonly Numeric[];
  readonly second: readonly Numeric[];
  readonly radius: Numeric;
  readonly inner: Numeric | null;
}

interface Value {
  readonly point: RationalVector;
  readonly value: Rational;
  readonly error: number;
}

interface Observed {
  readonly first: Value;
  readonly second: Value;
  /** Ball minimisers of radius s + t at x, of t at that of s at x, and of t halfway between x and y. */
  readonly semigroup: { readonly whole: Value; readonly composed: Value; readonly middle: Value } | undefined;
}

const { ZERO, ONE } = Rational;
const HALF = Rational.of(1, 2);

const matrixOf = ({ matrix }: Instance): RationalRows => matrix.map(vectorFrom);
const functionOf = (instance: Instance) =>
  ({ kind: 'quadratic', matrix: matrixOf(instance), vector: vectorFrom(instance.vector) }) as const;
const radius = ({ radius: t }: Instance): Rational => Rational.from(t);

/** An upper bound of the largest eigenvalue, exact for multiples of the identity: the largest row sum of |A|. */
const smoothness = (instance: Instance): Rational =>
  Rational.max(ZERO, ...matrixOf(instance).map((row) => Rational.sum(row.map((a) => a.absolute()))));

/** grad f(u), and what an entry may be off by. */
const gradient = (instance: Instance, { point, error }: Value): { readonly g: RationalVector; readonly e: number } => ({
  g: differenceOf(applied(matrixOf(instance), point), vectorFrom(instance.vector)),
  e: error === 0 || !Number.isFinite(error) ? error : smoothness(instance).times(Rational.from(error)).upperDouble(),
});

const shown = ({ value, error }: Value): Enclosure => within(value, error);
const least = (instance: Instance): Rational => minimumOf(functionOf(instance)) ?? ZERO;

/** f(brox_t(brox_s x)): an error of e in each entry of the first step moves N_t by at most (|grad|_1 + L n e) n e. */
function composedValue(instance: Instance, observed: Observed): Enclosure | undefined {
  if (observed.semigroup === undefined) return undefined;
  const { composed } = observed.semigroup;
  if (composed.error === 0 || !Number.isFinite(composed.error)) return shown(composed);
  const { g } = gradient(instance, composed);
  const ne = Rational.from(composed.error).times(Rational.of(g.length));
  const slope = Rational.sum(g.map((x) => x.absolute())).plus(smoothness(instance).times(ne));
  return within(composed.value, Rational.from(composed.error).plus(slope.times(ne)).upperDouble());
}

/** L (|x| - t)_+² / 2 for L|y|²/2, undefined for other functions or where |x| is irrational. */
function closedForm(instance: Instance): Rational | undefined {
  const A = matrixOf(instance);
  const L = A[0]?.[0] ?? ZERO;
  const isScalar = A.every((row, i) => row.every((a, j) => a.equals(i === j ? L : ZERO)));
  const norm = squaredNorm(vectorFrom(instance.first)).squareRoot();
  if (!isScalar || norm === undefined || vectorFrom(instance.vector).some((b) => b.sign() !== 0)) return undefined;
  return HALF.times(L).times(Rational.max(ZERO, norm.minus(radius(instance))).power(2));
}

const gap = (instance: Instance): RationalVector =>
  differenceOf(vectorFrom(instance.first), vectorFrom(instance.second));

const gradientGap = (instance: Instance, { first, second }: Observed): Enclosure => {
  const [a, b] = [gradient(instance, first), gradient(instance, second)];
  return squaredNormWithin(differenceOf(a.g, b.g), a.e + b.e);
};

const nothing = exactly(0);

const positive = (low: number, high: number, q: number): Arbitrary<Rational> =>
  fc.integer({ min: low, max: high }).map((p) => Rational.of(p, q));

/** L|y|²/2 on a ray, from both ends of it too: all steps are rational. */
const isotropic: Arbitrary<Instance> = fc.integer({ min: 1, max: 3 }).chain((n) =>
  fc
    .record({
      direction: rationalUnitVector(n),
      L: positive(1, 12, 4),
      x: positive(1, 40, 4),
      y: positive(-40, 40, 4),
      t: positive(1, 16, 4),
      s: positive(1, 16, 4),
    })
    .map(({ direction, L, x, y, t, s }) => ({
      matrix: direction.map((_, i) => direction.map((__, j) => (i === j ? L.toString() : '0'))),
      vector: direction.map(() => '0'),
      first: multipleOf(x, direction).map(String),
      second: multipleOf(y, direction).map(String),
      radius: t.toString(),
      inner: s.toString(),
    })),
);

/** A = BᵀB + I, built backwards from two gradients of rational norm; on the line equality holds, see below. */
const general: Arbitrary<Instance> = fc.integer({ min: 2, max: 3 }).chain((n) => {
  const row = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: n, maxLength: n });
  return fc
    .record({
      B: fc.array(row, { minLength: 1, maxLength: n }),
      b: fc.array(smallFraction(4, 2), { minLength: n, maxLength: n }),
      directions: fc.tuple(rationalUnitVector(n), rationalUnitVector(n)),
      sizes: fc.tuple(positive(1, 20, 2), positive(1, 20, 2)),
      t: positive(1, 16, 4),
    })
    .map(({ B, b, directions, sizes, t }) => {
      const rows = B.map(vectorFrom);
      const A = b.map((_, i) =>
        b.map((__, j) => Rational.sum(rows.map((r) => (r[i] ?? ZERO).times(r[j] ?? ZERO))).plus(i === j ? ONE : ZERO)),
      );
      const start = (k: 0 | 1): readonly string[] => {
        const solved = solveSquare(A, [sumOf(multipleOf(sizes[k], directions[k]), vectorFrom(b))]);
        const u = 'nullVector' in solved ? [] : (solved.solutions[0] ?? []);
        return sumOf(u, multipleOf(t, directions[k])).map(String);
      };
      return {
        matrix: A.map((r) => r.map(String)),
        vector: b,
        first: start(0),
        second: start(1),
        radius: t.toString(),
        inner: null,
      };
    });
});

const STEEP: Instance = {
  matrix: [
    [1, 0],
    [0, 100],
  ],
  vector: [0, 0],
  first: [1, 1],
  second: [1, 0.5],
  radius: 0.5,
  inner: 0.25,
};

const FLAT: Instance = { matrix: [[1]], vector: [0], first: ['1/4'], second: ['-1/4'], radius: 1, inner: null };

export default defineClaim<Instance, Observed>({
  id: 'brox-envelope',
  statement: String.raw`For closed $f$ and $t > 0$ let $N_t(x) = \min_{B(x,t)} f$. (i) $\arg\min N_t = X^* + B(0,t)$, without convexity. (ii) $f(x_{k+1}) = N_{t_k}(x_k)$ for
the ball method. (iii) $f = \frac{L}{2}\|y\|^2$ has $N_t(x) = \frac{L}{2}(\|x\| - t)_+^2$. (iv) If $f$ is convex, so is $N_t$. (v)
$N_{s+t}(x) = \min_{B(x,s)} N_t \le f(\operatorname{brox}_t(\operatorname{brox}_s(x)))$. (vi) If $f$ is convex with an $L$-Lipschitz gradient then so is $N_t$:
$\|\nabla N_t(x) - \nabla N_t(y)\| \le L\|x - y\|$, $\nabla N_t(x) = \nabla f(\operatorname{brox}_t(x))$.`,
  source: {
    paper: 'Broximal point method (Gruntkowska, Li, Rane, Richtarik 2025)',
    locus: 'slides on the ball envelope; (v) and the constant in (vi) are derived here',
    arxiv: '2502.02002',
    printed: 'holds',
  },
  assumptions: [
    { id: 'radius', text: 't > 0', holds: (instance) => radius(instance).sign() > 0 },
    {
      id: 'minimum',
      text: 'f has a minimiser',
      holds: (instance) => minimumOf(functionOf(instance)) !== undefined,
    },
  ],
  families: [
    { id: 'general', role: 'generic', arbitrary: general },
    { id: 'isotropic', role: 'extremal', arbitrary: isotropic },
    { id: 'written-out', role: 'extremal', instances: [STEEP, FLAT, { ...FLAT, inner: '1/2' }] },
  ],
  operations: [broxOperation],
  *observe({ matrix, vector, first, second, radius: t, inner }) {
    const f = { kind: 'quadratic', matrix, vector } as const;
    const read = (answer: { output: { point: readonly Numeric[]; value: Numeric }; errorBound: number }): Value => ({
      point: vectorFrom(answer.output.point),
      value: Rational.from(answer.output.value),
      error: answer.errorBound,
    });
    const at = { first: read(yield* ask(broxOperation, { function: f, point: first, radius: t })) };
    const other = read(yield* ask(broxOperation, { function: f, point: second, radius: t }));
    if (inner === null) return { first: at.first, second: other, semigroup: undefined };
    const sum = Rational.from(inner).plus(Rational.from(t)).toString();
    const whole = read(yield* ask(broxOperation, { function: f, point: first, radius: sum }));
    const once = yield* ask(broxOperation, { function: f, point: first, radius: inner });
    const twice = yield* ask(broxOperation, { function: f, point: once.output.point, radius: t });
    const composed = { ...read(twice), error: twice.errorBound + once.errorBound };
    const halfway = multipleOf(HALF, sumOf(vectorFrom(first), vectorFrom(second))).map(String);
    const middle = read(yield* ask(broxOperation, { function: f, point: halfway, radius: t }));
    return { first: at.first, second: other, semigroup: { whole, composed, middle } };
  },
  relation: 'at-most',
  measure: gradientGap,
  bound: (instance) =>
    exactly(
      smoothness(instance)
        .power(2)
        .times(squaredNorm(gap(instance))),
    ),
  proof: [
    {
      id: 'in-the-ball',
      text: String.raw`\|u - x\|^2 \le t^2`,
      lhs: (instance, { first }) =>
        squaredNormWithin(differenceOf(first.point, vectorFrom(instance.first)), first.error),
      rhs: (instance) => exactly(radius(instance).power(2)),
    },
    {
      id: 'attained',
      text: String.raw`f(u) \le N_t(x)`,
      lhs: (instance, { first }) => valueWithin(functionOf(instance), first.point, first.error),
      rhs: (_, { first }) => shown(first),
    },
    {
      id: 'minimisers',
      text: String.raw`N_t(x) = f^* \text{ where } B(x,t) \text{ holds a minimiser, } N_t(x) > f^* \text{ elsewhere (1 where it is not so)}`,
      lhs: (instance, { first }) => {
        const [{ lo, hi }, minimum] = [shown(first), least(instance)];
        const x = vectorFrom(instance.first);
        const isAtLeast = around(minimum);
        const isEqualPossible = lo <= isAtLeast.hi && isAtLeast.lo <= hi;
        const isGreater = first.error === 0 ? minimum.lessThan(first.value) : isAtLeast.hi < lo;
        if (ballHoldsMinimiser(functionOf(instance), x, radius(instance).power(2))) {
          return exactly(first.error === 0 ? (first.value.equals(minimum) ? 0 : 1) : isEqualPossible ? 0 : 1);
        }
        return isGreater ? nothing : first.error === 0 || hi < isAtLeast.lo ? exactly(1) : { lo: 0, hi: 1 };
      },
      rhs: () => nothing,
    },
    {
      id: 'closed-form-above',
      text: String.raw`N_t(x) \le L (\|x\| - t)_+^2 / 2 \text{ for } L\|y\|^2/2`,
      lhs: (instance, { first }) => (closedForm(instance) === undefined ? nothing : shown(first)),
      rhs: (instance) => exactly(closedForm(instance) ?? 0),
    },
    {
      id: 'closed-form-below',
      text: String.raw`L (\|x\| - t)_+^2 / 2 \le N_t(x) \text{ for } L\|y\|^2/2`,
      lhs: (instance) => exactly(closedForm(instance) ?? 0),
      rhs: (instance, { first }) => (closedForm(instance) === undefined ? nothing : shown(first)),
    },
    {
      id: 'semigroup',
      text: String.raw`N_{s+t}(x) \le f(\operatorname{brox}_t(\operatorname{brox}_s(x)))`,
      lhs: (_, { semigroup }) => (semigroup === undefined ? nothing : shown(semigroup.whole)),
      rhs: (instance, observed) => composedValue(instance, observed) ?? nothing,
    },
    {
      id: 'convex',
      text: String.raw`2 N_t((x + y)/2) \le N_t(x) + N_t(y)`,
      lhs: (_, { semigroup }) =>
        semigroup === undefined
          ? nothing
          : within(semigroup.middle.value.times(Rational.of(2)), 2 * semigroup.middle.error),
      rhs: (_, { first, second, semigroup }) =>
        semigroup === undefined
          ? nothing
          : within(first.value.plus(second.value), 2 * Math.max(first.error, second.error)),
    },
    {
      id: 'monotone-gradient',
      text: String.raw`0 \le \langle \nabla N_t(x) - \nabla N_t(y), x - y \rangle`,
      lhs: () => nothing,
      rhs: (instance, { first, second }) => {
        const [a, b] = [gradient(instance, first), gradient(instance, second)];
        const distance = Rational.sum(gap(instance).map((x) => x.absolute()));
        const product = dot(differenceOf(a.g, b.g), gap(instance));
        return a.e + b.e === 0 ? exactly(product) : within(product, multiply(around(distance), around(a.e + b.e)).hi);
      },
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 1 - 2 ** -30, family: 'isotropic' },
  controls: [
    {
      id: 'one-percent-smoother',
      mutation: 'sharpened-constant',
      belief: 'The envelope is smoother than f, by one percent',
      witness: { ...FLAT, first: [3], second: [5] },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) =>
          exactly(
            smoothness(instance)
              .times(Rational.of(99, 100))
              .power(2)
              .times(squaredNorm(gap(instance))),
          ),
      }),
    },
    {
      id: 'two-steps-for-one',
      mutation: 'sharpened-constant',
      belief: 'Two steps of the method are one step of the sum of the radii',
      witness: STEEP,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        // f(brox_t(brox_s x)) - N_{s+t}(x)
        measure: (instance, observed) => {
          const [composed, whole] = [composedValue(instance, observed), observed.semigroup?.whole];
          if (composed === undefined || whole === undefined) return nothing;
          if (whole.error === 0 && observed.semigroup?.composed.error === 0) {
            return exactly(observed.semigroup.composed.value.minus(whole.value));
          }
          return enclosing(subtract(composed, shown(whole)));
        },
        bound: () => nothing,
      }),
    },
    {
      id: 'same-minimisers',
      mutation: 'broken-subject',
      belief: 'The envelope is the Moreau envelope: f has its minimisers and no others',
      witness: FLAT,
      // f(u) + |u - x|²/(2t) at the ball minimiser: positive wherever x is no minimiser of f
      mutate: (claim) =>
        tampered(
          claim,
          broxOperation,
          (
            { point, radius: t }: { readonly point: readonly Numeric[]; readonly radius: Numeric },
            output: { readonly point: readonly Numeric[]; readonly value: Numeric },
          ) => ({
            ...output,
            value: Rational.from(output.value)
              .plus(
                squaredNorm(differenceOf(vectorFrom(output.point), vectorFrom(point)))
                  .times(HALF)
                  .dividedBy(Rational.from(t)),
              )
              .toString(),
          }),
        ),
    },
    {
      id: 'strongly-convex-too',
      mutation: 'sharpened-constant',
      belief: 'The envelope of a strongly convex function is strongly convex',
      witness: FLAT,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-least',
        families: [{ id: 'isotropic', role: 'generic', arbitrary: isotropic }],
      }),
    },
  ],
});
