import fc from 'fast-check';
import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
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
import { distance, enclosed, largest, point } from './parts/bracket.ts';
import {
  gradientIds,
  type IterationInstance,
  isGradient,
  isWellFormed,
  iterated,
  type Observed,
  startingValues,
} from './parts/iteration.ts';
import { muonCertificate } from './parts/muon-certificate.ts';
import { imagesOf } from './parts/muon-images.ts';
import { MUON, muonConstants, preimages, threshold } from './parts/muon-map.ts';
import { largestEnd, passages, startingFrom, worstError } from './parts/muon-observed.ts';
import { squaredMisalignment } from './parts/observed.ts';

/**
 * Muon's five Newton–Schulz steps bring singular values into a band about 1, and never to 1.
 *
 * Why the constants: p(x) = 3.4445 x - 4.775 x³ + 2.0315 x⁵ rises to M = p(c1), falls to m = p(c2) and rises again, and
 * B = [m, p(m)] is mapped onto itself, so that 1 - m = 0.3181… is not only a bound but the error that some singular value has
 * after any number of steps. s_k is the k-fold preimage of m on the rising branch: what starts below it is still below m
 * after k steps. Preimages of c2 attain 1 - m, preimages of c1 attain M. Orbits end near an attracting 4-cycle that passes
 * within 10^-4 of m, so real spectra with dozens of values come close to equality.
 */

type Instance = IterationInstance;

const NOTHING = exactly(0);
const ONE = Rational.ONE;
const MOST_STEPS = 5;

const reached = (instance: Instance, observed: Observed) =>
  startingFrom(passages(instance, observed), threshold(instance.steps).hi);

const stillBelow = (instance: Instance, observed: Observed) =>
  passages(instance, observed).filter(({ start }) => start.hi.lessThan(threshold(instance.steps).lo));

/** 1 - m. */
const bandRadius = () => enclosed(distance(point(ONE), muonConstants().bottom));

const scalars = (x: string, steps: number): Instance => ({ matrix: scalar(x), normalisation: 'none', steps });

const GRID = 256;
/** The first grid point above s_k. */
const least = (k: number): number => Number(threshold(k).hi.times(Rational.of(GRID)).ceiling()) / GRID;

const matrices = (
  matrix: (k: number) => fc.Arbitrary<Factored>,
  normalisation: Instance['normalisation'],
  steps: fc.Arbitrary<number>,
): fc.Arbitrary<Instance> =>
  steps.chain((k) =>
    fc.record({ matrix: matrix(k), normalisation: fc.constant(normalisation), steps: fc.constant(k) }),
  );

/** Preimages of a critical point on the rising branch under 0, …, 4 steps, to twenty binary digits: 1, …, 5 steps from the extremum. */
const aroundPreimages = (critical: 'c1' | 'c2'): readonly Instance[] => {
  const { [critical]: c, c1, inner } = muonConstants();
  // c2 exceeds 1: start from its preimage in [c1, 1], which is that in [c1, x*], or on the rising branch
  const chain = critical === 'c1' ? preimages(c, c1, MOST_STEPS - 1) : preimages(c, c1, MOST_STEPS - 1).slice(1);
  return chain
    .filter(({ hi }) => hi.lessThan(inner.lo))
    .map(({ lo }, k) => scalars(lo.roundedUp(20).toString(), critical === 'c1' ? k + 1 : k + 2));
};

/** Just above s_k, which k steps bring to just above m, and just below. */
const beside = (k: number): readonly Instance[] => {
  const digits = 12 + 2 * k;
  const { lo, hi } = threshold(k);
  return [hi.roundedUp(digits), lo.roundedDown(digits)].map((x) => scalars(x.toString(), k));
};

/** The subject runs the iteration on another input. */
const asking = (change: (input: NewtonSchulzInput) => NewtonSchulzInput) => (input: NewtonSchulzInput) =>
  newtonSchulzOperation.exact?.({ ...change(input), normalisation: 'none' });

