import type { Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly, within } from '../../claim/enclosure.ts';
import { dyadicMatrix, type NumericRows, rankOneMatrix } from '../../instances/integer-matrix.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { dualNormEnclosure, normEnclosure, toInterval } from '../../kernels/matrix/norm-enclosure.ts';
import { asgoOperation } from '../../operations/asgo.ts';
import { muonOperation } from '../../operations/muon.ts';

/**
 * The first step of ASGO, and every step of ASGO without accumulation, is the polar factor of the gradient: Muon without
 * momentum, with exact orthogonalisation. On the other side the same method: ASGO of the transposed matrix.
 *
 * The polar factor X is characterised by what is measured: <G, X> is the nuclear norm of G, and no X of spectral norm at most 1
 * reaches more. Nothing is lost, so the ratio is 1.
 */

interface Instance {
  readonly matrix: NumericRows;
}

type Rows = readonly (readonly Rational[])[];

interface Update {
  readonly matrix: Rows;
  readonly error: number;
}

interface Observed {
  readonly left: Update;
  readonly right: Update;
  readonly muon: Update;
}

const rationals = (A: readonly (readonly Numeric[])[]): Rows => A.map((row) => row.map((x) => Rational.from(x)));
const total = (A: Rows): Rational => Rational.sum(A.flat().map((x) => x.absolute()));

/** <G, X>, off by at most sum |g_ij| times the error of an entry. */
function inner({ matrix }: Instance, { matrix: X, error }: Update): Enclosure {
  const G = rationals(matrix);
  const value = Rational.sum(G.flatMap((row, i) => row.map((g, j) => g.times(X[i]?.[j] ?? Rational.ZERO))));
  return Number.isFinite(error)
    ? within(value, total(G).times(Rational.from(error)).upperDouble())
    : within(value, error);
}

/** The largest entry of a difference, less and more what both may be off by. */
function apart(a: Update, b: Update): Enclosure {
  const difference = a.matrix.flatMap((row, i) =>
    row.map((x, j) => x.minus(b.matrix[i]?.[j] ?? Rational.ZERO).absolute()),
  );
  return within(Rational.max(Rational.ZERO, ...difference), a.error + b.error);
}

/** ||X||_op, off by at most the sum of the errors of the entries. */
function spectralSize({ matrix: X, error }: Update): Enclosure {
  if (!Number.isFinite(error)) return within(0, error);
  const { lo, hi } = toInterval(normEnclosure('spectral', X));
  const radius = Rational.from(error).times(Rational.of(X.flat().length));
  return { lo: Rational.from(lo).minus(radius).lowerDouble(), hi: Rational.from(hi).plus(radius).upperDouble() };
}

const nuclear = ({ matrix }: Instance): Enclosure =>
  enclosing(toInterval(dualNormEnclosure('spectral', rationals(matrix))));

const asgoStep = (side: 'left' | 'right', epsilon: number) => ({ learningRate: 1, epsilon, side });
const MUON = {
  learningRate: 1,
  weightDecay: 0,
  momentum: 0,
  nesterov: false,
  orthogonalisation: 'exact',
  coefficients: [[1.5, -0.5, 0]],
  steps: 0,
  epsilon: 0,
  scale: 'none',
} as const;

function* observing(instance: Instance, { epsilon = 0, past = [] as readonly NumericRows[] }) {
  const start = instance.matrix.map((row) => row.map(() => 0));
  const gradients = [...past, instance.matrix].map((G) => [G]);
  const input = { parameters: [start], gradients };
  const left = yield* ask(asgoOperation, { ...input, hyperparameters: asgoStep('left', epsilon) });
  const right = yield* ask(asgoOperation, { ...input, hyperparameters: asgoStep('right', epsilon) });
  const muon = yield* ask(muonOperation, { ...input, gradients: [[instance.matrix]], hyperparameters: MUON });
  const last = (answer: typeof left): Update => ({
    matrix: rationals(answer.output.updates.at(-1)?.[0] ?? []),
    error: answer.errorBound,
  });
  return { left: last(left), right: last(right), muon: last(muon) };
}

