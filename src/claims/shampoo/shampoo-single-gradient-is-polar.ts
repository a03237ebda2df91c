import fc, { type Arbitrary } from 'fast-check';
import { type Answer, ask, type Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { type Factored, isFactored, matrixOf, turned } from '../../instances/spectra.ts';
import {
  around,
  divide,
  type Interval,
  interval,
  multiply,
  squareRoot,
  subtract,
  sum,
} from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { inverseRootOperation } from '../../operations/inverse-root.ts';
import { polarOperation } from '../../operations/polar.ts';
import { shampooOperation } from '../../operations/shampoo.ts';
import { gramSum } from '../../problems/regret.ts';

/**
 * The first step of Shampoo is the polar factor of the gradient but for the damping: U diag(s / sqrt(s² + epsilon)) V^T.
 *
 * The two fourth roots act on the same singular vectors, so that their exponents add up: every L^(-p) G R^(-q) with p + q = 1/2 is
 * the same matrix. What is measured is <G, X> = sum s²/sqrt(s² + epsilon), an identity, so the ratio is 1; the matrix itself is
 * compared entry by entry with the known factors. Zero singular values stay zero, so no full rank is needed.
 */

interface Instance {
  /** Its product has integer entries, so that every subject sees the same matrix. */
  readonly gradient: Factored;
  readonly epsilon: number;
}

type Entries = readonly (readonly Interval[])[];

interface Observed {
  /** L^(-1/4) G R^(-1/4). */
  readonly step: Entries;
  /** L^(-1/2) G. */
  readonly oneSided: Entries;
  readonly polar: Entries;
}

const zero = interval(0);
const rowsOf = ({ gradient }: Instance) => matrixOf(gradient).map((row) => row.map((x) => Rational.from(x)));
const values = ({ gradient }: Instance): readonly Rational[] => gradient.spectrum.map((s) => Rational.from(s));

/** s / sqrt(s² + epsilon). */
const damped =
  ({ epsilon }: Instance) =>
  (s: Rational): Interval =>
    divide(around(s), squareRoot(around(s.times(s).plus(Rational.from(epsilon)))));

const enclosed = (matrix: readonly (readonly (number | string)[])[], error: number): Entries =>
  matrix.map((row) => row.map((x) => around(Rational.from(x), error)));

/** U diag(s / sqrt(s² + epsilon)) V^T. */
const expected = (instance: Instance): Entries => {
  const { left, right } = instance.gradient;
  const images = values(instance).map(damped(instance));
  return left.map((u) =>
    right.map((v) =>
      sum(images.map((f, k) => multiply(f, around(Rational.from(u[k] ?? 0).times(Rational.from(v[k] ?? 0)))))),
    ),
  );
};

/** <G, X>. */
const inner = (instance: Instance, X: Entries): Enclosure =>
  enclosing(sum(rowsOf(instance).flatMap((row, i) => row.map((g, j) => multiply(around(g), X[i]?.[j] ?? zero)))));

/** The largest entry of |A - B|, not below 0. */
const apart = (A: Entries, B: Entries): Enclosure => {
  const gaps = A.flatMap((row, i) => row.map((a, j) => subtract(a, B[i]?.[j] ?? zero)));
  return {
    lo: Math.max(0, ...gaps.map(({ lo, hi }) => Math.max(lo, -hi))),
    hi: Math.max(0, ...gaps.map(({ lo, hi }) => Math.max(hi, -lo))),
  };
};

/** epsilon / (2 s²) for the least singular value s above 0; 0 for the zero matrix. */
const lag = (instance: Instance): Rational => {
  const positive = values(instance).filter((s) => s.sign() > 0);
  const [first, ...others] = positive;
  if (first === undefined) return Rational.ZERO;
  const least = Rational.min(first, ...others);
  return Rational.from(instance.epsilon).dividedBy(Rational.of(2).times(least).times(least));
};

function* observing(instance: Instance, past: readonly Instance[]): Generator<Call, Observed, Answer<unknown>> {
  const matrix = matrixOf(instance.gradient);
  const first = yield* ask(shampooOperation, {
    parameters: [matrix.map((row) => row.map(() => 0))],
    hyperparameters: { learningRate: 1, epsilon: instance.epsilon },
    gradients: [...past, instance].map(({ gradient }) => [matrixOf(gradient)]),
  });
  const G = rowsOf(instance);
  const gram = gramSum([G], 'left').map((row) => row.map((x) => x.toString()));
  const root = yield* ask(inverseRootOperation, { matrix: gram, root: 2, damping: instance.epsilon });
  const inverse = enclosed(root.output.matrix, root.errorBound);
  const polar = yield* ask(polarOperation, { matrix });
  return {
    step: enclosed(first.output.updates.at(-1)?.[0] ?? [], first.errorBound),
    oneSided: inverse.map((row) =>
      (G[0] ?? []).map((_, j) => sum(row.map((x, k) => multiply(x, around(G[k]?.[j] ?? Rational.ZERO))))),
    ),
    polar: enclosed(polar.output.matrix, polar.errorBound),
  };
}

/** 65 clears the denominators of the rotations. */
const CLEARING = 65;

/** A gradient of this shape with singular values 65 k, the factors turned by (3, 4, 5) and (5, 12, 13). */
const gradientOf = (rows: number, columns: number, multiples: readonly number[]): Factored => {
  const count = Math.min(rows, columns);
  const ones = (size: number): readonly string[] => new Array<string>(size).fill('1');
  return {
    left: turned(ones(rows)).left.map((row) => row.slice(0, count)),
    spectrum: multiples.slice(0, count).map((k) => Rational.of(CLEARING * k).toString()),
    right: turned(ones(columns)).right.map((row) => row.slice(0, count)),
  };
};

const sizes = fc.integer({ min: 1, max: 3 });
const drawn = (multiples: Arbitrary<readonly number[]>): Arbitrary<Instance> =>
  fc
    .tuple(sizes, sizes, multiples, fc.constantFrom(1, 64, 4096))
    .map(([rows, columns, spectrum, epsilon]) => ({ gradient: gradientOf(rows, columns, spectrum), epsilon }));
const three = (least: number, most: number): Arbitrary<readonly number[]> =>
  fc.array(fc.integer({ min: least, max: most }), { minLength: 3, maxLength: 3 });

const diagonal = (...spectrum: readonly number[]): Factored => {
  const identity = spectrum.map((_, i) => spectrum.map((__, j) => (i === j ? '1' : '0')));
  return { left: identity, spectrum: spectrum.map((s) => Rational.from(s).toString()), right: identity };
};

/** L^(-1/2) G R^(-1/2) for one diagonal gradient. */
const halved = (input: {
  readonly hyperparameters: { readonly epsilon: number };
  readonly gradients: readonly (readonly (readonly (readonly Numeric[])[])[])[];
}): unknown => {
  const [[G] = []] = input.gradients;
  const step = (G ?? []).map((row) =>
    row.map((x) => Rational.from(x).toNumber()).map((g) => g / (g * g + input.hyperparameters.epsilon)),
  );
  return { trajectory: [[step.map((row) => row.map((x) => -x))]], updates: [[step]] };
};

const STRETCHED: Instance = { gradient: diagonal(2, 0.5), epsilon: 2 ** -10 };
const DIAGONALS: readonly Instance[] = [
  STRETCHED,
  { gradient: diagonal(2, 1), epsilon: 2 ** -20 },
  { gradient: diagonal(3, 0), epsilon: 2 ** -10 },
  { gradient: diagonal(0), epsilon: 1 },
  { gradient: diagonal(8), epsilon: 2 ** -30 },
];

export default defineClaim<Instance, Observed>({
  id: 'shampoo-single-gradient-is-polar',
  statement: String.raw`Let $G = U\,\mathrm{diag}(\sigma)\,V^T$, $\epsilon > 0$, $L = \epsilon I + GG^T$, $R = \epsilon I + G^TG$. Then
$L^{-1/4}GR^{-1/4} = U\,\mathrm{diag}(\sigma_i/\sqrt{\sigma_i^2 + \epsilon})\,V^T = L^{-1/2}G$, so that
$\langle G, L^{-1/4}GR^{-1/4}\rangle = \sum_i \sigma_i^2/\sqrt{\sigma_i^2 + \epsilon}$, and no entry of it is further from the polar factor of $G$ than
$\epsilon/(2\sigma_{\min}^2)$, $\sigma_{\min}$ the least singular value above 0: the step tends to $\mathrm{polar}(G)$ as $\epsilon \to 0$.`,
  source: {
    paper: 'Shampoo (Gupta, Koren, Singer 2018)',
    locus: 'one step from epsilon I',
    arxiv: '1802.09568',
    printed: 'holds',
  },
  assumptions: [
    { id: 'damping', text: 'epsilon > 0', holds: ({ epsilon }) => epsilon > 0 },
    {
      id: 'factors',
      text: 'orthonormal factors and singular values >= 0',
      holds: ({ gradient }) => isFactored(gradient),
    },
  ],
  families: [
    { id: 'full-rank', role: 'generic', arbitrary: drawn(three(1, 9)) },
    { id: 'any-rank', role: 'degenerate', arbitrary: drawn(three(0, 2)) },
    { id: 'diagonal', role: 'degenerate', instances: DIAGONALS },
  ],
  operations: [shampooOperation, inverseRootOperation, polarOperation],
  observe: (instance) => observing(instance, []),
  relation: 'equals',
  measure: (instance, { step }) => inner(instance, step),
  bound: (instance) => enclosing(sum(values(instance).map((s) => multiply(around(s), damped(instance)(s))))),
  proof: [
    {
      id: 'singular-vectors',
      text: String.raw`\|L^{-1/4}GR^{-1/4} - U\mathrm{diag}(\sigma/\sqrt{\sigma^2+\epsilon})V^T\|_{\max} \le 0`,
      lhs: (instance, { step }) => apart(step, expected(instance)),
      rhs: () => exactly(0),
    },
    {
      id: 'exponents-add-up',
      text: String.raw`\|L^{-1/4}GR^{-1/4} - L^{-1/2}G\|_{\max} \le 0`,
      lhs: (_, { step, oneSided }) => apart(step, oneSided),
      rhs: () => exactly(0),
    },
    {
      id: 'limit',
      text: String.raw`\|L^{-1/4}GR^{-1/4} - \mathrm{polar}(G)\|_{\max} \le \epsilon/(2\sigma_{\min}^2)`,
      lhs: (_, { step, polar }) => apart(step, polar),
      rhs: (instance) => exactly(lag(instance)),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.9999, family: 'full-rank' },
  controls: [
    {
      id: 'exponents-of-a-half',
      mutation: 'broken-subject',
      belief: 'The exponents -1/2 on both sides orthogonalise as well',
      witness: STRETCHED,
      mutate: (claim) =>
        tampered(
          { ...claim, proof: [], families: [{ id: 'diagonal', role: 'degenerate', instances: DIAGONALS }] },
          shampooOperation,
          halved,
        ),
    },
    {
      id: 'with-a-past',
      mutation: 'dropped-assumption',
      belief: 'After a first gradient the second step is orthogonal too',
      witness: { gradient: diagonal(2, 1), epsilon: 2 ** -20 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        observe: (instance) => {
          const spectrum = instance.gradient.spectrum.map(() => `${CLEARING}`);
          return observing(instance, [{ ...instance, gradient: { ...instance.gradient, spectrum } }]);
        },
      }),
    },
    {
      id: 'no-damping',
      mutation: 'sharpened-constant',
      belief: 'With damping the step still attains the nuclear norm',
      witness: { gradient: gradientOf(3, 2, [2, 1]), epsilon: 4096 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => exactly(Rational.sum(values(instance))),
      }),
    },
    {
      id: 'faster-limit',
      mutation: 'sharpened-constant',
      belief: 'The step is within epsilon/(4 sigma²) of the polar factor',
      witness: { gradient: diagonal(8), epsilon: 1 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-most',
        measure: (_, { step, polar }) => apart(step, polar),
        bound: (instance) => exactly(lag(instance).times(Rational.of(1, 2))),
      }),
    },
  ],
});
