import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { type Factored, factored, gridded, isFactored, matrixOf, scalar } from '../../instances/spectra.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { type RationalInterval, toInterval } from '../../kernels/exact/rational-interval.ts';
import { POLAR_EXPRESS, POLAR_EXPRESS_SAFE, type Schedule } from '../../kernels/matrix/coefficient-sets.ts';
import { oddPolynomial, worstErrors } from '../../kernels/minimax/worst-error.ts';
import { type NewtonSchulzInput, newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import { BITS } from './parts/best-error.ts';
import { firstOptimal, leastQuotient } from './parts/cushion-certificate.ts';
import { precisionObligations } from './parts/precision-certificate.ts';
import { remembered } from './parts/remembered.ts';
import { type Computed, polarDistance } from './parts/spectral-distance.ts';

/**
 * The safety factor of the published list is what makes it usable: with it, singular values up to 1.01 converge; without it,
 * 1.0001 is beyond 10^18 after six steps.
 *
 * The optimal maps end at u_t with their steepest slope, the composition has the derivative 24, 285, 3265, … at 1, and what is
 * above u_t grows. x -> p_t(x/1.01) moves the cliff to 1.01, and no further: 1.01035 is already lost, so a normalisation must
 * keep sigma within 1 % of 1, whatever the format rounds. The bound is the exact image of the interval; it is attained at its
 * lower end, sigma = 1/1000. Zero singular values stay zero in exact arithmetic; the error bound of the subject covers the rest.
 * The cushion is the other repair: the optimal first map multiplies some singular value of [0, 1] by no more than 0.0104, and
 * so brings it down to the rounding errors, the published one multiplies by 0.24 at least.
 */

interface Instance {
  readonly list: 'safe' | 'bare';
  readonly steps: number;
  readonly matrix: Factored;
}

const ONE = Rational.ONE;
const LOWER = Rational.of(1, 1000);
const UPPER = Rational.of(101, 100);
const LISTS: Readonly<Record<Instance['list'], Schedule>> = { safe: POLAR_EXPRESS_SAFE, bare: POLAR_EXPRESS };
const enclosed = (x: RationalInterval): Enclosure => enclosing(toInterval(x));

/** The worst error on [1/1000, 101/100] after each of the safe maps. */
const worst = remembered((_: 'safe') =>
  worstErrors(POLAR_EXPRESS_SAFE.map(oddPolynomial), { lo: LOWER, hi: UPPER }, BITS),
);
const bound = ({ steps }: Instance): RationalInterval => worst('safe')[steps - 1] ?? { lo: ONE, hi: ONE };

const GRID = 128;
const singleValue = (x: string, steps: number, list: Instance['list'] = 'safe'): Instance => ({
  list,
  steps,
  matrix: scalar(x),
});

/** 0 now and then, else k/128 up to 129/128. */
const VALUE: Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: gridded(1 / GRID, 1 + 1 / GRID, GRID) },
  { weight: 1, arbitrary: fc.constant('0') },
);

const small = (s: string): boolean => Rational.from(s).sign() === 0;