const asking = (
  claim: Claim<Instance, Observed>,
  change: Parameters<typeof observing>[1],
): Claim<Instance, Observed> => ({
  ...claim,
  proof: [],
  observe: (instance) => observing(instance, change),
});

const matrices = (rows: Arbitrary<NumericRows>): Arbitrary<Instance> => rows.map((matrix) => ({ matrix }));
const STRETCHED: Instance = {
  matrix: [
    [2, 0],
    [0, 1],
  ],
};

export default defineClaim<Instance, Observed>({
  id: 'asgo-muon-equivalence',
  statement: String.raw`For $V = GG^T$ and $\epsilon = 0$ (pseudo-inverse) the step of ASGO is $\eta V^{-1/2} G = \eta\,\mathrm{polar}(G)$, the step of Muon without momentum
and with exact orthogonalisation; it attains $\langle G, \mathrm{polar}(G)\rangle = \|G\|_*$. The one-sided preconditioner on the right gives the
same step, $G (G^T G)^{-1/2}$.`,
  source: {
    paper: 'ASGO (An et al. 2025)',
    locus: 'remark that ASGO without accumulation is Muon without momentum',
    arxiv: '2503.20762',
    printed: 'holds',
  },
  assumptions: [
    { id: 'shape', text: 'at least one row and one column', holds: ({ matrix }) => (matrix[0]?.length ?? 0) > 0 },
  ],
  families: [
    { id: 'dyadic', role: 'generic', arbitrary: matrices(dyadicMatrix({ most: 4 })) },
    { id: 'rank-one', role: 'degenerate', arbitrary: matrices(rankOneMatrix({ most: 4 })) },
    {
      id: 'edges',
      role: 'degenerate',
      instances: [{ matrix: [[-7]] }, { matrix: [[0, 0]] }, { matrix: [[3, 4]] }, STRETCHED],
    },
  ],
  operations: [asgoOperation, muonOperation],
  observe: (instance) => observing(instance, {}),
  relation: 'equals',
  measure: (instance, { left }) => inner(instance, left),
  bound: nuclear,
  proof: [
    {
      id: 'feasible',
      text: String.raw`\|U_{\mathrm{ASGO}}\|_{op} \le 1`,
      lhs: (_, { left }) => spectralSize(left),
      rhs: () => exactly(1),
    },
    {
      id: 'muon',
      text: String.raw`\|U_{\mathrm{ASGO}} - U_{\mathrm{Muon}}\|_{\max} \le 0`,
      lhs: (_, { left, muon }) => apart(left, muon),
      rhs: () => exactly(0),
    },
    {
      id: 'other-side',
      text: String.raw`\|(GG^T)^{-1/2}G - G(G^TG)^{-1/2}\|_{\max} \le 0`,
      lhs: (_, { left, right }) => apart(left, right),
      rhs: () => exactly(0),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.9999, family: 'dyadic' },
  controls: [
    {
      id: 'with-a-past',
      mutation: 'dropped-assumption',
      belief: 'ASGO with accumulation still takes orthogonal steps',
      witness: STRETCHED,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        *observe(instance) {
          return yield* observing(instance, { past: [instance.matrix] });
        },
      }),
    },
    {
      id: 'with-damping',
      mutation: 'dropped-assumption',
      belief: 'A damping of 1/10 changes nothing of note',
      witness: STRETCHED,
      mutate: (claim) => asking(claim, { epsilon: 0.1 }),
    },
    {
      id: 'frobenius',
      mutation: 'sharpened-constant',
      belief: 'The step attains the Frobenius norm of the gradient',
      witness: STRETCHED,
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: ({ matrix }) => enclosing(toInterval(dualNormEnclosure('frobenius', rationals(matrix)))),
      }),
    },
  ],
});
