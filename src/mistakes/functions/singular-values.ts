import { fromRows } from '../../kernels/matrix/matrix.ts';
import { numericalRank } from '../../kernels/matrix/polar.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { gridOf, mapped, rowsOf } from '../../kernels/numbers/grid.ts';
import type { Numbers } from '../../kernels/numbers/numbers.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { gridNorm } from '../../methods/grid-norm.ts';
import { gridTranspose } from '../../methods/grid-product.ts';
import { singularValuesOperation } from '../../operations/singular-values.ts';
import type { Mistake } from '../mistake.ts';
import { inNumbers } from '../parts/in-numbers.ts';
import { namedFunctions, type UnnamedFunction } from '../parts/named-functions.ts';
import { SINGULAR_VALUES } from '../parts/singular-values-function.ts';

type Rows = readonly (readonly number[])[];

interface Input {
  readonly matrix: Rows;
}

/** sqrt(45) and sqrt(5). */
const SQUARE = {
  matrix: [
    [4, 5],
    [3, 0],
  ],
};

const values = <T>(numbers: Numbers<T>, matrix: Rows): readonly T[] =>
  numbers.transform(mapped(gridOf(matrix), numbers.of), SINGULAR_VALUES).data;

const MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'ascending',
    kind: 'convention',
    name: 'sorts the singular values in ascending order',
    where: 'scipy.sparse.linalg.svds, see scipy/scipy#12627; JuliaLang/julia#10329',
    effect: 'Takes the smallest value for the norm.',
    witness: SQUARE,
    ...inNumbers<Input>((numbers, { matrix }) => ({ values: [...values(numbers, matrix)].reverse() })),
  },
  {
    slug: 'squared',
    kind: 'bug',
    name: 'answers the squares: the eigenvalues of A^T A without their roots',
    where: 'numpy.linalg.eigvalsh(A.T @ A)',
    effect: 'Squares the condition number too.',
    witness: SQUARE,
    ...inNumbers<Input>((numbers, { matrix }) => ({
      values: values(numbers, matrix).map((s) => numbers.multiply(s, s)),
    })),
  },
  {
    slug: 'padded',
    kind: 'convention',
    name: 'answers max(rows, columns) values, the last ones 0',
    where: 'the roots of numpy.linalg.eigvalsh(A.T @ A) of a wide matrix; the diagonal of a full S',
    effect: 'Counts dimensions that the matrix does not have: its rank looks deficient.',
    witness: { matrix: [[3, 4]] },
    ...inNumbers<Input>((numbers, { matrix }) => {
      const missing = Math.abs((matrix[0]?.length ?? 0) - matrix.length);
      return { values: [...values(numbers, matrix), ...new Array<0>(missing).fill(0).map(numbers.of)] };
    }),
  },
  {
    slug: 'without-zeros',
    kind: 'convention',
    name: 'leaves out the values that count as 0',
    where: 'a compact decomposition, scipy.linalg.orth and its kin',
    effect: 'Answers fewer values than min(rows, columns) where the rank is deficient.',
    witness: {
      matrix: [
        [3, 0],
        [4, 0],
      ],
    },
    ...inNumbers<Input>((numbers, { matrix }) => {
      const { values: found } = svd(fromRows(matrix));
      const rank = numericalRank(matrix.length, matrix[0]?.length ?? 0, found, UNIT_ROUNDOFF.float64);
      return { values: values(numbers, matrix).slice(0, rank) };
    }),
  },
  {
    slug: 'relative',
    kind: 'bug',
    name: 'divides all values by the largest one',
    where: 'a plot of the spectrum, or a condition number half made',
    effect: 'Loses the scale: the spectral norm is always 1.',
    witness: SQUARE,
    ...inNumbers<Input>((numbers, { matrix }) => {
      const found = values(numbers, matrix);
      return { values: found.map((s, i) => (i === 0 ? numbers.divide(s, s) : numbers.divide(s, found[0] ?? s))) };
    }),
  },
  {
    slug: 'eigenvalues',
    kind: 'bug',
    name: 'answers the absolute eigenvalues of A (seen here for 2×2 matrices)',
    where: 'numpy.linalg.eigvals in place of numpy.linalg.svd(compute_uv=False)',
    effect: 'Underestimates the norm of every matrix that is not normal.',
    witness: SQUARE,
    ...inNumbers<Input>((numbers, { matrix }) => {
      if (matrix.length !== 2 || matrix[0]?.length !== 2) return { values: values(numbers, matrix) };
      return { values: eigenvalueSizes(numbers, matrix) };
    }),
  },
  {
    slug: 'column-norms',
    kind: 'bug',
    name: 'answers the norms of the columns, the largest first (seen here for two columns)',
    where: 'numpy.linalg.norm(A, axis=0), which are the values of a matrix with orthogonal columns alone',
    effect: 'Misses the correlation between columns.',
    witness: SQUARE,
    ...inNumbers<Input>((numbers, { matrix }) => {
      if (matrix[0]?.length !== 2 || matrix.length < 2) return { values: values(numbers, matrix) };
      const columns = rowsOf(gridTranspose(mapped(gridOf(matrix), numbers.of)));
      const [first, second] = columns.map((column) => gridNorm(numbers, gridOf([column])));
      return { values: first === undefined || second === undefined ? [] : descending(numbers, first, second) };
    }),
  },
];

/** Two numbers >= 0, the larger first. */
const descending = <T>(numbers: Numbers<T>, a: T, b: T): readonly [T, T] => {
  const zero = numbers.of(0);
  const negated = (x: T): T => numbers.subtract(zero, x);
  return [numbers.maximum(a, b), negated(numbers.maximum(negated(a), negated(b)))];
};

/**
 * |t / 2 ± sqrt(t² / 4 - d)| with trace t and determinant d; where the root is imaginary both are sqrt(d). With s = |t| / 2 and
 * r = sqrt(s² - d) the larger one is s + r, the smaller |s - r|.
 */
function eigenvalueSizes<T>(numbers: Numbers<T>, matrix: Rows): readonly [T, T] {
  const [a, b, c, d] = matrix.flat().map(numbers.of) as [T, T, T, T];
  const zero = numbers.of(0);
  const size = (x: T): T => numbers.maximum(x, numbers.subtract(zero, x));
  const determinant = numbers.sumOfProducts([a, b], [d, numbers.subtract(zero, c)]);
  const half = numbers.divide(size(numbers.add(a, d)), numbers.of(2));
  const inside = numbers.subtract(numbers.multiply(half, half), determinant);
  const root = numbers.squareRoot(numbers.maximum(inside, zero));
  const modulus = numbers.squareRoot(numbers.maximum(determinant, zero));
  const isReal = (real: T): T => numbers.wherePositive(inside, real, modulus);
  return [isReal(numbers.add(half, root)), isReal(size(numbers.subtract(half, root)))];
}

export const SINGULAR_VALUES_MISTAKES: readonly Mistake[] = namedFunctions(singularValuesOperation.id, MISTAKES);