export default defineClaim<Instance, Computed>({
  id: 'polar-express-finite-precision',
  statement: String.raw`Let $p_1, \dots, p_8$ be the published list of Polar Express and $\tilde p_t(x) = p_t(x/1.01)$ for $t \le 7$, $\tilde p_8 = p_8$. If the singular
values of $M$ are $0$ or lie in $[10^{-3}, 1.01]$ then $\|\mathrm{polar}(M) - (\tilde p_t \circ \dots \circ \tilde p_1)(M)\|_{op} \le W_t$, the exact worst error over
the interval, with $W_t < 1$ and $W_8 < 10^{-14}$. Singular values of $1.011$ diverge. Without the factor, $1.0001$ exceeds $10^{18}$ after six steps; the derivative
of the composition at $1$ after five is above $6 \cdot 10^4$. $\min_{[0,1]} p_1(x)/x$ is above $0.24$ for the published list ($0.236$ with the factor) and below
$1/90$ for the optimal one on $[10^{-3}, 1]$; the published list is the one made for $[\max(l_t, 0.0240\dots\, u_t), u_t]$. $x \mapsto N(x/1.01)$, $N$ the quintic Newton–Schulz map, has the fixed point $0.999998$.`,
  source: {
    paper: 'The Polar Express (Amsel et al. 2025)',
    locus: 'section 4.3, Algorithms 1 and 2; the constants are derived here',
    arxiv: '2505.16932',
    printed: 'not-printed',
  },
  assumptions: [
    { id: 'factors', text: 'M = U S V^T with orthonormal U, V', holds: ({ matrix }) => isFactored(matrix) },
    { id: 'safety', text: 'all arguments but the last are divided by 1.01', holds: ({ list }) => list === 'safe' },
    {
      id: 'not-tiny',
      text: 'positive singular values are at least 1/1000',
      holds: ({ matrix }) => matrix.spectrum.every((s) => small(s) || LOWER.atMost(Rational.from(s))),
    },
    {
      id: 'normalised',
      text: 'singular values are at most 1.01',
      holds: ({ matrix }) => matrix.spectrum.every((s) => Rational.from(s).atMost(UPPER)),
    },
    { id: 'steps', text: '1 <= t <= 8', holds: ({ steps }) => steps >= 1 && steps <= POLAR_EXPRESS.length },
  ],
  families: [
    {
      id: 'matrices',
      role: 'generic',
      arbitrary: fc.record({
        list: fc.constant('safe' as const),
        steps: fc.integer({ min: 1, max: 2 }),
        matrix: factored((count) => fc.array(VALUE, { minLength: count, maxLength: count })),
      }),
    },
    {
      id: 'scalars',
      role: 'generic',
      arbitrary: fc.tuple(VALUE, fc.integer({ min: 1, max: 4 })).map(([x, steps]) => singleValue(x, steps)),
    },
    {
      // the worst error is that of the lower end, and 1.01 is the upper one
      id: 'both-ends',
      role: 'extremal',
      instances: [1, 2, 3, 4, 5].flatMap((steps) => [singleValue('1/1000', steps), singleValue('101/100', steps)]),
    },
    {
      id: 'rank-one',
      role: 'degenerate',
      arbitrary: fc
        .tuple(gridded(1 / 2, 1, GRID), fc.integer({ min: 1, max: 2 }))
        .chain(([x, steps]) =>
          factored((count) => fc.constant(Array.from({ length: count }, (_, i) => (i === 0 ? x : '0'))), 2).map(
            (matrix): Instance => ({ list: 'safe', steps, matrix }),
          ),
        ),
    },
  ],
  operations: [newtonSchulzOperation],
  *observe({ list, steps, matrix }) {
    const { output, errorBound } = yield* ask(newtonSchulzOperation, {
      matrix: matrixOf(matrix),
      coefficients: LISTS[list],
      steps,
      normalisation: 'none',
      epsilon: 0,
    });
    return { rows: output.matrix, radius: errorBound };
  },
  relation: 'at-most',
  measure: ({ matrix }, computed) => polarDistance(computed, matrix),
  bound: (instance) => enclosed(bound(instance)),
  proof: [
    {
      id: 'inside-the-basin',
      text: String.raw`W_t \le 1`,
      lhs: (instance) => enclosed(bound(instance)),
      rhs: () => exactly(1),
    },
  ],
  exactness: { level: 'algebraic-proof', certify: () => ({ obligations: precisionObligations() }) },
  tightness: { supremum: 1, floor: 0.9999, family: 'both-ends' },
  controls: [
    {
      id: 'no-safety-factor',
      mutation: 'dropped-assumption',
      belief: 'The safety factor is a precaution that can be left out',
      drops: 'safety',
      witness: singleValue('10001/10000', 5, 'bare'),
      mutate: (claim) => ({
        ...claim,
        assumptions: claim.assumptions.filter(({ id }) => id !== 'safety'),
        families: [
          {
            id: 'bare',
            role: 'generic',
            arbitrary: fc
              .tuple(gridded(1 / GRID, 1 + 1 / GRID, GRID), fc.integer({ min: 1, max: 4 }))
              .map(([x, steps]) => singleValue(x, steps, 'bare')),
          },
          { id: 'just-above-one', role: 'generic', instances: [singleValue('1025/1024', 4, 'bare')] },
        ],
        tightness: { ...claim.tightness, family: 'bare' },
      }),
    },
    {
      id: 'a-thousandth-above',
      mutation: 'dropped-assumption',
      belief: 'Singular values a thousandth above 1.01 do no harm',
      drops: 'normalised',
      witness: singleValue('1011/1000', 5),
      mutate: (claim) => ({
        ...claim,
        assumptions: claim.assumptions.filter(({ id }) => id !== 'normalised'),
        families: [
          {
            id: 'above',
            role: 'generic',
            arbitrary: fc
              .tuple(gridded(1, 9 / 8, GRID), fc.integer({ min: 1, max: 4 }))
              .map(([x, steps]) => singleValue(x, steps)),
          },
        ],
        tightness: { ...claim.tightness, family: 'above' },
      }),
    },
    {
      id: 'no-cushion',
      mutation: 'sharpened-constant',
      belief: 'The optimal first map takes no singular value below 0.236 of itself',
      witness: singleValue('1', 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-least',
        measure: () => exactly(leastQuotient(firstOptimal())),
        bound: () => exactly('59/250'),
      }),
    },
    {
      id: 'safety-in-one-coefficient',
      mutation: 'broken-subject',
      belief: 'Dividing every coefficient by 1.01 is the same as dividing the argument',
      witness: singleValue('101/100', 5),
      mutate: (claim) =>
        tampered(claim, newtonSchulzOperation, (input: NewtonSchulzInput) =>
          newtonSchulzOperation.exact?.({
            ...input,
            coefficients: POLAR_EXPRESS.map(([a, b, c]) => [a / 1.01, b / 1.01, c / 1.01] as const),
          }),
        ),
    },
  ],
});
