import fc, { type Arbitrary } from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import {
  absolute,
  add,
  around,
  divide,
  type Interval,
  interval,
  maximum,
  multiply,
  negate,
  square,
  squareRoot,
  sum,
} from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';

/**
 * Muon orthogonalises the momentum, Orthogonal-SGDM applies momentum to orthogonalised gradients. A step of Muon has spectral
 * norm eta whatever the past; the velocity of Orthogonal-SGDM grows to eta/(1 - gamma). With decay lambda, eta lambda <= 1, the
 * iterates of Muon stay in the ball of radius c/lambda, where c = 1 for the exact polar factor and c = M = p(c_1) = 1.2023…,
 * the greatest value of the quintic, for any number of Newton–Schulz steps.
 *
 * Why: ||(1 - eta lambda) W - eta O|| <= (1 - eta lambda) ||W|| + eta c. With eta lambda = 1 one step attains it; M is attained
 * by a gradient with a singular value that four steps carry to c_1. Everything is decided on diagonal matrices, where the polar
 * factor is the sign and Newton–Schulz the scalar map; the spectral norm of the general case is unitarily invariant.
 * The polar factor is run in rational arithmetic; Newton–Schulz, whose normalisation is irrational, in outward-rounded intervals.
 */

type Vector = readonly Rational[];

interface Instance {
  readonly orthogonalisation: 'exact' | 'newton-schulz';
  readonly learningRate: Numeric;
  readonly weightDecay: Numeric;
  /** mu of Muon and gamma of Orthogonal-SGDM. */
  readonly momentum: Numeric;
  /** The diagonals of W_0 and of the gradients. */
  readonly start: readonly Numeric[];
  readonly gradients: readonly (readonly Numeric[])[];
}

interface Trajectory {
  /** lambda times the largest spectral norm of W_1, W_2, … */
  readonly scaledSize: Enclosure;
  /** The diagonal of the last W of Muon and of its momentum, and the last velocity of Orthogonal-SGDM. */
  readonly last: Vector;
  readonly buffer: Vector;
  readonly velocity: Vector;
  /** The last W of Muon with averaged momentum. */
  readonly averaged: Vector;
}

const { ZERO, ONE } = Rational;
const HALF = Rational.of(1, 2);
const [A, B, C] = ['34445/10000', '-47750/10000', '20315/10000'].map(Rational.from) as [Rational, Rational, Rational];
const STEPS = 5;

const vector = (values: readonly Numeric[]): Vector => values.map(Rational.from);
const sign = (x: Rational): Rational => Rational.of(x.sign());
const largest = (v: Vector): Rational => Rational.max(ZERO, ...v.map((x) => x.absolute()));
const combined = (p: Rational, v: Vector, q: Rational, w: Vector): Vector =>
  v.map((x, i) => p.times(x).plus(q.times(w[i] ?? ZERO)));
const zeros = ({ start }: Instance): Vector => start.map(() => ZERO);

/** a x + b x³ + c x⁵. */
function quintic(x: Interval): Interval {
  const s = square(x);
  return multiply(x, add(around(A), multiply(s, add(around(B), multiply(s, around(C))))));
}

/** M = p(c_1), 5c x⁴ + 3b x² + a = 0 at the smaller root. */
function greatestValue(): Interval {
  const discriminant = B.times(B)
    .times(Rational.of(9))
    .minus(A.times(C).times(Rational.of(20)));
  const root = add(around(B.times(Rational.of(-3))), negate(squareRoot(around(discriminant))));
  return quintic(squareRoot(divide(root, around(C.times(Rational.of(10))))));
}

/** The diagonal of the Newton–Schulz iterate of diag(v): the scalar map on v / ||v||_2. */
function newtonSchulz(v: readonly Interval[]): readonly Interval[] {
  const norm = squareRoot(sum(v.map(square)));
  if (norm.hi === 0) return v;
  return v.map((x) => {
    let y = divide(x, norm);
    for (let k = 0; k < STEPS; k += 1) y = quintic(y);
    return y;
  });
}

