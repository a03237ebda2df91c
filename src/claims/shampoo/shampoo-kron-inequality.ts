import fc, { type Arbitrary } from 'fast-check';
import { type Answer, ask, type Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { gradientStream, type NumericMatrix } from '../../instances/gradient-stream.ts';
import {
  absolute,
  add,
  around,
  divide,
  type Interval,
  interval,
  maximum,
  multiply,
  square,
  squareRoot,
  subtract,
  sum,
} from '../../kernels/exact/interval.ts';
import { rank } from '../../kernels/exact/linear-solve.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { normEnclosure, toInterval } from '../../kernels/matrix/norm-enclosure.ts';
import { inverseRootOperation } from '../../operations/inverse-root.ts';
import { gramSum } from '../../problems/regret.ts';

/**
 * The Kronecker product of Shampoo's two square roots dominates full-matrix AdaGrad's matrix, divided by the rank:
 * epsilon I + (1/r) sum gg^T <= L^(1/2) ⊗ R^(1/2), g the rows of G one after the other.
 *
 * Measured is the largest eigenvalue of the left side seen through H^(-1), H = L^(1/4) ⊗ R^(1/4): of
 * epsilon L^(-1/2) ⊗ R^(-1/2) + (1/r) sum x x^T, x the rows of L^(-1/4) G R^(-1/4). It is at most 1, and is 1 for one identity
 * gradient without damping, where L^(-1/4) G R^(-1/4) = I and x has the squared length n = r. Without 1/r it would be n. Any
 * single gradient is at equality, whatever its singular values and the damping: the eigenvector has sqrt(s² + epsilon)/s where x
 * has the inverse.
 */

interface Instance {
  readonly gradients: readonly NumericMatrix[];
  readonly epsilon: number;
}

type Rows = readonly (readonly Rational[])[];
type Entries = readonly (readonly Interval[])[];

interface Observed {
  /** L^(-1/4), R^(-1/4). */
  readonly left: Entries;
  readonly right: Entries;
}

const ZERO = interval(0);
const gradientsOf = ({ gradients }: Instance): readonly Rows[] =>
  gradients.map((G) => G.map((row) => row.map((x) => Rational.from(x))));
const exact = (A: Rows): Entries => A.map((row) => row.map((x) => around(x)));
const largestRank = (instance: Instance): number => Math.max(1, ...gradientsOf(instance).map((G) => rank(G)));

const product = (A: Entries, B: Entries): Entries =>
  A.map((row) => (B[0] ?? []).map((_, j) => sum(row.map((a, k) => multiply(a, B[k]?.[j] ?? ZERO)))));

/** The largest absolute eigenvalue of a symmetric matrix known by its entries: that of the centre, and what the radii can move. */
function spectralRadius(A: Entries): Interval {
  const centre = A.map((row) => row.map(({ lo, hi }) => lo / 2 + hi / 2));
  const radii = A.flatMap((row, i) =>
    row.map(({ lo, hi }, j) => absolute(subtract({ lo, hi }, interval(centre[i]?.[j] ?? 0)))),
  );
  const radius = squareRoot(sum(radii.map(({ hi }) => square(interval(hi))))).hi;
  const norm = toInterval(
    normEnclosure(
      'spectral',
      centre.map((row) => row.map((x) => Rational.from(x))),
    ),
  );
  return maximum(add(norm, { lo: -radius, hi: radius }), ZERO);
}

/** sum over t of weight x_t x_t^T plus epsilon A² ⊗ B², x_t the rows of A G_t B. */
function seen(
  { epsilon }: Instance,
  { left, right }: Observed,
  gradients: readonly Entries[],
  weight: Interval,
): Entries {
  const vectors = gradients.map((G) => product(product(left, G), right).flat());
  const [L, R] = [product(left, left), product(right, right)];
  const columns = right.length;
  const indices = Array.from(
    { length: left.length * columns },
    (_, k) => [Math.floor(k / columns), k % columns] as const,
  );
  return indices.map(([i, j], k) =>
    indices.map(([p, q], l) => {
      const damping = multiply(interval(epsilon), multiply(L[i]?.[p] ?? ZERO, R[j]?.[q] ?? ZERO));
      return add(damping, multiply(weight, sum(vectors.map((x) => multiply(x[k] ?? ZERO, x[l] ?? ZERO)))));
    }),
  );
}

const measured = (instance: Instance, observed: Observed, weight: Interval): Enclosure =>
  enclosing(spectralRadius(seen(instance, observed, gradientsOf(instance).map(exact), weight)));

const inverseOf = (count: number): Interval => divide(interval(1), interval(count));

function* observing(instance: Instance): Generator<Call, Observed, Answer<unknown>> {
  const root = function* (side: 'left' | 'right'): Generator<Call, Entries, Answer<unknown>> {
    const gram = gramSum(gradientsOf(instance), side).map((row) => row.map((x) => x.toString()));
    const { output, errorBound } = yield* ask(inverseRootOperation, {
      matrix: gram,
      root: 4,
      damping: instance.epsilon,
    });
    return output.matrix.map((row) => row.map((x) => around(Rational.from(x), errorBound)));
  };
  const left = yield* root('left');
  const right = yield* root('right');
  return { left, right };
}

/** The same numbers, read column after column. */
const columnMajor = (G: Rows): Rows => {
  const [columns, flat] = [G[0]?.length ?? 0, (G[0] ?? []).flatMap((_, j) => G.map((row) => row[j] ?? Rational.ZERO))];
  return G.map((row, i) => row.map((_, j) => flat[i * columns + j] ?? Rational.ZERO));
};

const scaledIdentity = (size: number, factor: number): NumericMatrix =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? factor : 0)));
const identity = (size: number, factor = 1): Instance => ({ gradients: [scaledIdentity(size, factor)], epsilon: 0 });

