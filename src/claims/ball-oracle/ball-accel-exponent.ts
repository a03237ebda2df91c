import fc from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { log } from '../../kernels/exact/elementary.ts';
import {
  add,
  around,
  divide,
  type Interval,
  multiply,
  squareRoot,
  subtract,
  sum,
} from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { type RationalVector, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { ballAccelerationOperation } from '../../operations/ball-acceleration.ts';
import { broximalPointOperation } from '../../operations/broximal-point.ts';
import { chain, squaredDistance } from './parts/chain.ts';
import { type ChainCalls, chainCalls } from './parts/chain-runs.ts';
import { type Fit, fittedSlope, slopePlus } from './parts/fitted-slope.ts';
import { PAPER } from './parts/paper.ts';
import { remembered } from './parts/remembered.ts';

/**
 * On the chain the accelerated method needs about (R/r)^(2/3) balls and the broximal point method about R/r.
 *
 * The counts are those of the methods in double precision, from 0 to the first ball that holds a minimiser. The plain count is
 * known to within less than 1 + (1 + ln N)/8: while m coordinates share the level it falls by r/sqrt(m) a step, so N stages
 * of length s take (s/r) sum sqrt(m) steps, and a step across two stages gains at most 1/(8m). The accelerated count has no such
 * formula. It is bounded below by N, which no method in the span of its answers can beat, and its slope is measured against
 * that of (R/r)^(2/3) ln(R/r), the guarantee. What is fitted is the line of least squares through the logarithms; the standard error says
 * how far the points are from a line, and nothing about larger chains.
 */

interface Instance {
  /** The lengths N of the chains, at least three. */
  readonly sizes: readonly number[];
  /** s/r; r = 1. */
  readonly spacing: number;
  readonly alpha: number;
  /** The length of a chain that the operation is asked for, too. */
  readonly asked?: number;
  /** Another problem, sum of base^i |x_i| from (1, …, 1): only a control looks at it. */
  readonly weights?: { readonly dimension: number; readonly base: number; readonly radius: number };
}

interface Observed {
  readonly calls: readonly ChainCalls[];
  /** What the operations counted on the short chain or on the weighted problem. */
  readonly asked: { readonly plain?: number; readonly accelerated?: number };
  /** x_0, x_1, … of the operation on the short chain. */
  readonly points: readonly RationalVector[];
}

const THIRD = Rational.of(2, 3);

const logDistance = remembered(
  (size: number, spacing: number): Interval => divide(log(around(squaredDistance(size, spacing))), around(2)),
);
const logLogDistance = remembered((size: number, spacing: number): Interval => log(logDistance(size, spacing)));
const logCount = remembered((count: number): Interval => log(around(count)));
const abscissae = ({ sizes, spacing }: Instance): readonly Interval[] => sizes.map((n) => logDistance(n, spacing));
const fitOf = (instance: Instance, counts: readonly number[]): Fit =>
  fittedSlope(
    abscissae(instance),
    counts.map((n) => logCount(n)),
  );
const acceleratedFit = (instance: Instance, { calls }: Observed): Fit =>
  fitOf(
    instance,
    calls.map(({ accelerated }) => accelerated),
  );
const plainFit = (instance: Instance, { calls }: Observed): Fit =>
  fitOf(
    instance,
    calls.map(({ plain }) => plain),
  );

/** 2/3 and the slope of ln ln(R/r), which a logarithmic factor adds over these chains. */
function guaranteed(instance: Instance): Interval {
  const { sizes, spacing } = instance;
  const { slope } = fittedSlope(
    abscissae(instance),
    sizes.map((n) => logLogDistance(n, spacing)),
  );
  return add(around(THIRD), slope);
}

/** (s/r) sum of sqrt(m), m <= N. */
const stages = remembered(
  (size: number, spacing: number): Interval =>
    multiply(around(spacing), sum(Array.from({ length: size }, (_, m) => squareRoot(around(m + 1))))),
);

/** The largest of lhs - rhs over the chains. */
const worst = (gaps: readonly Interval[]): Interval =>
  gaps.reduce((most, gap) => ({ lo: Math.max(most.lo, gap.lo), hi: Math.max(most.hi, gap.hi) }));

const powersOfTwo = (from: number, to: number): readonly number[] => {
  const sizes: number[] = [];
  for (let n = from; n <= to; n *= 2) sizes.push(n);
  return sizes;
};

const RUNS: readonly Instance[] = [
  { sizes: powersOfTwo(4, 512), spacing: 2, alpha: 1.5 },
  { sizes: powersOfTwo(4, 512), spacing: 2, alpha: 2 },
  { sizes: powersOfTwo(4, 512), spacing: 2, alpha: 4 },
  { sizes: powersOfTwo(4, 512), spacing: 1, alpha: 1.5 },
];

const GEOMETRIC: Instance = {
  sizes: [1, 2, 4],
  spacing: 1,
  alpha: 2,
  weights: { dimension: 20, base: 4, radius: 1 },
};

/** The number of the last coordinate that is not 0; 0 for none. */
const lastTouched = (x: RationalVector): number => x.findLastIndex((v) => v.sign() !== 0) + 1;

/** f(x) - f* on the chain, exactly. */
function excessOf(x: RationalVector, spacing: number): Rational {
  const s = Rational.from(spacing);
  const heights = x.map((v, i) => v.plus(s.times(Rational.of(x.length - i))));
  return Rational.max(Rational.ZERO, ...heights);
}

const chainProblem = (size: number, spacing: number) => ({
  function: chain(size, spacing),
  point: Array.from({ length: size }, () => 0),
  radius: 1,
});

const weightedProblem = ({ dimension, base, radius }: Exclude<Instance['weights'], undefined>) => ({
  function: { kind: 'weighted-l1' as const, weights: Array.from({ length: dimension }, (_, i) => base ** i) },
  point: Array.from({ length: dimension }, () => 1),
  radius,
});

/** More balls than either method needs for the weighted problems. */
const MANY = 100;

export default defineClaim<Instance, Observed>({
  id: 'ball-accel-exponent',
  statement: String.raw`On the chains $\max(\max_{i \le N}(x_i - s i), -s(N+1))$ from $0$, $s \ge r$, $R = \|x^*\|$: the accelerated method asks for $N$ balls or more, and
the broximal point method takes $K$ steps with $T - (1 + \ln N)/8 \le K < T + 1$, $T = (s/r) \sum_{m \le N} \sqrt m \sim (2/\sqrt 3) R/r$. Over the lengths
$N = 4, 8, \dots, 512$ (three decades of $R/r$), and over $N, 2N, \dots, 16N$ for $3 \le N \le 6$, the slope of the logarithm of the accelerated count over $\ln(R/r)$, raised by
twice its standard error, is at most that of $(R/r)^{2/3} \ln(R/r)$ and below that of $K$.`,
  source: {
    paper: PAPER,
    locus: 'complexity (R/r)^(2/3) of accelerated ball oracles against R/r; the chain and the count T are derived here',
    arxiv: '2205.15371',
    printed: 'holds',
  },
  assumptions: [
    { id: 'three-chains', text: 'three chains or more', holds: ({ sizes }) => new Set(sizes).size >= 3 },
    { id: 'spacing', text: 's >= r', holds: ({ spacing }) => spacing >= 1 },
    { id: 'alpha', text: 'alpha > 1', holds: ({ alpha }) => alpha > 1 },
  ],
  families: [
    { id: 'three-decades', role: 'adversarial', instances: RUNS },
    {
      id: 'short-chains',
      role: 'generic',
      arbitrary: fc
        .record({
          length: fc.integer({ min: 3, max: 6 }),
          spacing: fc.constantFrom(1, 1.25, 2),
          alpha: fc.constantFrom(1.25, 2),
        })
        .map(({ length, ...rest }) => ({ sizes: [1, 2, 4, 8, 16].map((k) => k * length), asked: length, ...rest })),
    },
  ],
  operations: [ballAccelerationOperation, broximalPointOperation],
  *observe({ sizes, spacing, alpha, asked: length, weights }) {
    const calls = sizes.map((size) => chainCalls(size, spacing, alpha));
    if (length !== undefined) {
      const input = { ...chainProblem(length, spacing), alpha, maximumCalls: 100 * length };
      const { output } = yield* ask(ballAccelerationOperation, input);
      return { calls, asked: { accelerated: output.oracleCalls }, points: output.points.map(vectorFrom) };
    }
    if (weights === undefined) return { calls, asked: {}, points: [] };
    const { radius, ...problem } = weightedProblem(weights);
    const fast = yield* ask(ballAccelerationOperation, { ...problem, radius, alpha, maximumCalls: MANY });
    const radii = Array.from({ length: MANY }, () => radius);
    const slow = yield* ask(broximalPointOperation, { ...problem, radii });
    return {
      calls,
      asked: { accelerated: fast.output.oracleCalls, plain: slow.output.optimalAfter ?? MANY },
      points: [],
    };
  },
  relation: 'at-most',
  measure: (instance, observed) => enclosing(slopePlus(acceleratedFit(instance, observed), 2)),
  bound: (instance) => enclosing(guaranteed(instance)),
  proof: [
    {
      id: 'span-lower-bound',
      text: String.raw`\max_N N/K_{\mathrm{accelerated}} \le 1`,
      lhs: (_, { calls }) =>
        exactly(Rational.max(Rational.ZERO, ...calls.map(({ size, accelerated }) => Rational.of(size, accelerated)))),
      rhs: () => exactly(1),
    },
    {
      id: 'separated',
      text: String.raw`\text{slope}_{\mathrm{accelerated}} + 2 \sigma \le \text{slope}_{\mathrm{broximal}} - 2 \sigma`,
      lhs: (instance, observed) => enclosing(slopePlus(acceleratedFit(instance, observed), 2)),
      rhs: (instance, observed) => enclosing(slopePlus(plainFit(instance, observed), -2)),
    },
    {
      id: 'plain-at-most',
      text: String.raw`K_{\mathrm{broximal}} - T \le 1`,
      lhs: ({ spacing }, { calls }) =>
        enclosing(worst(calls.map(({ size, plain }) => subtract(around(plain), stages(size, spacing))))),
      rhs: () => exactly(1),
    },
    {
      id: 'plain-at-least',
      text: String.raw`T - (1 + \ln N)/8 - K_{\mathrm{broximal}} \le 0`,
      lhs: ({ spacing }, { calls }) =>
        enclosing(
          worst(
            calls.map(({ size, plain }) => {
              const gained = divide(add(around(1), logCount(size)), around(8));
              return subtract(subtract(stages(size, spacing), gained), around(plain));
            }),
          ),
        ),
      rhs: () => exactly(0),
    },
    {
      id: 'one-coordinate-a-ball',
      text: String.raw`\max_k (\text{last coordinate of } x_k \text{ that is not } 0) - k \le 0`,
      lhs: (_, { points }) => exactly(Math.max(0, ...points.map((x, k) => lastTouched(x) - k))),
      rhs: () => exactly(0),
    },
    {
      id: 'ends-at-a-minimiser',
      text: String.raw`f(x_K) - f^* \le 16 u s (N + 1)`,
      lhs: ({ spacing }, { points }) => exactly(excessOf(points.at(-1) ?? [], spacing)),
      // a coordinate is y - (y - b - L): three roundings of numbers up to 2 s (N + 1), with a factor 2 to spare
      rhs: ({ spacing, asked = 0 }) =>
        exactly(Rational.of(asked + 1).times(Rational.from(16 * UNIT_ROUNDOFF.float64 * spacing))),
    },
    {
      id: 'operation-agrees',
      text: String.raw`\text{the operation counts the same on a short chain}`,
      lhs: ({ spacing, alpha, asked: length }, { asked: { accelerated } }) =>
        exactly(
          length === undefined || accelerated === undefined
            ? 0
            : Math.abs(chainCalls(length, spacing, alpha).accelerated - accelerated),
        ),
      rhs: () => exactly(0),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 'unknown', floor: 0.75, family: 'three-decades' },
  controls: [
    {
      id: 'three-fifths',
      mutation: 'sharpened-constant',
      belief: 'The count grows like (R/r)^(3/5)',
      witness: { sizes: powersOfTwo(4, 64), spacing: 2, alpha: 1.5 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'three-decades', role: 'adversarial', instances: RUNS }],
        measure: (instance, observed) => enclosing(slopePlus(acceleratedFit(instance, observed), -2)),
        bound: () => exactly('3/5'),
      }),
    },
    {
      id: 'broximal-as-fast',
      mutation: 'broken-subject',
      belief: 'The broximal point method has the exponent 2/3 as well',
      witness: { sizes: powersOfTwo(4, 64), spacing: 2, alpha: 1.5 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'three-decades', role: 'adversarial', instances: RUNS }],
        measure: (instance, observed) => enclosing(slopePlus(plainFit(instance, observed), -2)),
      }),
    },
    {
      id: 'limit-as-a-bound',
      mutation: 'sharpened-constant',
      belief: 'The broximal point method takes at most (2/sqrt 3) R/r steps, its limit, on every chain',
      witness: { sizes: [4, 5, 6], spacing: 2, alpha: 2 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (_, { calls }) => exactly(calls[0]?.plain ?? 0),
        bound: ({ sizes, spacing }) =>
          enclosing(squareRoot(around(squaredDistance(sizes[0] ?? 0, spacing).times(Rational.of(4, 3))))),
      }),
    },
    {
      id: 'no-gain-across-stages',
      mutation: 'sharpened-constant',
      belief: 'A step across two stages gains nothing: K >= T',
      witness: { sizes: [4, 16, 64], spacing: 2, alpha: 2 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: ({ sizes, spacing }) => enclosing(stages(sizes.at(-1) ?? 0, spacing)),
        bound: ({ sizes, spacing, alpha }) => exactly(chainCalls(sizes.at(-1) ?? 0, spacing, alpha).plain),
      }),
    },
    {
      id: 'acceleration-never-loses',
      mutation: 'sharpened-constant',
      belief: 'Acceleration never asks for more balls than the broximal point method',
      witness: GEOMETRIC,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [
          {
            id: 'three-decades',
            role: 'adversarial',
            instances: [GEOMETRIC, { ...GEOMETRIC, weights: { dimension: 6, base: 10, radius: 0.5 } }],
          },
        ],
        measure: (_, { asked }) => exactly((asked.accelerated ?? 0) - (asked.plain ?? 0)),
        bound: () => exactly(0),
      }),
    },
    {
      id: 'nearly-there',
      mutation: 'broken-subject',
      belief: 'The last point before the minimiser is as good',
      witness: { sizes: [4, 8, 16], asked: 4, spacing: 2, alpha: 2 },
      mutate: (claim) =>
        tampered(
          { ...claim, proof: (claim.proof ?? []).filter(({ id }) => id === 'ends-at-a-minimiser') },
          ballAccelerationOperation,
          (_, output: { readonly points: readonly (readonly number[])[] }) => ({
            ...output,
            points: output.points.slice(0, -1),
          }),
        ),
    },
    {
      id: 'all-coordinates-at-once',
      mutation: 'broken-subject',
      belief: 'A method may start from the gradient of the softmax, outside the span of its answers',
      witness: { sizes: [4, 8, 16], asked: 4, spacing: 2, alpha: 2 },
      mutate: (claim) =>
        tampered(
          { ...claim, proof: (claim.proof ?? []).filter(({ id }) => id === 'one-coordinate-a-ball') },
          ballAccelerationOperation,
          (_, output: { readonly points: readonly (readonly number[])[] }) => ({
            ...output,
            points: output.points.map((x, k) => (k === 0 ? x : x.map((v, i) => v - 2 ** -i))),
          }),
        ),
    },
    {
      id: 'first-ball-not-counted',
      mutation: 'broken-subject',
      belief: 'The ball that sets the first guess is free',
      witness: { sizes: [4, 8, 16], asked: 4, spacing: 2, alpha: 2 },
      mutate: (claim) =>
        tampered(
          { ...claim, proof: (claim.proof ?? []).filter(({ id }) => id === 'operation-agrees') },
          ballAccelerationOperation,
          (_, output: { readonly oracleCalls: number }) => ({ ...output, oracleCalls: output.oracleCalls - 1 }),
        ),
    },
  ],
});