/** max over t >= 1 of lambda ||W_t||, with the exact polar factor. */
function exactRun(instance: Instance): Trajectory {
  const [eta, lambda, mu] = [instance.learningRate, instance.weightDecay, instance.momentum].map(Rational.from) as [
    Rational,
    Rational,
    Rational,
  ];
  const kept = ONE.minus(eta.times(lambda));
  let [W, buffer, velocity, V, average, size] = [
    vector(instance.start),
    zeros(instance),
    zeros(instance),
    vector(instance.start),
    zeros(instance),
    ZERO,
  ];
  for (const gradient of instance.gradients.map(vector)) {
    buffer = combined(mu, buffer, ONE, gradient);
    average = combined(mu, average, ONE.minus(mu), gradient);
    velocity = combined(mu, velocity, eta, gradient.map(sign));
    W = combined(kept, W, eta.negated(), buffer.map(sign));
    V = combined(kept, V, eta.negated(), average.map(sign));
    size = Rational.max(size, largest(W).times(lambda));
  }
  return { scaledSize: exactly(size), last: W, buffer, velocity, averaged: V };
}

/** The same size with Newton–Schulz, in intervals. */
function iteratedSize(instance: Instance): Enclosure {
  const [eta, lambda, mu] = [instance.learningRate, instance.weightDecay, instance.momentum].map((x) => around(x)) as [
    Interval,
    Interval,
    Interval,
  ];
  const kept = around(ONE.minus(Rational.from(instance.learningRate).times(Rational.from(instance.weightDecay))));
  let W = instance.start.map((x) => around(x));
  let buffer: readonly Interval[] = instance.start.map(() => interval(0));
  let size = interval(0);
  for (const gradient of instance.gradients) {
    buffer = buffer.map((b, i) => add(multiply(mu, b), around(gradient[i] ?? 0)));
    const O = newtonSchulz(buffer);
    W = W.map((w, i) => add(multiply(kept, w), negate(multiply(eta, O[i] ?? interval(0)))));
    size = W.reduce((most, w) => maximum(most, multiply(lambda, absolute(w))), size);
  }
  return enclosing(size);
}

const observed = (instance: Instance): Trajectory =>
  instance.orthogonalisation === 'exact'
    ? exactRun(instance)
    : { ...exactRun(instance), scaledSize: iteratedSize(instance) };

/** max(lambda ||W_0||, c). */
function ball(instance: Instance, radius: Interval): Enclosure {
  const start = largest(vector(instance.start)).times(Rational.from(instance.weightDecay));
  if (instance.orthogonalisation === 'exact') return exactly(Rational.max(start, ONE));
  return enclosing(maximum(around(start), radius));
}

const velocityBound = ({ learningRate, momentum, gradients }: Instance): Rational => {
  const [eta, gamma] = [Rational.from(learningRate), Rational.from(momentum)];
  return eta.times(ONE.minus(gamma.power(gradients.length))).dividedBy(ONE.minus(gamma));
};

/** <B, D> + ||D||²/(2 eta) for diagonal B and D, with the spectral norm. */
function descentModel(buffer: Vector, direction: Vector, eta: Rational): Rational {
  const inner = Rational.sum(buffer.map((b, i) => b.times(direction[i] ?? ZERO)));
  return inner.plus(largest(direction).power(2).times(HALF).dividedBy(eta));
}

const nuclear = (v: Vector): Rational => Rational.sum(v.map((x) => x.absolute()));
const positiveFraction = smallFraction(6, 5).map((x) => Rational.from(x).absolute().plus(Rational.of(1, 8)).toString());

const diagonals = (orthogonalisation: Instance['orthogonalisation'], mostSteps: number): Arbitrary<Instance> =>
  fc.integer({ min: 1, max: 3 }).chain((size) =>
    fc
      .record({
        eta: fc.integer({ min: 1, max: 16 }),
        lambda: positiveFraction,
        momentum: fc.constantFrom('0', '1/2', '9/10', '19/20'),
        start: fc.array(smallFraction(4, 3), { minLength: size, maxLength: size }),
        gradients: fc.array(fc.array(smallFraction(10, 4), { minLength: size, maxLength: size }), {
          minLength: 1,
          maxLength: mostSteps,
        }),
      })
      .map(({ eta, lambda, momentum, start, gradients }) => ({
        orthogonalisation,
        // eta lambda = eta/16 <= 1
        learningRate: Rational.of(eta, 16).dividedBy(Rational.from(lambda)).toString(),
        weightDecay: lambda,
        momentum,
        start,
        gradients,
      })),
  );

