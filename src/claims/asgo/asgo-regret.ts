import fc from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing } from '../../claim/enclosure.ts';
import { gradientStream, hoverAndDescend, type NumericMatrix, type Stream } from '../../instances/gradient-stream.ts';
import {
  add,
  around,
  divide,
  type Interval,
  interval,
  maximum,
  multiply,
  square,
  subtract,
} from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { normEnclosure, toInterval } from '../../kernels/matrix/norm-enclosure.ts';
import { traceOfRoot } from '../../kernels/matrix/trace-power.ts';
import { asgoOperation } from '../../operations/asgo.ts';
import { differenceOfRows, gramSum, linearRegret, regretSensitivity } from '../../problems/regret.ts';

/**
 * The regret of ASGO is at most (D²/(2 eta) + eta) tr V^(1/2) on every path and against every comparator, D the largest
 * spectral distance of the iterates from it.
 *
 * Why: in the norm of Lambda_t = V_t^(1/2) + epsilon I a step telescopes; the changes of the norm cost D² tr Lambda/(2 eta), and
 * sum tr(G^T V^(-1/2) G) <= 2 tr V^(1/2). Neither constant can be lowered: a scalar stream that hovers at distance D while V
 * grows and then walks down with one constant gradient uses both up, and the ratio tends to 1 with its length.
 *
 * The bound on a path holds D, which depends on the path, so it is measured as
 * (regret - epsilon m D²/(2 eta)) / (D²/(2 eta) + eta) <= tr V^(1/2), whose right side the gradients alone decide.
 */

interface Instance extends Stream {
  readonly learningRate: number;
  readonly epsilon: number;
}

interface Observed {
  readonly regret: Interval;
  /** D. */
  readonly distance: Interval;
}

type Rows = readonly (readonly Rational[])[];

const rationals = (A: NumericMatrix): Rows => A.map((row) => row.map((x) => Rational.from(x)));
const gradientsOf = ({ gradients }: Stream): readonly Rows[] => gradients.map(rationals);

/** D²/(2 eta). */
const distanceTerm = ({ learningRate }: Instance, { distance }: Observed): Interval =>
  divide(square(distance), multiply(interval(2), interval(learningRate)));

/** (regret - epsilon m D²/(2 eta)) / (a D²/(2 eta) + b eta). */
function normalised(instance: Instance, observed: Observed, a: Rational, b: Rational): Enclosure {
  const { learningRate, epsilon, start } = instance;
  const term = distanceTerm(instance, observed);
  const damping = multiply(interval(epsilon * start.length), term);
  const scale = add(multiply(around(a), term), multiply(around(b), interval(learningRate)));
  return enclosing(divide(subtract(observed.regret, damping), scale));
}

const withStep = (stream: Stream, learningRate: number, epsilon = 0): Instance => ({
  ...stream,
  learningRate,
  epsilon,
});

const { ONE } = Rational;
const TIGHT = withStep(hoverAndDescend(0.75, 2000, 300), 0.75);
const TIGHTER = withStep(hoverAndDescend(0.5, 6000, 600), 0.5);

