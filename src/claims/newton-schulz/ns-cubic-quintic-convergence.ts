import fc from 'fast-check';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import {
  degenerate,
  type Factored,
  factored,
  graded,
  gridded,
  scalar,
  spread,
  turned,
} from '../../instances/spectra.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { type NewtonSchulzInput, newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import {
  gradientIds,
  type IterationInstance,
  isGradient,
  isWellFormed,
  iterated,
  type Observed,
  startingValues,
} from './parts/iteration.ts';
import { squaredDefect, squaredPolarDistance } from './parts/observed.ts';
import { padeCertificate } from './parts/pade-certificate.ts';
import { type Degree, PADE, squaredEdge } from './parts/pade-map.ts';
import { errorSum } from './parts/spectral-error.ts';

/**
 * The classical Newton–Schulz iterations converge to the polar factor with their full order, from exactly known intervals.
 *
 * Why the constants: with e = 1 - x² a step of the cubic is e' = e² (3 + e)/4, one of the quintic e' = e³ (40 + 15 e + 9 e²)/64.
 * Both quotients rise from 3/4 and 5/8 at e = 0 to 1 at e = 1, so the error of a small singular value falls no faster than
 * |e|^((q+1)^T): the bound is attained by the singular value 0, which no step moves, and approached as sigma tends to 0. The
 * quotients of the iterated bound are squares here, since ||I - X^T X||_F² is the sum of the squared errors and exact on
 * rationals. The cubic sends sqrt 3 to 0, the quintic fixes sqrt(7/3) and diverges above it: the higher order has the smaller
 * basin, which a matrix scaled by its Frobenius norm never leaves.
 */

interface Instance extends IterationInstance {
  readonly degree: Degree;
}

const ONE = Rational.ONE;
const isFirstStep = ({ steps }: Instance): boolean => steps === 1;
const NOTHING = exactly(0);

/** The squared size of the error after the steps, at most. */
const iteratedBound = (instance: Instance): Enclosure =>
  errorSum(startingValues(instance), ONE, PADE[instance.degree].order ** instance.steps);

/** The same with another constant before the power, for one step. */
const oneStepBound = (instance: Instance, factor: Rational, order = PADE[instance.degree].order): Enclosure =>
  errorSum(startingValues(instance), factor, order);

const onUnitInterval = (instance: Instance): boolean => startingValues(instance).every(({ hi }) => hi.atMost(ONE));
const aboveOne = (instance: Instance): boolean => startingValues(instance).every(({ lo }) => ONE.atMost(lo));

const DEGREES = fc.constantFrom<Degree[]>(3, 5);
/** Exact iterates grow in length by the degree a step. */
const STEPS = fc.integer({ min: 1, max: 2 });
/** Grid points up to the edge of the basin: k/64 below sqrt 3 and sqrt(7/3). */
const GRID = 64;
const LEAST = 1 / GRID;
const most = (degree: Degree): number =>
  Number(
    squaredEdge(degree)
      .times(Rational.of(GRID * GRID))
      .squareRootBounds(0)[0]
      .floor(),
  ) / GRID;

const matrices = (
  matrix: (degree: Degree) => fc.Arbitrary<Factored>,
  normalisation: Instance['normalisation'],
): fc.Arbitrary<Instance> =>
  DEGREES.chain((degree) =>
    fc.record({
      degree: fc.constant(degree),
      matrix: matrix(degree),
      normalisation: fc.constant(normalisation),
      steps: STEPS,
    }),
  );

const scalars = (degree: Degree, x: string, steps: number): Instance => ({
  degree,
  matrix: scalar(x),
  normalisation: 'none',
  steps,
});

/** The subject runs the iteration on another input. */
const asking = (change: (input: NewtonSchulzInput) => NewtonSchulzInput) => (input: NewtonSchulzInput) =>
  newtonSchulzOperation.exact?.({ ...change(input), normalisation: 'none' });