/** Entries k/8, so that L and R are exact doubles. */
const entriesOf = (rows: number, columns: number): Arbitrary<NumericMatrix> =>
  fc.array(
    fc.array(
      fc.integer({ min: -24, max: 24 }).map((k) => k / 8),
      { minLength: columns, maxLength: columns },
    ),
    { minLength: rows, maxLength: rows },
  );

const CORNER: Instance = {
  gradients: [
    [
      [0, 1, 0],
      [0, 0, 0],
    ],
  ],
  epsilon: 2 ** -6,
};

export default defineClaim<Instance, Observed>({
  id: 'shampoo-kron-inequality',
  statement: String.raw`Let $G_t \in \mathbb{R}^{m\times n}$, $\mathrm{rank}\,G_t \le r$ with $r \ge 1$, $g_t$ the rows of $G_t$ one after the other, $\epsilon \ge 0$,
$L = \epsilon I + \sum G_tG_t^T$, $R = \epsilon I + \sum G_t^TG_t$. Then
$\epsilon I + \frac1r\sum_t g_tg_t^T \preceq L^{1/2}\otimes R^{1/2}$. For $L, R \succ 0$ this is
$\lambda_{\max}\big(\epsilon L^{-1/2}\otimes R^{-1/2} + \frac1r\sum_t x_tx_t^T\big) \le 1$, $x_t$ the rows of $L^{-1/4}G_tR^{-1/4}$.`,
  source: {
    paper: 'Shampoo (Gupta, Koren, Singer 2018)',
    locus: 'the lemma that bounds sum gg^T by the Kronecker product (Lemma 8, the number from memory)',
    arxiv: '1802.09568',
    printed: 'holds',
  },
  assumptions: [
    {
      id: 'definite',
      text: 'epsilon >= 0, and L and R are positive definite (the other cases are limits of these)',
      holds: (instance) =>
        instance.epsilon > 0 ||
        (instance.epsilon === 0 &&
          (['left', 'right'] as const).every((side) => {
            const gram = gramSum(gradientsOf(instance), side);
            return rank(gram) === gram.length;
          })),
    },
  ],
  families: [
    {
      id: 'matrices',
      role: 'generic',
      arbitrary: fc
        .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }), fc.constantFrom(0.0625, 0.5, 2))
        .chain(([rows, columns, epsilon]) =>
          fc
            .array(entriesOf(rows, columns), { minLength: 2, maxLength: 4 })
            .map((gradients) => ({ gradients, epsilon })),
        ),
    },
    {
      id: 'streams',
      // one gradient, and all 1 × 1 ones, are at equality
      role: 'extremal',
      arbitrary: fc
        .tuple(gradientStream(3, 3), fc.constantFrom(0.0625, 0.5, 2))
        .map(([{ gradients }, epsilon]) => ({ gradients, epsilon })),
    },
    {
      id: 'scaled-identities',
      role: 'extremal',
      instances: [identity(1, 3), identity(2), identity(3), identity(3, 2), { ...identity(2), epsilon: 1 }],
    },
    { id: 'one-entry', role: 'extremal', instances: [CORNER, { ...CORNER, epsilon: 1 }] },
  ],
  operations: [inverseRootOperation],
  observe: observing,
  relation: 'at-most',
  measure: (instance, observed) => measured(instance, observed, inverseOf(largestRank(instance))),
  bound: () => exactly(1),
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.9999, family: 'scaled-identities' },
  controls: [
    {
      id: 'without-the-rank',
      mutation: 'sharpened-constant',
      belief: 'The factor 1/r is superfluous here too',
      witness: identity(3),
      mutate: (claim) => ({
        ...claim,
        measure: (instance, observed) => measured(instance, observed, interval(1)),
      }),
    },
    {
      id: 'exponents-of-a-quarter',
      mutation: 'sharpened-constant',
      belief: 'L^(1/4) ⊗ R^(1/4), the matrix that the method divides by, dominates as well',
      witness: identity(3, 2),
      mutate: (claim) => ({
        ...claim,
        // one direction of the inequality is enough to refute it: v = x, H v = g for the first gradient
        measure: (instance, observed) => {
          const gradients = gradientsOf(instance).map(exact);
          const [first = []] = gradients;
          const x = product(product(observed.left, first), observed.right);
          const along = (B: Entries): Interval =>
            sum(x.flatMap((row, i) => row.map((a, j) => multiply(a, B[i]?.[j] ?? ZERO))));
          const squares = sum(gradients.map((G) => square(along(G))));
          const lengths = multiply(interval(instance.epsilon), sum(x.flat().map(square)));
          const above = add(lengths, multiply(inverseOf(largestRank(instance)), squares));
          const below = along(first);
          return enclosing(below.lo > 0 ? divide(above, below) : ZERO);
        },
      }),
    },
    {
      id: 'column-after-column',
      mutation: 'dropped-assumption',
      belief: 'The order of the entries of g does not matter',
      witness: CORNER,
      mutate: (claim) => ({
        ...claim,
        measure: (instance, observed) =>
          enclosing(
            spectralRadius(
              seen(
                instance,
                observed,
                gradientsOf(instance).map(columnMajor).map(exact),
                inverseOf(largestRank(instance)),
              ),
            ),
          ),
      }),
    },
    {
      id: 'eighth-roots',
      mutation: 'broken-subject',
      belief: 'An inverse root of order 8 in the place of order 4 is no harm',
      witness: identity(3, 2),
      mutate: (claim) =>
        tampered(
          claim,
          inverseRootOperation,
          (_: unknown, { matrix }: { readonly matrix: readonly (readonly number[])[] }) => ({
            matrix: matrix.map((row, i) => row.map((x, j) => (i === j ? Math.sqrt(x) : x))),
          }),
        ),
    },
  ],
});
