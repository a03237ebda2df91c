import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { degenerate, factored, gridded, isFactored, matrixOf, spread } from '../../instances/spectra.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  identityOf,
  innerProduct,
  matrixDifference,
  productOf,
  transposed,
} from '../../kernels/exact/rational-matrix.ts';
import { polarOperation } from '../../operations/polar.ts';
import { type Answered, askPolar, gramRadius, productWithin, shifted, squaredNormWithin } from './parts/answered.ts';
import { slightTurn, someReflections, spectrumOf } from './parts/matrices.ts';
import { nearestControls } from './parts/nearest-controls.ts';
import {
  competing,
  competitor,
  distance,
  given,
  grown,
  type Instance,
  isMoved,
  isSemiOrthogonal,
  lacking,
  least,
  of,
  size,
  smallest,
  sumOf,
} from './parts/nearest-model.ts';

/**
 * The nearest matrix with orthonormal columns (rows, where there are more columns) is U V^T, from a full singular value
 * decomposition.
 *
 * ||O - G||² = p + ||G||² - 2 <O, G> and <O, G> = sum sigma_i Z_ii with Z = U^T O V, ||Z||_2 <= 1, so <O, G> is at most the sum of the
 * singular values, with equality iff Z_ii = 1 wherever sigma_i > 0. What is lost otherwise is at least sigma_p ||O - U V^T||², so the
 * minimiser is unique iff sigma_p > 0. The compact factor of a matrix of rank r < p is p - r nearer than any semi-orthogonal
 * matrix, and not one of them. Turned slightly away from U V^T, the ratio tends to 1.
 */

export default defineClaim<Instance, Answered>({
  id: 'polar-nearest-semiorthogonal',
  statement: String.raw`For $G = U S V^T \in \mathbb{R}^{m \times n}$ with $p = \min(m, n)$ singular values: every $O$ with $O^T O = I$ ($O O^T = I$ for $m < n$) has
$\|O - G\|_F^2 \ge \sum_{i=1}^{p} (\sigma_i - 1)^2 + \sigma_p \|O - U V^T\|_F^2$, with equality at $O = U V^T$ for any such decomposition, so that the minimiser is unique
iff $\sigma_p > 0$. The compact factor $U_r V_r^T$ is at the squared distance $\sum_{i \le r} (\sigma_i - 1)^2$, which is $p - r$ less, and semi-orthogonal iff $r = p$.`,
  source: {
    paper: 'Orthogonalised gradients (Tuddenham et al. 2022; Higham)',
    locus: 'Tuddenham et al., equations (3) to (5); Higham, Functions of Matrices, chapter 8',
    arxiv: '2202.07052',
    printed: 'corrected',
    erratum:
      'As we read equations (3) to (5), all N columns of a P x N matrix are to be orthonormal: with N > P no such matrix exists, as G = (1, 1) shows; the rows must be taken then. Of rank-deficient gradients the nearest semi-orthogonal matrix is not unique, and the compact factor is none.',
  },
  assumptions: [
    {
      id: 'well-formed',
      text: 'G = U S V^T with orthonormal U, V and S >= 0',
      holds: ({ matrix }) => isFactored(matrix),
    },
    { id: 'semi-orthogonal', text: 'O^T O = I, or O O^T = I for m < n', holds: isSemiOrthogonal },
  ],
  families: [
    {
      id: 'generic',
      role: 'generic',
      arbitrary: of(factored(spread(gridded(1 / 8, 4, 16))), someReflections).filter(isMoved),
    },
    {
      id: 'scaled',
      role: 'generic',
      arbitrary: of(factored(spread(gridded(2 ** 15, 2 ** 20, 1))), someReflections).filter(isMoved),
    },
    // ties: where sigma_i = 0 any completion attains the minimum
    {
      id: 'degenerate',
      role: 'extremal',
      arbitrary: of(factored(degenerate(gridded(1 / 4, 4, 4))), someReflections),
    },
    { id: 'near', role: 'extremal', arbitrary: of(factored(spread(gridded(1 / 8, 4, 16))), slightTurn) },
  ],
  operations: [polarOperation],
  observe: ({ matrix }) => askPolar(matrixOf(matrix)),
  relation: 'at-most',
  measure: (instance, observed) => shifted(distance(instance, observed), lacking(instance)),
  bound: (instance) => exactly(competing(instance)),
  proof: [
    {
      id: 'value',
      text: String.raw`\sum_{i \le p} (\sigma_i - 1)^2 \le \|U_r V_r^T - G\|_F^2 + p - r`,
      lhs: (instance) => exactly(least(instance)),
      rhs: (instance, observed) => shifted(distance(instance, observed), lacking(instance)),
    },
    {
      id: 'attained',
      text: String.raw`\|U_r V_r^T - G\|_F^2 + p - r \le \sum_{i \le p} (\sigma_i - 1)^2`,
      lhs: (instance, observed) => shifted(distance(instance, observed), lacking(instance)),
      rhs: (instance) => exactly(least(instance)),
    },
    {
      id: 'expansion',
      text: String.raw`\|O - G\|_F^2 = p + \|G\|_F^2 - 2 \langle O, G \rangle, \text{ of which } \ge \text{ is used}`,
      lhs: (instance) =>
        exactly(
          size(instance)
            .plus(sumOf(instance.matrix, (s) => s.times(s)))
            .minus(innerProduct(competitor(instance), given(instance)).times(Rational.of(2))),
        ),
      rhs: (instance) => exactly(competing(instance)),
    },
    {
      id: 'trace',
      text: String.raw`\langle O, G \rangle \le \sum_i \sigma_i`,
      lhs: (instance) => exactly(innerProduct(competitor(instance), given(instance))),
      rhs: ({ matrix }) => exactly(sumOf(matrix, (s) => s)),
    },
    {
      id: 'trace-of-the-factor',
      text: String.raw`\sum_i \sigma_i \le \langle U_r V_r^T, G \rangle`,
      lhs: ({ matrix }) => exactly(sumOf(matrix, (s) => s)),
      rhs: (instance, observed) => productWithin(given(instance), observed),
    },
    {
      id: 'growth',
      text: String.raw`\sum_i (\sigma_i - 1)^2 + \sigma_p \|O - U V^T\|_F^2 \le \|O - G\|_F^2`,
      lhs: (instance) => exactly(grown(instance, smallest(spectrumOf(instance.matrix)))),
      rhs: (instance) => exactly(competing(instance)),
    },
    {
      id: 'feasible',
      text: String.raw`\|P^T P - I\|_F^2 \le p - r, \text{ or } P P^T \text{ for } m < n`,
      lhs: (_, { matrix, radius }) => {
        const tall = matrix.length >= (matrix[0]?.length ?? 0) ? matrix : transposed(matrix);
        const defect = matrixDifference(productOf(transposed(tall), tall), identityOf(tall[0]?.length ?? 0));
        return squaredNormWithin(defect, gramRadius(radius));
      },
      rhs: (instance) => exactly(lacking(instance)),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.999, family: 'near' },
  controls: nearestControls,
});
