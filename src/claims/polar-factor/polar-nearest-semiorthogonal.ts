import fc from 'fast-check';
import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { degenerate, type Factored, factored, gridded, isFactored, matrixOf, spread } from '../../instances/spectra.ts';
import { add, around, multiply, square } from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  identityOf,
  innerProduct,
  matricesEqual,
  matrixDifference,
  productOf,
  rationalMatrix,
  transposed,
} from '../../kernels/exact/rational-matrix.ts';
import { normEnclosure, toInterval } from '../../kernels/matrix/norm-enclosure.ts';
import { polarOperation } from '../../operations/polar.ts';
import {
  type Answered,
  askPolar,
  gramRadius,
  productWithin,
  shifted,
  squaredNorm,
  squaredNormWithin,
} from './parts/answered.ts';
import {
  completeFactor,
  type Reflection,
  rankOf,
  reflected,
  slightTurn,
  someReflections,
  spectrumOf,
} from './parts/matrices.ts';

/**
 * The nearest matrix with orthonormal columns (rows, where there are more columns) is U V^T, from a full singular value
 * decomposition.
 *
 * ||O - G||² = p + ||G||² - 2 <O, G> and <O, G> = sum sigma_i Z_ii with Z = U^T O V, ||Z||_2 <= 1, so <O, G> is at most the sum of the
 * singular values, with equality iff Z_ii = 1 wherever sigma_i > 0. What is lost otherwise is at least sigma_p ||O - U V^T||², so the
 * minimiser is unique iff sigma_p > 0. The compact factor of a matrix of rank r < p is p - r nearer than any semi-orthogonal
 * matrix, and not one of them. Turned slightly away from U V^T, the ratio tends to 1.
 */

interface Instance {
  readonly matrix: Factored;
  /** The competitor is U V^T reflected on the longer side. */
  readonly reflections: readonly Reflection[];
}

const { ONE } = Rational;
const given = ({ matrix }: Instance) => rationalMatrix(matrixOf(matrix));
const competitor = ({ matrix, reflections }: Instance) => reflected(completeFactor(matrix), reflections);
const competing = (instance: Instance) => squaredNorm(matrixDifference(competitor(instance), given(instance)));

const sumOf = (matrix: Factored, f: (s: Rational) => Rational) => Rational.sum(spectrumOf(matrix).map(f));
/** The sum of (sigma_i - 1)² over all min(rows, columns) of them. */
const least = ({ matrix }: Instance) => sumOf(matrix, (s) => s.minus(ONE).power(2));
const size = ({ matrix }: Instance) => Rational.of(matrix.spectrum.length);
const lacking = ({ matrix }: Instance) => Rational.of(matrix.spectrum.length - rankOf(matrix));

/** The least of some numbers >= 0; 0 of none. */
const smallest = ([first = Rational.ZERO, ...others]: readonly Rational[]) => Rational.min(first, ...others);

/** sum (sigma_i - 1)² + slope ||O - U V^T||_F². */
const grown = (instance: Instance, slope: Rational) =>
  least(instance).plus(
    slope.times(squaredNorm(matrixDifference(competitor(instance), completeFactor(instance.matrix)))),
  );

const distance = (instance: Instance, { matrix, radius }: Answered) =>
  squaredNormWithin(matrixDifference(matrix, given(instance)), radius);

const isSemiOrthogonal = (instance: Instance): boolean => {
  const O = competitor(instance);
  const tall = O.length >= (O[0]?.length ?? 0) ? O : transposed(O);
  return matricesEqual(productOf(transposed(tall), tall), identityOf(tall[0]?.length ?? 0));
};

const of = (matrix: fc.Arbitrary<Factored>, reflections: fc.Arbitrary<readonly Reflection[]>) =>
  fc.record({ matrix, reflections });

/** Reflections orthogonal to the range leave the competitor where U V^T is: equality, which `near` is for. */
const isMoved = (instance: Instance): boolean => !matricesEqual(competitor(instance), completeFactor(instance.matrix));

const diagonal = (spectrum: readonly string[]): Factored => ({
  left: [
    ['1', '0'],
    ['0', '1'],
  ],
  spectrum,
  right: [
    ['1', '0'],
    ['0', '1'],
  ],
});

/** diag(1, 1) with the last sign flipped. */
const FLIPPED: readonly Reflection[] = [[0, 1]];

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
  controls: [
    {
      id: 'compact-factor-at-any-rank',
      mutation: 'as-printed',
      belief: 'The compact polar factor is the nearest semi-orthogonal matrix at any rank',
      witness: { matrix: diagonal(['3', '0']), reflections: [] },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'equals',
        measure: distance,
        bound: (i) => exactly(least(i)),
      }),
    },
    {
      id: 'unique-at-any-rank',
      mutation: 'sharpened-constant',
      belief: 'The nearest semi-orthogonal matrix is unique at any rank',
      witness: { matrix: diagonal(['3', '0']), reflections: FLIPPED },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        // growth by the least positive singular value instead of the least
        measure: (instance) =>
          exactly(grown(instance, smallest(spectrumOf(instance.matrix).filter((s) => s.sign() > 0)))),
      }),
    },
    {
      id: 'orthonormal-columns-of-any-shape',
      mutation: 'as-printed',
      belief: 'The columns of a wide matrix can be made orthonormal',
      witness: { matrix: { left: [['1']], spectrum: ['5'], right: [['3/5'], ['4/5']] }, reflections: [] },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (_, { matrix, radius }) =>
          squaredNormWithin(
            matrixDifference(productOf(transposed(matrix), matrix), identityOf(matrix[0]?.length ?? 0)),
            gramRadius(radius),
          ),
        bound: (instance) => exactly(lacking(instance)),
      }),
    },
    {
      id: 'unique-in-the-spectral-norm',
      mutation: 'sharpened-constant',
      belief: 'U V^T is the only nearest one in the spectral norm too',
      witness: { matrix: diagonal(['3', '1']), reflections: FLIPPED },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (instance) => {
          const factor = completeFactor(instance.matrix);
          const [toFactor, moved] = [given(instance), competitor(instance)].map((X) =>
            square(toInterval(normEnclosure('spectral', matrixDifference(X, factor)))),
          );
          const slope = around(smallest(spectrumOf(instance.matrix)));
          return enclosing(add(toFactor ?? slope, multiply(slope, moved ?? slope)));
        },
        bound: (instance) =>
          enclosing(
            square(toInterval(normEnclosure('spectral', matrixDifference(competitor(instance), given(instance))))),
          ),
      }),
    },
    {
      id: 'ascent',
      mutation: 'broken-subject',
      belief: 'The sign of the factor does not matter',
      witness: { matrix: diagonal(['3', '1']), reflections: [] },
      mutate: (claim) =>
        tampered(
          claim,
          polarOperation,
          (_: never, { matrix }: { readonly matrix: readonly (readonly number[])[] }) => ({
            matrix: matrix.map((row) => row.map((x) => 0 - x)),
          }),
        ),
    },
  ],
});
