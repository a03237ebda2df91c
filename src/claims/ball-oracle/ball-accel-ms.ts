import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { ratioOf } from '../../claim/judge.ts';
import { tampered } from '../../claim/tamper.ts';
import { knownStep } from '../../instances/broximal/known-step.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../kernels/exact/rational-interval.ts';
import { differenceOf, dot, multipleOf, squaredNorm, vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { ballAccelerationOperation } from '../../operations/ball-acceleration.ts';
import { broxOperation } from '../../operations/brox.ts';
import { type ConvexFunction, rationalFunction } from '../../problems/functions/convex-function.ts';
import { exactValue } from '../../problems/functions/exact-value.ts';
import { minimumOf } from '../../problems/functions/minimum.ts';
import { ballHoldsMinimiser, nearestMinimiser } from '../../problems/functions/nearest-minimiser.ts';
import {
  after,
  damped,
  minus,
  off,
  plus,
  potential,
  promised,
  range,
  type StepInstance,
  type StepObserved,
  shown,
  stateOf,
  times,
} from './parts/accelerated-step.ts';
import { PAPER } from './parts/paper.ts';

/**
 * One step of the accelerated ball-oracle method lowers the potential A (f(x) - f*) + |v - x*|²/2 by half of
 * gamma A' lambda r², from any state, for any guess lambda'; hence f(x_k) - f* <= R²/(2 A_k).
 *
 * The linear part of the change is gamma times a subgradient inequality between x, u and x*; what the step of the dual
 * variable v costs, gamma² lambda² a'² r²/2 with lambda' a'² = A', is at most half of the gain exactly because the damping keeps
 * gamma lambda <= lambda'. Equality holds for damped steps along which f is linear. The state is chosen with the weight
 * a' rational, and lambda' made to fit, so that no root is taken and every quantity but the oracle's answer is a rational.
 */

type Instance = StepInstance;
type Observed = StepObserved;

const { ZERO, ONE } = Rational;
const HALF = Rational.of(1, 2);

const left = (instance: Instance, observed: Observed): Enclosure =>
  shown(plus(after(instance, observed), promised(instance, observed)));

const known = (kind: ConvexFunction<unknown>['kind'], dimension: number): Arbitrary<Instance> =>
  fc
    .record({
      step: knownStep(kind, dimension),
      gathered: fc.constantFrom('0', '1/8', '1', '7/2', '40'),
      weight: fc.constantFrom('1/16', '1/3', '1', '5/2', '12'),
      point: fc.array(smallFraction(6, 3), { minLength: dimension, maxLength: dimension }),
    })
    .map(({ step, gathered, weight, point }) => ({
      function: withMinimisers(step.function, step),
      query: step.point,
      radius: step.radius,
      gathered,
      weight,
      point,
    }));

/** g gᵀ is added to a quadratic, at the same u and g, so that its vector is in the range of its matrix. */
function withMinimisers(
  f: ConvexFunction<Numeric>,
  {
    point,
    minimiser,
    multiplier,
  }: { readonly point: readonly string[]; readonly minimiser: readonly string[]; readonly multiplier: string },
): ConvexFunction<Numeric> {
  if (f.kind !== 'quadratic') return f;
  const u = vectorFrom(minimiser);
  const g = multipleOf(Rational.from(multiplier), differenceOf(vectorFrom(point), u));
  const slope = dot(g, u);
  const entry = (x: Numeric, extra: Rational): string => Rational.from(x).plus(extra).toString();
  return {
    kind: 'quadratic',
    matrix: f.matrix.map((row, i) => row.map((x, j) => entry(x, (g[i] ?? ZERO).times(g[j] ?? ZERO)))),
    vector: f.vector.map((x, i) => entry(x, (g[i] ?? ZERO).times(slope))),
  };
}

const line = (slope: number, weight: Numeric): Instance => ({
  function: { kind: 'weighted-l1', weights: [slope] },
  query: [20],
  radius: 1,
  gathered: 1,
  weight,
  point: [30],
});

/** Damped steps along a line, down to gamma = 1/100. */
const LINES = [line(1, 3), line(1, 10), line(7, 2), line(100, 1), line(100, '1/4')];

const withDamping = (
  claim: Claim<Instance, Observed>,
  damping: (instance: Instance, observed: Observed) => RationalInterval,
): Claim<Instance, Observed> => ({
  ...claim,
  proof: [],
  *observe(instance) {
    const observed = yield* claim.observe(instance);
    return { ...observed, damping: damping(instance, observed) };
  },
});

export default defineClaim<Instance, Observed>({
  id: 'ball-accel-ms',
  statement: String.raw`Let $f$ be convex with a minimiser $x^*$ and $f^* = f(x^*)$; $A \ge 0$, $\lambda' > 0$, $a' > 0$ with $\lambda' a'^2 = A' = A + a'$,
$y = (A x + a' v)/A'$, $r > 0$ with $B(y, r)$ free of minimisers, $u = \operatorname{brox}_r(y)$, $g = \lambda(y - u) \in \partial f(u)$,
$\gamma = \min(1, \lambda'/\lambda)$, $A_+ = A + \gamma a'$, $x_+ = ((1-\gamma) A x + \gamma A' u)/A_+$, $v_+ = v - \gamma a' g$, and
$E = A(f(x) - f^*) + \tfrac12 \|v - x^*\|^2$. Then $E_+ \le E - \tfrac12 \gamma A' \lambda r^2$; hence from $A_0 = 0$, $x_0 = v_0$:
$f(x_k) - f^* \le \|x_0 - x^*\|^2/(2 A_k)$.`,
  source: {
    paper: PAPER,
    locus: 'optimal Monteiro-Svaiter acceleration without bisection, with an exact ball oracle (Carmon et al. 2022)',
    arxiv: '2205.15371',
    printed: 'holds',
  },
  assumptions: [
    {
      id: 'positive',
      text: "r > 0, a' > 0, A >= 0",
      holds: ({ radius, weight, gathered }) =>
        Rational.from(radius).sign() > 0 && Rational.from(weight).sign() > 0 && Rational.from(gathered).sign() >= 0,
    },
    {
      id: 'minimisers',
      text: 'f has a minimiser, and rational values',
      holds: ({ function: f, query }) => {
        const g = rationalFunction(f);
        return (
          f.kind !== 'residual-norm' &&
          minimumOf(g) !== undefined &&
          nearestMinimiser(g, vectorFrom(query)) !== undefined
        );
      },
    },
    {
      id: 'out-of-reach',
      text: 'no minimiser lies in the ball',
      holds: ({ function: f, query, radius }) =>
        !ballHoldsMinimiser(rationalFunction(f), vectorFrom(query), Rational.from(radius).power(2)),
    },
  ],
  families: [
    {
      id: 'quadratics',
      role: 'generic',
      arbitrary: fc.integer({ min: 1, max: 3 }).chain((dimension) => known('quadratic', dimension)),
    },
    {
      id: 'piecewise',
      role: 'extremal',
      arbitrary: fc
        .tuple(
          fc.constantFrom('huber' as const, 'weighted-l1' as const, 'max-norm' as const, 'max-affine' as const),
          fc.integer({ min: 2, max: 3 }),
        )
        .chain(([kind, dimension]) => known(kind, dimension)),
    },
    { id: 'on-the-line', role: 'extremal', arbitrary: known('absolute', 1) },
    { id: 'damped-on-the-line', role: 'extremal', instances: LINES },
  ],
  operations: [broxOperation, ballAccelerationOperation],
  *observe(instance) {
    const { function: f, query, radius } = instance;
    const { output, errorBound } = yield* ask(broxOperation, { function: f, point: query, radius });
    const run = yield* ask(ballAccelerationOperation, { function: f, point: query, radius, alpha: 2, maximumCalls: 1 });
    const error = Number.isFinite(errorBound) ? errorBound : Number.MAX_VALUE;
    const slack = off(output.multiplier, error);
    // lambda > 0 is known, whatever the error
    const multiplier = { lo: Rational.max(ZERO, slack.lo), hi: slack.hi };
    const runError = Number.isFinite(run.errorBound) ? run.errorBound : Number.MAX_VALUE;
    return {
      answer: output.point.map((u) => off(u, error)),
      value: off(output.value, error),
      multiplier,
      first: off(run.output.values.at(-1) ?? 0, runError),
      damping: damped(stateOf(instance).guess, multiplier),
    };
  },
  relation: 'at-most',
  measure: left,
  bound: (instance) => exactly(potential(instance)),
  proof: [
    {
      id: 'jensen',
      text: String.raw`A_+ f(x_+) \le (1-\gamma) A f(x) + \gamma A' f(u)`,
      lhs: (instance, { answer, damping }) => {
        const { f, A, a, x, total, least } = stateOf(instance);
        const [gamma, u] = [damping.lo, answer.map(({ lo }) => lo)];
        const next = A.plus(gamma.times(a));
        const averaged = x.map((value, i) =>
          ONE.minus(gamma)
            .times(A)
            .times(value)
            .plus(gamma.times(total).times(u[i] ?? ZERO))
            .dividedBy(next),
        );
        return exactly(next.times((exactValue(f, averaged) ?? least).minus(least)));
      },
      rhs: (instance, { answer, damping }) => {
        const { f, A, total, gap, least } = stateOf(instance);
        const atAnswer = (
          exactValue(
            f,
            answer.map(({ lo }) => lo),
          ) ?? least
        ).minus(least);
        return exactly(ONE.minus(damping.lo).times(A).times(gap).plus(damping.lo.times(total).times(atAnswer)));
      },
    },
    {
      id: 'subgradients',
      text: String.raw`A'(f(u) - f^*) - A(f(x) - f^*) + A' \langle g, y - u \rangle \le a' \langle g, v - x^* \rangle`,
      lhs: (instance, { value, multiplier }) => {
        const { A, gap, total, least, r } = stateOf(instance);
        return shown(
          plus(
            times(range(total), minus(value, range(least))),
            range(A.times(gap).negated()),
            times(range(total), multiplier, range(r.power(2))),
          ),
        );
      },
      rhs: (instance, { answer, multiplier }) => {
        const { a, v, y, target } = stateOf(instance);
        const products = answer.map((u, i) =>
          times(minus(range(y[i] ?? ZERO), u), range((v[i] ?? ZERO).minus(target[i] ?? ZERO))),
        );
        return shown(times(range(a), multiplier, plus(...products)));
      },
    },
    {
      id: 'damping',
      text: String.raw`\gamma \lambda \le \lambda'`,
      lhs: (_, { damping, multiplier }) => shown(times(damping, multiplier)),
      rhs: (instance) => exactly(stateOf(instance).guess),
    },
    {
      id: 'first-step',
      text: String.raw`f(x_1) - f^* \le \|x_0 - x^*\|^2/(2 A_1), \quad A_1 = 1/\lambda`,
      lhs: (instance, { first }) => shown(minus(first, range(stateOf(instance).least))),
      rhs: (instance, { multiplier }) => {
        const { y, target } = stateOf(instance);
        return shown(times(range(HALF), multiplier, range(squaredNorm(differenceOf(y, target)))));
      },
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: {
    supremum: 1,
    floor: 0.999,
    family: 'damped-on-the-line',
    // the promised decrease of the potential over the one that is guaranteed
    ratio: (instance, observed) =>
      ratioOf(
        'at-most',
        shown(promised(instance, observed)),
        shown(minus(range(potential(instance)), after(instance, observed))),
      ) ?? exactly(0),
  },
  controls: [
    {
      id: 'no-damping',
      mutation: 'broken-subject',
      belief: 'The full step may be taken even where the guess was too low',
      witness: line(1, 10),
      mutate: (claim) => withDamping(claim, () => range(ONE)),
    },
    {
      id: 'unit-gradients',
      mutation: 'broken-subject',
      belief: 'lambda is 1/r, as if gradients had norm 1',
      witness: line(100, 1),
      mutate: (claim) =>
        withDamping(claim, (instance) => {
          const { guess, r } = stateOf(instance);
          return damped(guess, range(ONE.dividedBy(r)));
        }),
    },
    {
      id: 'twice-the-decrease',
      mutation: 'sharpened-constant',
      belief: "The potential falls by gamma A' lambda r²",
      witness: line(1, 10),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance, observed) =>
          shown(plus(after(instance, observed), times(range(2), promised(instance, observed)))),
      }),
    },
    {
      id: 'twice-the-multiplier',
      mutation: 'broken-subject',
      belief: 'Any multiple of the way to the answer serves as a subgradient',
      witness: line(1, '1/4'),
      mutate: (claim) =>
        tampered({ ...claim, proof: [] }, broxOperation, (_, output: { readonly multiplier: Numeric }) => ({
          ...output,
          multiplier: Rational.from(output.multiplier).times(Rational.of(2)).toString(),
        })),
    },
  ],
});