const constant = (
  gradient: readonly Numeric[],
  steps: number,
  orthogonalisation: Instance['orthogonalisation'],
  momentum: Numeric = 0,
): Instance => ({
  orthogonalisation,
  learningRate: 1,
  weightDecay: 1,
  momentum,
  start: gradient.map(() => 0),
  gradients: new Array<readonly Numeric[]>(steps).fill(gradient),
});

/** diag(1, y) whose second singular value, normalised, is carried to c_1 by four steps: found by bisection on the inverse branch. */
function towardsTheGreatest(): Instance {
  const map = (x: number): number => x * (A.toNumber() + x * x * (B.toNumber() + x * x * C.toNumber()));
  const critical = Math.sqrt(
    (-3 * B.toNumber() - Math.sqrt(9 * B.toNumber() ** 2 - 20 * A.toNumber() * C.toNumber())) / (10 * C.toNumber()),
  );
  let target = critical;
  for (let k = 0; k < STEPS - 1; k += 1) {
    let [low, high] = [0, critical];
    for (let i = 0; i < 60; i += 1) {
      const middle = (low + high) / 2;
      if (map(middle) < target) low = middle;
      else high = middle;
    }
    target = low;
  }
  return constant([1, target / Math.sqrt(1 - target * target)], 1, 'newton-schulz');
}

const withRadius = (claim: Claim<Instance, Trajectory>, radius: Interval): Claim<Instance, Trajectory> => ({
  ...claim,
  proof: [],
  bound: (instance) => ball(instance, radius),
});

/** The two gradients that separate the methods. */
const SEPARATING: Instance = {
  ...constant([1, 1], 1, 'exact', '9/10'),
  gradients: [
    [1, 1],
    [-10, '1/10'],
  ],
};

