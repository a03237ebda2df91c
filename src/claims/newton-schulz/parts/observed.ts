import { type Enclosure, exactly } from '../../../claim/enclosure.ts';
import type { Factored } from '../../../instances/spectra.ts';
import { add, around, type Interval, multiply, square, squareRoot } from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import {
  innerProduct,
  matrixDifference,
  productOf,
  type RationalMatrix,
  rationalMatrix,
  transposed,
} from '../../../kernels/exact/rational-matrix.ts';
import { frobeniusNorm, frobeniusUpperBound } from '../../../kernels/matrix/euclidean-norm.ts';
import { fromRows, identity, subtract, transpose } from '../../../kernels/matrix/matrix.ts';
import { gram } from '../../../kernels/matrix/multiply.ts';
import { svd } from '../../../kernels/matrix/svd.ts';
import { gamma, UNIT_ROUNDOFF } from '../../../kernels/unit-roundoff.ts';
import type { Observed } from './iteration.ts';

const NOTHING_KNOWN: Interval = { lo: 0, hi: Number.POSITIVE_INFINITY };

const parsed = new WeakMap<Observed['rows'], RationalMatrix>();

/** The exact entries; long fractions are read once. */
function exactRows({ rows }: Observed): RationalMatrix {
  const known = parsed.get(rows) ?? rationalMatrix(rows);
  parsed.set(rows, known);
  return known;
}

const squaredFrobenius = (A: RationalMatrix): Rational => innerProduct(A, A);

const doubles = ({ rows }: Observed) => fromRows(rows.map((row) => row.map((x) => Rational.from(x).toNumber())));

/** diag(values) between the factors: left diag(values) right^T. */
const recomposed = ({ left, right }: Factored, values: readonly Rational[]): RationalMatrix =>
  productOf(
    rationalMatrix(left).map((row) => row.map((x, j) => x.times(values[j] ?? Rational.ZERO))),
    transposed(rationalMatrix(right)),
  );

/** sqrt(square) widened by the radius, squared again: (norm ± radius)² for a norm whose square is known exactly. */
function widenedSquare(squared: Rational, radius: number): Enclosure {
  if (radius === 0) return exactly(squared);
  if (radius === Number.POSITIVE_INFINITY) return NOTHING_KNOWN;
  const { lo, hi } = add(squareRoot(around(squared)), { lo: -radius, hi: radius });
  return square({ lo: Math.max(lo, 0), hi });
}

/**
 * ||I - X X^T||_F² for the shorter side (X^T X for a tall X): the sum of (1 - sigma_i²)² over all min(rows, columns)
 * singular values of X.
 *
 * Exact where X is. Else the computed Gram matrix G' of X' is off by at most gamma_(k+1) ||X'||_F² in the norm (k the longer
 * side; Higham, Accuracy and Stability, section 3.5; one more for subtracting I), and for ||X - X'||_F <= r
 *   | ||I - XX^T||_F - ||I - X'X'^T||_F | <= 2 ||X'||_2 r + r²,   ||X'||_2² <= 1 + ||I - X'X'^T||_F.
 */
export function squaredDefect(observed: Observed): Enclosure {
  if (observed.radius === 0) {
    const X = exactRows(observed);
    const wide = X.length <= (X[0]?.length ?? 0) ? X : transposed(X);
    const product = productOf(wide, transposed(wide));
    return exactly(squaredFrobenius(product.map((row, i) => row.map((x, j) => (i === j ? Rational.ONE.minus(x) : x)))));
  }
  if (observed.radius === Number.POSITIVE_INFINITY) return NOTHING_KNOWN;
  const X = doubles(observed);
  const wide = X.rows <= X.columns ? X : transpose(X);
  const u = UNIT_ROUNDOFF.float64;
  const defect = subtract(gram(wide), identity(wide.rows));
  const norm = frobeniusNorm(defect);
  const size = square(around(frobeniusUpperBound(wide)));
  const rounding = multiply(around(gamma(wide.columns + 1, u)), size).hi + gamma(defect.data.length + 8, u) * norm * 2;
  const computed = add(around(norm), { lo: -rounding, hi: rounding });
  const top = squareRoot(add(around(1), computed));
  const moved = add(multiply(multiply(around(2), top), around(observed.radius)), square(around(observed.radius))).hi;
  const { lo, hi } = add(computed, { lo: -moved, hi: moved });
  return square({ lo: Math.max(lo, 0), hi });
}

/** The diagonal of left^T X right, each to within the radius: what X does to the known singular vectors. */
export function alignedValues(observed: Observed, { left, right }: Factored): readonly RationalInterval[] {
  const X = exactRows(observed);
  const [U, V] = [rationalMatrix(left), rationalMatrix(right)];
  const diagonal = productOf(productOf(transposed(U), X), V).map((row, i) => row[i] ?? Rational.ZERO);
  return diagonal.map((x) => widened(x, observed.radius));
}

function widened(x: Rational, radius: number): RationalInterval {
  const spread = Rational.from(radius);
  return { lo: x.minus(spread), hi: x.plus(spread) };
}

/** ||X - left diag(left^T X right) right^T||_F²: 0 if the singular vectors are kept. */
export function squaredMisalignment(observed: Observed, factored: Factored): Enclosure {
  const X = exactRows(observed);
  const kept = alignedValues({ ...observed, radius: 0 }, factored).map(({ lo }) => lo);
  return widenedSquare(squaredFrobenius(matrixDifference(X, recomposed(factored, kept))), observed.radius);
}

/** The singular values of X, descending, certified: those of the computed matrix by Weyl's inequality within the radius more. */
export function computedSpectrum(observed: Observed): readonly RationalInterval[] {
  const { values, valuesError } = svd(doubles(observed));
  return values.map((s) => {
    const { lo, hi } = widened(Rational.from(s), valuesError);
    const spread = Rational.from(observed.radius);
    return { lo: Rational.max(lo.minus(spread), Rational.ZERO), hi: hi.plus(spread) };
  });
}

/** ||X - U V^T||_F², where U V^T runs over the positive singular values: the compact polar factor. */
export function squaredPolarDistance(observed: Observed, factored: Factored): Enclosure {
  const ones = factored.spectrum.map((s) => Rational.of(Rational.from(s).sign()));
  return widenedSquare(
    squaredFrobenius(matrixDifference(exactRows(observed), recomposed(factored, ones))),
    observed.radius,
  );
}
