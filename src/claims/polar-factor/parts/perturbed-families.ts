import fc from 'fast-check';
import type { Family } from '../../../claim/claim.ts';
import { type Factored, factored, graded, gridded, spread, turned } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { matrixToStrings, rationalMatrix } from '../../../kernels/exact/rational-matrix.ts';
import { ascending, isSquare, type Perturbed } from './sensitivity.ts';

type Fractions = readonly (readonly string[])[];

const entry = (rows: Fractions, i: number, j: number): Rational => Rational.from(rows[i]?.[j] ?? '0');

/** x y^T - z w^T for columns of the factors, times a factor. */
const outer = (
  factor: Rational,
  [left, i]: readonly [Fractions, number],
  [right, j]: readonly [Fractions, number],
): readonly (readonly Rational[])[] =>
  left.map((_, k) => right.map((__, l) => factor.times(entry(left, k, i)).times(entry(right, l, j))));

const difference = (A: readonly (readonly Rational[])[], B: readonly (readonly Rational[])[]): Fractions =>
  matrixToStrings(A.map((row, i) => row.map((x, j) => x.minus(B[i]?.[j] ?? Rational.ZERO))));

/** t U (e1 e2^T - e2 e1^T) V^T on a square matrix with the singular values s1, s2: skew on the two least ones. */
export function skewed(spectrum: readonly [string, string, ...string[]], t: string): Perturbed {
  const matrix = turned(spectrum);
  const { left, right } = matrix;
  const factor = Rational.from(t);
  return {
    matrix,
    perturbation: difference(outer(factor, [left, 0], [right, 1]), outer(factor, [left, 1], [right, 0])),
  };
}

/** t q v^T on a 3 × 2 matrix, q orthogonal to its range, v the right singular vector of the second value. */
export function lifted(spectrum: readonly [string, string], t: string): Perturbed {
  const { left } = turned(['1', '1', '1']);
  const { right } = turned(spectrum);
  const matrix: Factored = { left: left.map((row) => row.slice(0, 2)), spectrum, right };
  return { matrix, perturbation: matrixToStrings(outer(Rational.from(t), [left, 2], [right, 1])) };
}

/** A perturbation of at most 1/bits of the least singular value. */
const perturbed = (matrix: fc.Arbitrary<Factored>): fc.Arbitrary<Perturbed> =>
  fc
    .tuple(
      matrix,
      fc.array(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 }), {
        minLength: 3,
        maxLength: 3,
      }),
      fc.integer({ min: 0, max: 8 }),
    )
    .map(([A, grid, bits]) => {
      const least = ascending(A)[0] ?? Rational.ZERO;
      // nine entries of at most 4 have a norm of at most 12; (1, 1) never vanishes
      const unit = least.dividedBy(Rational.of(16 * 2 ** bits));
      const rows = A.left.map((_, i) => A.right.map((__, j) => (i + j === 0 ? 4 : (grid[i]?.[j] ?? 0))));
      return { matrix: A, perturbation: matrixToStrings(rationalMatrix(rows).map((r) => r.map((x) => x.times(unit)))) };
    });

const isScalar = (matrix: Factored): boolean => isSquare(matrix) && matrix.spectrum.length === 1;

const VALUES = gridded(1 / 8, 4, 16);

/** The least singular value first; a perturbation of 2^-14 of it. */
const TINY = 2 ** -14;

export const perturbedFamilies: readonly [Family<Perturbed>, ...Family<Perturbed>[]] = [
  {
    // the factor of a number is its sign and does not move: 0 against 0
    id: 'generic',
    role: 'generic',
    arbitrary: perturbed(factored(spread(VALUES)).filter((A) => !isScalar(A))),
  },
  { id: 'graded', role: 'generic', arbitrary: perturbed(factored(graded(gridded(1, 8, 1), 3), 2)) },
  {
    id: 'skew',
    role: 'extremal',
    arbitrary: fc.tuple(VALUES, VALUES).map(([s, t]) =>
      skewed(
        [s, t],
        Rational.from(s)
          .times(Rational.from(Math.min(1, Rational.from(t).toNumber()) * TINY))
          .toString(),
      ),
    ),
  },
  {
    id: 'lift',
    role: 'extremal',
    arbitrary: fc.tuple(VALUES, fc.integer({ min: 0, max: 7 })).map(([s, bits]) => {
      const least = Rational.from(s).dividedBy(Rational.of(2 ** bits));
      return lifted([s, least.toString()], least.times(Rational.from(TINY)).toString());
    }),
  },
];
