import fc from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import type { Interval } from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { squaredImageDistance, squaredLipschitzBound } from './parts/odd-map-lemma.ts';
import { measuredError, type RoundedInstance, statedBound } from './parts/rounded-run.ts';

/**
 * What rounding does to Newton–Schulz is bounded from the matrix alone, step by step.
 *
 * Each step adds what its three products and two sums are rounded by, from the spectral and the Frobenius norm of the exact
 * iterate, and passes on what came before times the steepest slope of p between 0 and that norm: an odd polynomial is as
 * Lipschitz on matrices in the Frobenius norm as on numbers. Single precision and bfloat16 are emulated bit by bit and the
 * iterates they are compared with are rational, cut at 2^-160, so that the measured error is exact. For a single number
 * and one step the bound is within a factor of three; it is loose by orders of magnitude for larger matrices and more steps, since
 * slopes and sums both take the worst case in every step.
 */

type Format = RoundedInstance['format'];

const SIDE = 4;
/** Entries of at most 1/4: sixteen of them have a norm of at most 1. */
const MOST = 1 / 4;

const matrices = (digits: number): fc.Arbitrary<RoundedInstance['matrix']> =>
  fc.tuple(fc.integer({ min: 1, max: SIDE }), fc.integer({ min: 1, max: SIDE })).chain(([m, n]) =>
    fc.array(
      fc.array(
        fc.integer({ min: -(2 ** digits) * MOST, max: 2 ** digits * MOST }).map((k) => k / 2 ** digits + 0),
        { minLength: n, maxLength: n },
      ),
      { minLength: m, maxLength: m },
    ),
  );

const runs = (format: Format, digits: number): fc.Arbitrary<RoundedInstance> =>
  fc.record({
    matrix: matrices(digits),
    map: fc.constantFrom('cubic' as const, 'quintic' as const, 'muon' as const),
    format: fc.constant(format),
    steps: fc.integer({ min: 1, max: 5 }),
  });

/** A full 4 × 4 matrix of single-precision numbers below 1/4. */
const FULL = Array.from({ length: SIDE }, (_, i) =>
  Array.from(
    { length: SIDE },
    (_x, j) => (((i * 7 + j * 5 + i * j + 3) * 1234577) % 2 ** 22) / 2 ** 24 - (i === j ? 1 / 8 : 0),
  ),
);

/** A number whose five steps round badly: more than 30 u. */
const UNLUCKY = [[3167074 / 2 ** 24]];

const muon = (steps: number): RoundedInstance => ({ matrix: FULL, map: 'muon', format: 'float32', steps });

const longest = ({ matrix }: RoundedInstance): number => Math.max(matrix.length, matrix[0]?.length ?? 0);

/** c n u. */
const multipleOfRoundoff = (instance: RoundedInstance, c: Rational) =>
  exactly(c.times(Rational.of(longest(instance))).times(Rational.from(UNIT_ROUNDOFF[instance.format])));

export default defineClaim<RoundedInstance, Interval>({
  id: 'ns-f32-forward-error',
  statement: String.raw`Let $X_{j+1} = p(X_j)$ for $p(x) = a x + b x^3 + c x^5$ and $X_0 \in \mathbb{R}^{m \times n}$, $N = \max(m, n)$, and let every operation be rounded with
unit roundoff $u$, $\gamma_k = k u / (1 - k u)$. With $s \ge \|X_j\|_{op} + e_j$, $f \ge \|X_j\|_F + e_j$, $d_1 = \gamma_N f^2$, $d_2 = \gamma_N (s f + d_1)^2$, $d_{12} = d_2 + 2 s^2 d_1 + d_1^2$,
$q = |b| (s f + d_1) + |c| (s^3 f + d_{12})$, $d_3 = \gamma_3 q$, $d_4 = \gamma_3 |a| f + \gamma_{N+1} (q + d_3) f$ and
$e_{j+1} = \max_{[0, s]} |p'|\, e_j + s (|b| d_1 + |c| d_{12} + d_3) + d_4$: the computed iterate is within $e_k$ of $X_k$ in the Frobenius norm (up to underflow; in bfloat16
products are accumulated in single precision and $\gamma_N$ is that of one more rounding). For odd $p$, $\|p(X) - p(Y)\|_F \le \max_{[0, r]} |p'| \, \|X - Y\|_F$, $r = \max(\|X\|_{op}, \|Y\|_{op})$.`,
  source: {
    paper: 'Newton-Schulz and Muon (Jordan 2024; Higham)',
    locus: 'derived here, from Higham, Accuracy and Stability of Numerical Algorithms, section 3.5',
    printed: 'not-printed',
  },
  assumptions: [
    {
      id: 'small',
      text: '||X_0||_F <= 1, so that nothing overflows',
      holds: ({ matrix }) => Rational.sum(matrix.flat().map((x) => Rational.from(x).power(2))).atMost(Rational.ONE),
    },
  ],
  families: [
    { id: 'float32', role: 'generic', arbitrary: runs('float32', 24) },
    { id: 'few-digits', role: 'degenerate', arbitrary: runs('float32', 4) },
    { id: 'float64', role: 'generic', arbitrary: runs('float64', 30) },
    { id: 'bfloat16', role: 'generic', arbitrary: runs('bfloat16', 12) },
  ],
  operations: [],
  observe: (instance) => observeNothing(measuredError(instance)),
  relation: 'at-most',
  measure: (_, error) => enclosing(error),
  bound: (instance) => exactly(statedBound(instance)),
  proof: [
    {
      id: 'lipschitz',
      text: String.raw`\|p(X) - p(Y)\|_F^2 \le \max_{[0, r]} |p'|^2 \, \|X - Y\|_F^2`,
      lhs: (instance) => exactly(squaredImageDistance(instance)),
      rhs: (instance) => exactly(squaredLipschitzBound(instance)),
    },
    {
      id: 'one-step',
      text: String.raw`\|\mathrm{fl}(p(X_0)) - p(X_0)\|_F \le e_1`,
      lhs: (instance) => enclosing(measuredError({ ...instance, steps: 1 })),
      rhs: (instance) => exactly(statedBound({ ...instance, steps: 1 })),
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 'unknown', floor: 0.02, family: 'float32' },
  controls: [
    {
      id: 'a-twentieth-of-n-u',
      mutation: 'sharpened-constant',
      belief: 'The roundings cancel: the error stays below n u / 20',
      witness: muon(5),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => multipleOfRoundoff(instance, Rational.of(1, 20)),
      }),
    },
    {
      id: 'one-rounding-a-step',
      mutation: 'sharpened-constant',
      belief: 'Every step adds one rounding: the error is at most k u',
      witness: muon(5),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: ({ steps, format }) => exactly(steps * UNIT_ROUNDOFF[format]),
      }),
    },
    {
      id: 'muon-as-good-as-the-cubic',
      mutation: 'sharpened-constant',
      belief: "Muon's coefficients cost no accuracy: 4 n u as for the cubic",
      witness: { ...muon(5), matrix: UNLUCKY },
      mutate: (claim) => ({ ...claim, proof: [], bound: (instance) => multipleOfRoundoff(instance, Rational.of(4)) }),
    },
    {
      id: 'bfloat16-within-the-bound-of-single',
      mutation: 'broken-subject',
      belief: 'An implementation in bfloat16 passes for one in single precision',
      witness: muon(1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        observe: (instance) => observeNothing(measuredError(instance, 'bfloat16')),
      }),
    },
  ],
});