export default defineClaim<Instance, Observed>({
  id: 'asgo-regret',
  statement: String.raw`Let $V_t = \sum_{s \le t} G_s G_s^T$, $W_{t+1} = W_t - \eta (V_t^{1/2} + \epsilon I)^{-1} G_t$ (the pseudo-inverse for $\epsilon = 0$), $G_t \in \mathbb{R}^{m\times n}$
arbitrary, $W_*$ arbitrary, $D = \max_{t<T}\|W_t - W_*\|_{op}$. Then
$\sum_{t<T}\langle G_t, W_t - W_*\rangle \le \left(\frac{D^2}{2\eta} + \eta\right)\mathrm{tr}\,V_{T-1}^{1/2} + \frac{\epsilon m D^2}{2\eta}$.`,
  source: {
    paper: 'ASGO (An et al. 2025)',
    locus: 'Theorem 1, derived again here on every path',
    arxiv: '2503.20762',
    printed: 'holds',
    erratum:
      'D is a maximum over the path and not bounded by the data of the problem, so that without a projection the theorem alone does not ' +
      'give convergence.',
  },
  assumptions: [
    {
      id: 'step',
      text: 'eta > 0 and epsilon >= 0',
      holds: ({ learningRate, epsilon }) => learningRate > 0 && epsilon >= 0,
    },
  ],
  families: [
    {
      id: 'streams',
      role: 'generic',
      arbitrary: fc
        .tuple(gradientStream(3, 6), fc.constantFrom(0.125, 0.5, 1, 2), fc.constantFrom(0.5, 1))
        .map(([stream, learningRate, epsilon]) => withStep(stream, learningRate, epsilon)),
    },
    {
      id: 'scalar',
      role: 'generic',
      arbitrary: fc
        .tuple(gradientStream(1, 12), fc.constantFrom(0.125, 0.5, 1, 2))
        .map(([stream, learningRate]) => withStep(stream, learningRate)),
    },
    {
      id: 'hover-and-descend',
      role: 'extremal',
      instances: [withStep(hoverAndDescend(1.9, 100, 30), 1.9), TIGHT, TIGHTER],
    },
  ],
  operations: [asgoOperation],
  *observe(instance) {
    const { start, comparator, gradients, learningRate, epsilon } = instance;
    const { output, errorBound } = yield* ask(asgoOperation, {
      parameters: [start],
      hyperparameters: { learningRate, epsilon, side: 'left' },
      gradients: gradients.map((G) => [G]),
    });
    const target = rationals(comparator);
    const visited = [start, ...output.trajectory.slice(0, -1).map(([W]) => W ?? start)].map(rationals);
    const streams = gradientsOf(instance);
    const error = Number.isFinite(errorBound)
      ? around(regretSensitivity(streams).times(Rational.from(errorBound))).hi
      : Number.POSITIVE_INFINITY;
    const entries = (start.length * (start[0]?.length ?? 0)) ** 0.5 * (1 + 2 ** -50);
    const distances = visited.map((W, t) =>
      widened(toInterval(normEnclosure('spectral', differenceOfRows(W, target))), t === 0 ? 0 : errorBound * entries),
    );
    return {
      regret: widened(around(linearRegret(streams, visited, target)), error),
      distance: distances.reduce(maximum, interval(0)),
    };
  },
  relation: 'at-most',
  measure: (instance, observed) => normalised(instance, observed, ONE, ONE),
  bound: (instance) => enclosing(traceOfRoot(gramSum(gradientsOf(instance), 'left'), 2)),
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.94, family: 'hover-and-descend' },
  controls: [
    {
      id: 'smaller-step-term',
      mutation: 'sharpened-constant',
      belief: 'The term eta tr V^(1/2) can be lowered by a fifth',
      witness: TIGHTER,
      mutate: (claim) => ({
        ...claim,
        measure: (instance, observed) => normalised(instance, observed, ONE, Rational.of(4, 5)),
        families: claim.families.slice(2) as unknown as typeof claim.families,
      }),
    },
    {
      id: 'smaller-distance-term',
      mutation: 'sharpened-constant',
      belief: 'The term D²/(2 eta) tr V^(1/2) can be lowered by a tenth',
      witness: TIGHTER,
      mutate: (claim) => ({
        ...claim,
        measure: (instance, observed) => normalised(instance, observed, Rational.of(9, 10), ONE),
        families: claim.families.slice(2) as unknown as typeof claim.families,
      }),
    },
    {
      id: 'initial-distance',
      mutation: 'sharpened-constant',
      belief: 'The distance of the start is enough for D',
      witness: withStep(
        {
          start: [[0]],
          comparator: [[0]],
          gradients: new Array<NumericMatrix>(12).fill([[1]]).map((G, t) => (t < 6 ? G : [[-1]])),
        },
        0.125,
      ),
      mutate: (claim) => ({
        ...claim,
        measure: (instance, observed) => {
          const first = toInterval(
            normEnclosure('spectral', differenceOfRows(rationals(instance.start), rationals(instance.comparator))),
          );
          return normalised(instance, { ...observed, distance: first }, ONE, ONE);
        },
      }),
    },
  ],
});

function widened({ lo, hi }: Interval, radius: number): Interval {
  return radius === 0 ? { lo, hi } : add({ lo, hi }, { lo: -radius, hi: radius });
}
