import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import { isFactored } from '../../instances/spectra.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { matrixDifference } from '../../kernels/exact/rational-matrix.ts';
import { polarOperation } from '../../operations/polar.ts';
import { singularValuesOperation } from '../../operations/singular-values.ts';
import { normWithin, squaredNorm } from './parts/answered.ts';
import { conditioningControls } from './parts/conditioning-controls.ts';
import { bar, decomposed, largest, moved, type Observed, observe } from './parts/conditioning-model.ts';
import { completeFactor, spectrumOf } from './parts/matrices.ts';
import { perturbedFamilies } from './parts/perturbed-families.ts';
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
  controls: conditioningControls,
});