export default defineClaim<Instance, Trajectory>({
  id: 'muon-vs-orthogonal-sgdm',
  statement: String.raw`Let $B_t = \mu B_{t-1} + G_t$, $W_{t+1} = (1 - \eta\lambda) W_t - \eta O_t$ with $O_t = \mathrm{polar}(B_t)$ (Muon), $0 < \eta\lambda \le 1$, and
$v_t = \gamma v_{t-1} + \eta\,\mathrm{polar}(G_t)$ (Orthogonal-SGDM). Then $\lambda\|W_t\|_{op} \le \max(\lambda\|W_0\|_{op}, c)$ with $c = 1$, and with
$c = M = \max_{[0,1]} p < 1.20237$ for Newton–Schulz iterates of $p(x) = 3.4445x - 4.775x^3 + 2.0315x^5$, both attained;
$\|v_t\|_{op} \le \eta(1-\gamma^t)/(1-\gamma)$, attained; Muon with the averaged momentum $(1-\mu) \sum \mu^k G_{t-k}$ is the same method; and
$\min_D \langle B, D\rangle + \|D\|_{op}^2/(2\eta) = -\eta\|B\|_*^2/2$, at $D = -\eta\|B\|_*\,\mathrm{polar}(B)$.`,
  source: {
    paper: 'Muon (Jordan 2024; Li and Hong 2025)',
    locus: 'slides on Muon and on orthogonalised gradients; Li and Hong, (1.2) and (1.3)',
    arxiv: '2502.02900',
    printed: 'holds',
  },
  assumptions: [
    {
      id: 'decay',
      text: '0 < eta lambda <= 1',
      holds: ({ learningRate, weightDecay }) => {
        const product = Rational.from(learningRate).times(Rational.from(weightDecay));
        return product.sign() > 0 && product.atMost(ONE);
      },
    },
    {
      id: 'momentum',
      text: '0 <= mu < 1',
      holds: ({ momentum }) => Rational.from(momentum).sign() >= 0 && Rational.from(momentum).lessThan(ONE),
    },
  ],
  families: [
    { id: 'polar', role: 'extremal', arbitrary: diagonals('exact', 6) },
    { id: 'newton-schulz', role: 'generic', arbitrary: diagonals('newton-schulz', 3) },
    {
      id: 'greatest-value',
      role: 'extremal',
      instances: [towardsTheGreatest(), constant([1, 1], 20, 'exact', '9/10'), constant([1], 200, 'exact', '9/10')],
    },
  ],
  operations: [],
  observe: (instance) => observeNothing(observed(instance)),
  relation: 'at-most',
  measure: (_, { scaledSize }) => scaledSize,
  bound: (instance) => ball(instance, greatestValue()),
  proof: [
    {
      id: 'velocity',
      text: String.raw`\|v_t\|_{op} \le \eta(1-\gamma^t)/(1-\gamma)`,
      lhs: (_, { velocity }) => exactly(largest(velocity)),
      rhs: (instance) => exactly(velocityBound(instance)),
    },
    {
      id: 'averaging-changes-nothing',
      text: String.raw`\|W_t - W_t^{\mathrm{averaged}}\|_{op} \le 0`,
      lhs: (_, { last, averaged }) => exactly(largest(combined(ONE, last, ONE.negated(), averaged))),
      rhs: () => exactly(0),
    },
    {
      id: 'spectral-descent-below',
      text: String.raw`-\eta\|B\|_*^2/2 \le \langle B, D\rangle + \|D\|_{op}^2/(2\eta) \text{ for } D = W_t`,
      lhs: ({ learningRate }, { buffer }) =>
        exactly(nuclear(buffer).power(2).times(HALF).times(Rational.from(learningRate)).negated()),
      rhs: ({ learningRate }, { buffer, last }) => exactly(descentModel(buffer, last, Rational.from(learningRate))),
    },
    {
      id: 'spectral-descent-attained',
      text: String.raw`\langle B, D\rangle + \|D\|_{op}^2/(2\eta) \le -\eta\|B\|_*^2/2 \text{ for } D = -\eta\|B\|_*\,\mathrm{polar}(B)`,
      lhs: ({ learningRate }, { buffer }) => {
        const eta = Rational.from(learningRate);
        const length = eta.times(nuclear(buffer)).negated();
        return exactly(
          descentModel(
            buffer,
            buffer.map((b) => length.times(sign(b))),
            eta,
          ),
        );
      },
      rhs: ({ learningRate }, { buffer }) =>
        exactly(nuclear(buffer).power(2).times(HALF).times(Rational.from(learningRate)).negated()),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.9999, family: 'greatest-value' },
  controls: [
    {
      id: 'newton-schulz-is-orthogonal',
      mutation: 'sharpened-constant',
      belief: 'Five Newton–Schulz steps keep the weights in the ball of radius 1/lambda',
      witness: towardsTheGreatest(),
      mutate: (claim) => withRadius(claim, interval(1)),
    },
    {
      id: 'asymptotic-band',
      mutation: 'sharpened-constant',
      belief: 'The upper end 1.1344 of the band that the iteration keeps is the constant',
      witness: towardsTheGreatest(),
      mutate: (claim) => withRadius(claim, around('11344/10000')),
    },
    {
      id: 'same-method',
      mutation: 'broken-subject',
      belief: 'Momentum before or after orthogonalising is the same',
      witness: SEPARATING,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [{ id: 'greatest-value', role: 'generic', arbitrary: diagonals('exact', 4) }],
        measure: ({ learningRate }, { velocity, buffer }) =>
          exactly(largest(combined(ONE, velocity, Rational.from(learningRate).negated(), buffer.map(sign)))),
        bound: () => exactly(0),
      }),
    },
    {
      id: 'velocity-within-eta',
      mutation: 'sharpened-constant',
      belief: 'A step of Orthogonal-SGDM has norm eta too',
      witness: constant([1], 5, 'exact', '9/10'),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (_, { velocity }) => exactly(largest(velocity)),
        bound: ({ learningRate }) => exactly(learningRate),
      }),
    },
    {
      id: 'frobenius-descent',
      mutation: 'sharpened-constant',
      belief: 'The least value of the model is -eta ||B||_F² / 2',
      witness: constant([1, 1], 1, 'exact'),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-least',
        measure: ({ learningRate }, { buffer }) => {
          const eta = Rational.from(learningRate);
          const length = eta.times(nuclear(buffer)).negated();
          return exactly(
            descentModel(
              buffer,
              buffer.map((b) => length.times(sign(b))),
              eta,
            ),
          );
        },
        bound: (instance) => {
          const { buffer } = exactRun(instance);
          const squares = Rational.sum(buffer.map((b) => b.times(b)));
          return exactly(squares.times(HALF).times(Rational.from(instance.learningRate)).negated());
        },
      }),
    },
  ],
});
