import { type Answer, ask, type Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { isFactored, matrixOf, turned } from '../../instances/spectra.ts';
import { around, divide, multiply } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import { matrixDifference, matrixSum, matrixToStrings, rationalMatrix } from '../../kernels/exact/rational-matrix.ts';
import { stableRatio } from '../../kernels/matrix/backward-error.ts';
import { fromRows } from '../../kernels/matrix/matrix.ts';
import { type SingularValues, svd } from '../../kernels/matrix/svd.ts';
import { polarOperation } from '../../operations/polar.ts';
import { singularValuesOperation } from '../../operations/singular-values.ts';
import { type Answered, askPolar, normWithin, squaredNorm } from './parts/answered.ts';
import { defectThroughGram } from './parts/gram-svd.ts';
import { completeFactor, spectrumOf } from './parts/matrices.ts';
import { lifted, perturbedFamilies, skewed } from './parts/perturbed-families.ts';
import {
  ascending,
  type Perturbed as Instance,
  isSquare,
  perturbationOf,
  rectangularBound,
  squareBound,
} from './parts/sensitivity.ts';

/**
 * How far the polar factor moves when its matrix does, and how exact a computed singular value decomposition is.
 *
 * The condition number is 2/(s_n + s_(n-1)) for square real matrices and 1/s_n for rectangular ones: a square matrix is
 * turned by a skew perturbation of its two least singular directions, a tall one can also lean out of its range, where nothing
 * but s_n holds it. Both are attained to first order; the bounds for finite perturbations follow by integration and from the
 * symmetric dilation.
 */

interface Observed {
  readonly before: Answered;
  readonly after: Answered;
  readonly values: readonly Numeric[];
  readonly valuesRadius: number;
}

const given = ({ matrix }: Instance) => rationalMatrix(matrixOf(matrix));

function* observe(instance: Instance): Generator<Call, Observed, Answer<unknown>> {
  const matrix = matrixOf(instance.matrix);
  const before = yield* askPolar(matrix);
  const after = yield* askPolar(matrixToStrings(matrixSum(given(instance), perturbationOf(instance))));
  const { output, errorBound } = yield* ask(singularValuesOperation, { matrix });
  return { before, after, values: output.values, valuesRadius: errorBound };
}

const kept = new WeakMap<Instance['matrix'], SingularValues>();

/** Our own decomposition of the nearest doubles. */
function decomposed({ matrix }: Instance): SingularValues {
  const known =
    kept.get(matrix) ?? svd(fromRows(rationalMatrix(matrixOf(matrix)).map((r) => r.map((x) => x.toNumber()))));
  kept.set(matrix, known);
  return known;
}

/** 30 max(m, n) eps, LAPACK's own bar. */
const bar = ({ matrix }: Instance): number =>
  stableRatio(fromRows(matrix.left.map(() => matrix.right.map(() => 0))), 'float64');

const largest = ({ matrix }: Instance) => Rational.max(Rational.ZERO, ...spectrumOf(matrix));

const moved = (_: Instance, { before, after }: Observed): Enclosure =>
  enclosing(normWithin(matrixDifference(after.matrix, before.matrix), before.radius + after.radius));

export default defineClaim<Instance, Observed>({
  id: 'polar-conditioning-and-svd-residuals',
  statement: String.raw`Let $A \in \mathbb{R}^{m \times n}$ have full rank, $s \le t$ its two least singular values and $e = \|E\|_F < s$. For $m = n$:
$\|\mathrm{polar}(A + E) - \mathrm{polar}(A)\|_F \le -\ln(1 - 2e / (s + t))$; for $m \ne n$: $\le e / (s - e)$. To first order these are $2e/(s + t)$ and
$e/s$, and both are attained. For the decomposition $A = U S V^T$ that all references rest on, the certified $\|A - U S V^T\|_F / \|A\|_{op}$, $\|U^T U - I\|$ and
$\|V^T V - I\|$ are at most $30 \max(m, n) \epsilon$, each singular value is off by at most its error bound, and so is the factor.`,
  source: {
    paper: 'Orthogonalised gradients (Tuddenham et al. 2022; Higham)',
    locus: 'Higham, Functions of Matrices, Theorem 8.9; LAPACK, TESTING/dtest.in',
    printed: 'holds',
    erratum: 'The two condition numbers hold as we read them; the bounds for finite perturbations are derived here.',
  },
  assumptions: [
    {
      id: 'full-rank',
      text: 'A = U S V^T with orthonormal U, V and S > 0',
      holds: ({ matrix }) => isFactored(matrix) && spectrumOf(matrix).every((s) => s.sign() > 0),
    },
    {
      id: 'small',
      text: '||E||_F < s',
      holds: (instance) =>
        squaredNorm(perturbationOf(instance)).lessThan(ascending(instance.matrix)[0]?.power(2) ?? Rational.ZERO),
    },
  ],
  families: perturbedFamilies,
  operations: [polarOperation, singularValuesOperation],
  observe,
  relation: 'at-most',
  measure: moved,
  bound: (instance) => enclosing(isSquare(instance.matrix) ? squareBound(instance) : rectangularBound(instance)),
  proof: [
    {
      id: 'forward-error',
      text: String.raw`\|\mathrm{computed} - U V^T\|_F \le \text{its error bound}`,
      lhs: ({ matrix }, { before }) =>
        enclosing(normWithin(matrixDifference(before.matrix, completeFactor(matrix)), 0)),
      rhs: (_, { before }) => exactly(before.radius),
    },
    {
      id: 'singular-values',
      text: String.raw`\max_i |\mathrm{computed}_i - s_i| \le \text{the error bound}`,
      lhs: ({ matrix }, { values }) =>
        exactly(
          Rational.max(
            Rational.ZERO,
            ...[...ascending(matrix)].reverse().map((s, i) => s.minus(Rational.from(values[i] ?? 0)).absolute()),
          ),
        ),
      rhs: (_, { valuesRadius }) => exactly(valuesRadius),
    },
    {
      id: 'residual',
      text: String.raw`\|A - U S V^T\|_F \le 30 \max(m, n) \epsilon \|A\|_{op}`,
      lhs: (instance) => exactly(decomposed(instance).residual),
      rhs: (instance) => exactly(Rational.from(bar(instance)).times(largest(instance))),
    },
    {
      id: 'orthonormal',
      text: String.raw`\max(\|U^T U - I\|_F, \|V^T V - I\|_F) \le 30 \max(m, n) \epsilon`,
      lhs: (instance) => {
        const { leftDefect, rightDefect } = decomposed(instance);
        return exactly(Math.max(leftDefect, rightDefect));
      },
      rhs: (instance) => exactly(bar(instance)),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.999, family: 'skew' },
  controls: [
    {
      id: 'square-formula-for-tall',
      mutation: 'sharpened-constant',
      belief: 'The formula for square matrices serves tall ones too',
      witness: lifted(['1', '1/128'], `1/${2 ** 20}`),
      mutate: (claim) => ({ ...claim, proof: [], bound: (instance) => enclosing(squareBound(instance)) }),
    },
    {
      id: 'condition-of-the-norm',
      mutation: 'sharpened-constant',
      belief: 'The largest singular value holds the factor: condition number 1/s_1',
      witness: lifted(['1', '1/128'], `1/${2 ** 20}`),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => enclosing(divide(normWithin(perturbationOf(instance), 0), around(largest(instance)))),
      }),
    },
    {
      id: 'half-of-the-square-formula',
      mutation: 'sharpened-constant',
      belief: 'The condition number of a square matrix is 1/(s + t)',
      witness: skewed(['1/2', '1'], '1/1024'),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => enclosing(multiply(around('1/2'), claim.bound(instance))),
      }),
    },
    {
      id: 'through-the-drop',
      mutation: 'dropped-assumption',
      belief: 'The bound holds for every perturbation, also across a singular matrix',
      drops: 'small',
      witness: { matrix: turned(['1/16', '1']), perturbation: acrossTheDrop('1/16') },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'small'),
        families: [
          {
            id: 'across',
            role: 'adversarial',
            instances: [8, 16, 32].map((q) => ({
              matrix: turned([`1/${q}`, '1']),
              perturbation: acrossTheDrop(`1/${q}`),
            })),
          },
        ],
        tightness: { ...claim.tightness, family: 'across' },
      }),
    },
    {
      id: 'svd-by-the-gram-matrix',
      mutation: 'broken-subject',
      belief: 'The eigenvectors of A^T A give a decomposition as good',
      witness: skewed([`1/${2 ** 26}`, '1'], `1/${2 ** 40}`),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        families: [
          {
            id: 'graded',
            role: 'adversarial',
            instances: [10, 16, 20, 24, 26].map((bits) => skewed([`1/${2 ** bits}`, '1'], `1/${2 ** 40}`)),
          },
        ],
        tightness: { ...claim.tightness, family: 'graded' },
        measure: ({ matrix }) => enclosing(defectThroughGram(matrixOf(matrix))),
        bound: (instance) => exactly(bar(instance)),
      }),
    },
    {
      id: 'blunt-factor',
      mutation: 'broken-subject',
      belief: 'Ten digits of the factor are enough',
      witness: skewed(['1/2', '1'], '1/1024'),
      mutate: (claim) =>
        tampered(
          claim,
          polarOperation,
          (_: never, { matrix }: { readonly matrix: readonly (readonly number[])[] }) => ({
            matrix: matrix.map((row) => row.map((x) => Math.round(x * 1e10) / 1e10)),
          }),
        ),
    },
  ],
});

/** -2 s u v^T for the least singular triple of the turned matrix: the sign of s is changed. */
function acrossTheDrop(s: string): Instance['perturbation'] {
  const { left, right } = turned([s, '1']);
  const factor = Rational.of(-2).times(Rational.from(s));
  return left.map(([x = '0']) =>
    right.map(([y = '0']) => factor.times(Rational.from(x)).times(Rational.from(y)).toString()),
  );
}