export default defineClaim<Instance, Observed>({
  id: 'muon-ns5-band',
  statement: String.raw`Let $p(x) = 3.4445 x - 4.7750 x^3 + 2.0315 x^5$, with the critical points $0 < c_1 < 1 < c_2$, $M = p(c_1) = 1.20236\dots$,
$m = p(c_2) = 0.68183\dots$, $B = [m, p(m)]$, $p(m) = 1.13435\dots$, and $s_0 = m$, $s_k$ the preimage of $s_{k-1}$ in $(0, c_1)$. Then $p > 0$ on
$(0, \infty)$ and $p(B) = B = p([m, M])$; for $k \ge 1$ and $0 < s \le 1$, $p^k([s, 1]) \subset [m, M]$ iff $s \ge s_k$ and $p^k([s, 1]) \subset B$ iff
$s \ge s_{k-1}$; so after $k$ steps every singular value that starts in $[s_k, 1]$ satisfies $|1 - \sigma| \le 1 - m = 0.31816\dots$, with equality at the preimages of
$c_2$, and none exceeds $M$. $s_5 = 0.0015051\dots$; $p^5([10^{-3}, 1]) = [0.47054\dots, M]$. Orbits from $(0, x_e]$ stay there and orbits beyond $x_e = 1.26372\dots$
diverge. All fixed points $0$, $x_* = 0.86802\dots$, $x_e$ repel and $p(1) = 0.701$, so no orbit converges to $1$; the orbit of $1$ converges to an attracting 4-cycle
with the errors $0.3180\dots, 0.1342\dots, 0.2470\dots, 0.0469\dots$`,
  source: {
    paper: 'Newton-Schulz and Muon (Jordan 2024; Higham)',
    locus: 'Newton-Schulz 5, coefficients (3.4445, -4.7750, 2.0315), five steps',
    printed: 'corrected',
    erratum:
      'Printed as an "orthonormalisation". Read as convergence to U V^T it is false for every number of steps: 1 is not a fixed point. What holds is a band, [m, M] = [0.6818, 1.2024] after five steps for singular values of at least s_5 = 0.0015051 times the Frobenius norm, and [m, p(m)] = [0.6818, 1.1344] from s_4 = 0.0051843 on.',
  },
  assumptions: [
    { id: 'well-formed', text: 'X_0 = U S V^T with orthonormal U, V', holds: isWellFormed },
    {
      id: 'normalised',
      text: 'sigma(X_0) <= 1, as after division by the Frobenius norm',
      holds: (instance) => startingValues(instance).every(({ hi }) => hi.atMost(ONE)),
    },
    {
      id: 'steps',
      text: '1 to 10 steps',
      holds: ({ steps }) => Number.isInteger(steps) && steps >= 1 && steps < muonConstants().thresholds.length,
    },
  ],
  // the exact orbits of five steps are long: last, so that a search for a violation seldom gets there
  families: [
    {
      id: 'scalars',
      role: 'generic',
      arbitrary: fc.integer({ min: 1, max: 4 }).chain((k) => gridded(least(k), 1, GRID).map((x) => scalars(x, k))),
    },
    {
      id: 'matrices',
      role: 'generic',
      arbitrary: matrices((k) => factored(spread(gridded(least(k), 1, GRID))), 'none', fc.integer({ min: 1, max: 2 })),
    },
    {
      id: 'degenerate',
      role: 'degenerate',
      arbitrary: matrices(
        (k) => factored(degenerate(gridded(least(k), 1, GRID))),
        'none',
        fc.integer({ min: 1, max: 2 }),
      ),
    },
    {
      id: 'five-steps',
      role: 'generic',
      arbitrary: matrices(() => factored(graded(gridded(1, 1000, 1), 3), 2), 'frobenius', fc.constant(MOST_STEPS)),
    },
    { id: 'preimages-of-c2', role: 'extremal', instances: aroundPreimages('c2') },
    { id: 'preimages-of-c1', role: 'adversarial', instances: aroundPreimages('c1') },
    { id: 'at-thresholds', role: 'extremal', instances: [1, 2, 3, 4, 5].flatMap(beside) },
    {
      // dozens of values near a 4-cycle that passes close to m
      id: 'real-gradients',
      role: 'extremal',
      instances: gradientIds().map((gradient) => ({
        matrix: { gradient },
        normalisation: 'frobenius',
        steps: MOST_STEPS,
      })),
    },
  ],
  operations: [newtonSchulzOperation],
  observe: (instance) => iterated(instance, MUON),
  relation: 'at-most',
  measure: (instance, observed) => enclosed(worstError(reached(instance, observed))),
  bound: bandRadius,
  proof: [
    {
      id: 'top',
      text: String.raw`\sigma_i(X_k) \le M`,
      lhs: (instance, observed) => enclosed(largestEnd(passages(instance, observed))),
      rhs: () => enclosed(muonConstants().top),
    },
    {
      id: 'settled',
      text: String.raw`\sigma_i(X_k) \le p(m) \text{ if all } \sigma_i(X_0) \in \{0\} \cup [s_{k-1}, 1]`,
      lhs: (instance, observed) => {
        const all = passages(instance, observed).filter(({ start }) => start.hi.sign() > 0);
        const settled = startingFrom(all, threshold(instance.steps - 1).hi);
        return settled.length === all.length ? enclosed(largestEnd(all)) : NOTHING;
      },
      rhs: () => enclosed(muonConstants().bandTop),
    },
    {
      id: 'short',
      text: String.raw`\sigma_i(X_k) < m \text{ for } \sigma_i(X_0) < s_k`,
      lhs: (instance, observed) =>
        isGradient(instance.matrix) ? NOTHING : enclosed(largestEnd(stillBelow(instance, observed))),
      rhs: () => enclosed(muonConstants().bottom),
    },
    {
      id: 'singular-vectors',
      text: String.raw`\|X_k - U \mathrm{diag}(U^T X_k V) V^T\|_F^2 \le 0`,
      lhs: ({ matrix }, observed) => (isGradient(matrix) ? NOTHING : squaredMisalignment(observed, matrix)),
      rhs: () => NOTHING,
    },
    {
      id: 'images',
      text: String.raw`|\sigma_i(X_k) - p^k(\sigma_i(X_0))| \le 0`,
      lhs: (instance, observed) =>
        isGradient(instance.matrix)
          ? NOTHING
          : enclosed(
              largest(
                passages(instance, observed).map(({ start, end }) => distance(end, imagesOf(start, instance.steps))),
              ),
            ),
      rhs: () => NOTHING,
    },
  ],
  exactness: { level: 'algebraic-proof', certify: muonCertificate },
  tightness: { supremum: 1, floor: 0.9999, family: 'preimages-of-c2' },
  controls: [
    {
      id: 'band-0.69-1.13',
      mutation: 'sharpened-constant',
      belief: 'The singular values end in [0.69, 1.13]',
      witness: scalars('7199/65536', 3),
      mutate: (claim) => ({ ...claim, proof: [], bound: () => exactly('31/100') }),
    },
    {
      id: 'converges-to-polar',
      mutation: 'as-printed',
      belief: 'Orthonormalisation: with more steps X approaches U V^T',
      witness: scalars('1', 5),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        // converging, however slowly: half the band's radius after two steps, a quarter after three
        bound: ({ steps }) => enclosed(halved(steps - 1)),
      }),
    },
    {
      id: 'five-steps-from-one-thousandth',
      mutation: 'sharpened-constant',
      belief: 'Five steps bring every singular value of at least 1/1000 into [0.68, 1.2]',
      witness: scalars('1/1000', 5),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance, observed) =>
          enclosed(worstError(startingFrom(passages(instance, observed), Rational.of(1, 1000)))),
      }),
    },
    {
      id: 'basin-sqrt-7/3',
      mutation: 'dropped-assumption',
      belief: 'Like the classical quintic it may start from up to sqrt(7/3)',
      drops: 'normalised',
      witness: scalars('6319/5000', 5),
      mutate: (claim) => ({
        ...claim,
        assumptions: claim.assumptions.filter(({ id }) => id !== 'normalised'),
        families: [
          {
            id: 'up to sqrt(7/3)',
            role: 'generic',
            arbitrary: fc
              .tuple(gridded(least(1), 391 / GRID, GRID), fc.integer({ min: 1, max: 3 }))
              .map(([x, k]) => scalars(x, k)),
          },
        ],
        tightness: { ...claim.tightness, family: 'up to sqrt(7/3)' },
      }),
    },
    {
      id: 'attracting-fixed-point',
      mutation: 'sharpened-constant',
      belief: 'The fixed point 0.868... attracts',
      witness: scalars('9/10', 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance, observed) =>
          enclosed(largest(passages(instance, observed).map(({ end }) => distance(end, muonConstants().inner)))),
        bound: (instance) =>
          enclosed(largest(startingValues(instance).map((start) => distance(start, muonConstants().inner)))),
      }),
    },
    {
      id: 'transposed',
      mutation: 'broken-subject',
      belief: 'The answer may be transposed',
      witness: { matrix: turned(['1/2', '3/4']), normalisation: 'none', steps: 1 },
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
      witness: { matrix: turned(['3', '4']), normalisation: 'frobenius', steps: 2 },
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
      belief: 'The coefficients may be rounded to 3.445, -4.775, 2.0315',
      witness: scalars('1/2', 1),
      mutate: (claim) =>
        tampered(
          claim,
          newtonSchulzOperation,
          asking((input) => ({ ...input, coefficients: [['689/200', MUON[1], MUON[2]]] })),
        ),
    },
  ],
});

function halved(times: number) {
  const { lo, hi } = distance(point(ONE), muonConstants().bottom);
  const factor = Rational.of(1, 2).power(times);
  return { lo: lo.times(factor), hi: hi.times(factor) };
}