export default defineClaim<Instance, Observed>({
  id: 'ns-cubic-quintic-convergence',
  statement: String.raw`Let $p_3(x) = (3x - x^3)/2$ ($q = 1$) and $p_5(x) = (15x - 10x^3 + 3x^5)/8$ ($q = 2$), applied to the singular values
of $X_{k+1} = a X_k + b X_k X_k^T X_k + c (X_k X_k^T)^2 X_k$. If all singular values of $X_0 = U S V^T$ lie in $[0, \sqrt 3]$, or $[0, \sqrt{7/3}]$ for
$p_5$, then $|1 - \sigma_i(X_T)^2| \le |1 - \sigma_i(X_0)^2|^{(q+1)^T}$, so $\|I - X_T^T X_T\|_F^2 \le \sum_i |1 - \sigma_i(X_0)^2|^{2 (q+1)^T}$, and
$X_T$ keeps the singular vectors. On $[0, 1]$ one step takes $e = 1 - x^2$ to $e'$ with $\tfrac34 e^2 \le e' \le e^2$, or $\tfrac58 e^3 \le e' \le e^3$;
above $1$, $|e'| \le \tfrac34 e^2$, or $\tfrac58 |e|^3$. The orders are exactly $2$ and $3$. On $x > 0$ the iteration with $p_3$ tends to $1$ from
$(0, \sqrt 3)$, to $0$ from $\sqrt 3$, to $1$, $-1$ or $0$ from $(\sqrt 3, \sqrt 5)$, and diverges beyond the repelling 2-cycle $\{\pm\sqrt 5\}$ of slope $-6$; with $p_5$,
which is monotone, it tends to $1$ exactly from $(0, \sqrt{7/3})$ and increases to infinity beyond the fixed point $\sqrt{7/3}$ of slope $10/3$. The map
$2x - \tfrac32 x^3 + \tfrac12 x^5$ has order $2$ only, overshoots to $\sqrt{3136/3125}$ on $[0, 1]$, and has the basin $(0, \sqrt 2)$.`,
  source: {
    paper: 'Newton-Schulz and Muon (Jordan 2024; Higham)',
    locus: 'Higham, Functions of Matrices, section 8.3; Kenney and Laub 1991, Theorem 3.1; Polar Express, section 2',
    arxiv: '2505.16932',
    printed: 'holds',
    erratum:
      'Quadratic convergence of the cubic from singular values in (0, sqrt 3) holds as printed. Carried over to the quintic, that interval is false: beyond sqrt(7/3) its iterates diverge. The constants of one step, the exact basins and what happens beyond them are derived here.',
  },
  assumptions: [
    { id: 'well-formed', text: 'X_0 = U S V^T with orthonormal U, V', holds: isWellFormed },
    {
      id: 'basin',
      text: 'sigma(X_0)^2 <= 3 for the cubic, 7/3 for the quintic',
      holds: (instance) =>
        startingValues(instance).every(({ hi }) => hi.times(hi).atMost(squaredEdge(instance.degree))),
    },
  ],
  families: [
    {
      id: 'scalars',
      role: 'generic',
      arbitrary: DEGREES.chain((degree) => {
        const drawn = (lo: number, hi: number, longest: number): fc.Arbitrary<Instance> =>
          fc
            .tuple(gridded(lo, hi, GRID), fc.integer({ min: 1, max: longest }))
            .map(([x, steps]) => scalars(degree, x, steps));
        // the nearer to 1, the fewer steps until the error is below what single precision can tell from 0
        return fc.oneof(
          drawn(LEAST, 1 / 2, 3),
          drawn(1 / 2, 3 / 4, 2),
          drawn(3 / 4, 5 / 4, 1),
          drawn(5 / 4, most(degree), 2),
        );
      }),
    },
    {
      id: 'near-zero',
      role: 'extremal',
      instances: [10, 100, 1000].flatMap((n) =>
        [1, 2, 3].flatMap((steps) => [scalars(3, `1/${n}`, steps), scalars(5, `1/${n}`, steps)]),
      ),
    },
    {
      id: 'near-the-edge',
      role: 'adversarial',
      instances: ([3, 5] as const).flatMap((degree) =>
        // multiples of 10^-12 just below the edge
        [1, 2].map((steps) =>
          scalars(
            degree,
            Rational.of(
              squaredEdge(degree)
                .times(Rational.of(10n ** 24n))
                .squareRootBounds(0)[0]
                .floor(),
              10n ** 12n,
            ).toString(),
            steps,
          ),
        ),
      ),
    },
    {
      id: 'matrices',
      role: 'generic',
      arbitrary: matrices((degree) => factored(spread(gridded(LEAST, most(degree), GRID))), 'none'),
    },
    {
      // zero and repeated values; 0 and 1 attain equality
      id: 'degenerate',
      role: 'extremal',
      arbitrary: matrices((degree) => factored(degenerate(gridded(1 / 8, most(degree), 8))), 'none'),
    },
    {
      // a single singular value would be 1 after normalisation
      id: 'normalised',
      role: 'generic',
      arbitrary: matrices(() => factored(graded(gridded(1, 1000, 1), 2), 2), 'frobenius'),
    },
    {
      id: 'real-gradients',
      role: 'generic',
      instances: gradientIds().map((gradient, i) => ({
        degree: i % 2 === 0 ? 3 : 5,
        matrix: { gradient },
        normalisation: 'frobenius',
        steps: 2,
      })),
    },
  ],
  operations: [newtonSchulzOperation],
  observe: (instance) => iterated(instance, PADE[instance.degree].coefficients),
  relation: 'at-most',
  measure: (_, observed) => squaredDefect(observed),
  bound: iteratedBound,
  proof: [
    {
      id: 'polar-factor',
      text: String.raw`\|X_T - U V^T\|_F^2 \le \sum_{\sigma_i > 0} |1 - \sigma_i^2|^{2 (q+1)^T}, \text{ since } |1 - x| \le |1 - x^2| \text{ for } x \ge 0`,
      lhs: ({ matrix }, observed) => (isGradient(matrix) ? NOTHING : squaredPolarDistance(observed, matrix)),
      rhs: (instance) =>
        isGradient(instance.matrix)
          ? NOTHING
          : errorSum(
              startingValues(instance).filter(({ lo }) => lo.sign() > 0),
              ONE,
              PADE[instance.degree].order ** instance.steps,
            ),
    },
    {
      id: 'never-grows',
      text: String.raw`|1 - \sigma_i(X_T)^2| \le |1 - \sigma_i(X_0)^2|`,
      lhs: (_, observed) => squaredDefect(observed),
      rhs: (instance) => errorSum(startingValues(instance), ONE, 1),
    },
    {
      id: 'first-step-from-below',
      text: String.raw`\tfrac34 e^2 \text{ or } \tfrac58 e^3 \le e' \text{ on } [0, 1]`,
      lhs: (instance) =>
        isFirstStep(instance) && onUnitInterval(instance)
          ? oneStepBound(instance, PADE[instance.degree].least)
          : NOTHING,
      rhs: (instance, observed) =>
        isFirstStep(instance) && onUnitInterval(instance) ? squaredDefect(observed) : NOTHING,
    },
    {
      id: 'first-step-above-one',
      text: String.raw`|e'| \le \tfrac34 e^2 \text{ or } \tfrac58 |e|^3 \text{ above } 1`,
      lhs: (instance, observed) => (isFirstStep(instance) && aboveOne(instance) ? squaredDefect(observed) : NOTHING),
      rhs: (instance) =>
        isFirstStep(instance) && aboveOne(instance) ? oneStepBound(instance, PADE[instance.degree].least) : NOTHING,
    },
  ],
  exactness: {
    level: 'algebraic-proof',
    certify: () => ({ obligations: padeCertificate(PADE[3], PADE[5]) }),
  },
  tightness: { supremum: 1, floor: 0.9999, family: 'near-zero' },
  controls: [
    {
      id: 'quintic-basin-sqrt-3',
      mutation: 'dropped-assumption',
      belief: 'The quintic converges from (0, sqrt 3), as the cubic does',
      drops: 'basin',
      witness: scalars(5, '8/5', 2),
      mutate: (claim) => ({
        ...claim,
        assumptions: claim.assumptions.filter(({ id }) => id !== 'basin'),
        families: [
          {
            id: 'up to sqrt 3',
            role: 'generic',
            arbitrary: fc
              .tuple(gridded(0, most(3), GRID), fc.integer({ min: 1, max: 3 }))
              .map(([x, steps]) => scalars(5, x, steps)),
          },
        ],
        proof: [],
        // converging means at least this
        bound: (instance) => errorSum(startingValues(instance), ONE, 1),
        tightness: { ...claim.tightness, family: 'up to sqrt 3' },
      }),
    },
    {
      id: 'cubic-order-3',
      mutation: 'sharpened-constant',
      belief: 'The cubic has order 3',
      witness: scalars(3, '9/10', 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => errorSum(startingValues(instance), ONE, 3 ** instance.steps),
      }),
    },
    {
      id: 'cubic-constant-0.7',
      mutation: 'sharpened-constant',
      belief: 'A step of the cubic takes the error e to at most 0.7 e^2',
      witness: scalars(3, '1/100', 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) =>
          instance.degree === 3 && isFirstStep(instance)
            ? oneStepBound(instance, Rational.of(7, 10))
            : iteratedBound(instance),
      }),
    },
    {
      id: 'quintic-constant-0.5',
      mutation: 'sharpened-constant',
      belief: 'Above 1 a step of the quintic takes the error e to at most |e|^3/2',
      witness: scalars(5, '101/100', 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) =>
          instance.degree === 5 && isFirstStep(instance) && aboveOne(instance)
            ? oneStepBound(instance, Rational.of(1, 2))
            : iteratedBound(instance),
      }),
    },
    {
      id: 'transposed',
      mutation: 'broken-subject',
      belief: 'The answer may be transposed',
      witness: { degree: 3, matrix: turned(['1/2', '3/4']), normalisation: 'none', steps: 1 },
      mutate: (claim) =>
        tampered(claim, newtonSchulzOperation, (_: NewtonSchulzInput, { matrix }: { matrix: Observed['rows'] }) => ({
          matrix:
            matrix.length === matrix[0]?.length ? matrix.map((row, i) => row.map((_, j) => matrix[j]?.[i])) : matrix,
        })),
    },
    {
      id: 'unscaled',
      mutation: 'broken-subject',
      belief: 'The input need not be normalised',
      witness: { degree: 5, matrix: turned(['3', '4']), normalisation: 'frobenius', steps: 2 },
      mutate: (claim) =>
        tampered(
          claim,
          newtonSchulzOperation,
          asking((input) => input),
        ),
    },
    {
      id: 'one-coefficient-off',
      mutation: 'broken-subject',
      belief: 'The first coefficient 1.8 is as good as 15/8',
      witness: scalars(5, '1/2', 1),
      mutate: (claim) =>
        tampered(
          claim,
          newtonSchulzOperation,
          asking((input) => ({
            ...input,
            coefficients: input.coefficients.map(([a, b, c]) => [a === '15/8' ? '9/5' : a, b, c] as const),
          })),
        ),
    },
  ],
});
