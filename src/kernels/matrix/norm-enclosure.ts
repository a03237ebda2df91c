import { add, around, type Interval, interval, maximum, multiply, squareRoot, sum } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';
import { UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { frobeniusUpperBound } from './euclidean-norm.ts';
import { fromRows } from './matrix.ts';
import { svd } from './svd.ts';

/** The norms of the linear minimisation oracles, on rows × columns matrices. */
export const NORM_NAMES = [
  'spectral',
  'frobenius',
  'max-entry',
  'column',
  'row',
  'rms-rms',
  'one-rms',
  'rms-infinity',
  'scaled-max-entry',
  'nuclear',
  'entrywise-one',
  'infinity-infinity',
] as const;

export type NormName = (typeof NORM_NAMES)[number];

type Rows = readonly (readonly Rational[])[];

/** Exact where it is rational, an outward-rounded interval elsewhere. */
export type Enclosed = Interval | Rational;

const NONE: Interval = { lo: 0, hi: 0 };

/** The Euclidean norm, from the exact sum of squares; exact where that is the square of a rational. */
function euclidean(entries: readonly Rational[]): Enclosed {
  const square = Rational.sum(entries.map((x) => x.times(x)));
  return square.squareRoot() ?? squareRoot(around(square));
}

export const toInterval = (value: Enclosed): Interval => (value instanceof Rational ? around(value) : value);

/** a b, exact where both are. */
export const enclosedProduct = (a: Enclosed, b: Enclosed): Enclosed =>
  a instanceof Rational && b instanceof Rational ? a.times(b) : multiply(toInterval(a), toInterval(b));

/** A sum, exact where every term is. */
export function enclosedSum(terms: readonly Enclosed[]): Enclosed {
  const exact = terms.filter((term) => term instanceof Rational);
  return exact.length === terms.length ? Rational.sum(exact) : sum(terms.map(toInterval));
}

function enclosedMaximum(terms: readonly Enclosed[]): Enclosed {
  const exact = terms.filter((term) => term instanceof Rational);
  if (exact.length === terms.length) return Rational.max(Rational.ZERO, ...exact);
  return terms.map(toInterval).reduce(maximum, NONE);
}

const oneNorm = (entries: readonly Rational[]): Rational => Rational.sum(entries.map((x) => x.absolute()));

const largest = (entries: readonly Rational[]): Rational =>
  Rational.max(Rational.ZERO, ...entries.map((x) => x.absolute()));

const columnsOf = (matrix: Rows): Rows => (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j] ?? Rational.ZERO));

/** sqrt(p / q), exact where it is rational. */
function root(p: number, q = 1): Enclosed {
  const square = Rational.of(p, q);
  return square.squareRoot() ?? squareRoot(around(square));
}

/**
 * The singular values: the absolute diagonal of a diagonal matrix, else the certified computed ones of the nearest doubles,
 * widened by what that rounding can move them (Weyl: at most its Frobenius norm, u ||A||_F up to underflow).
 */
function spectrum(matrix: Rows): readonly Enclosed[] {
  const isDiagonal = matrix.every((row, i) => row.every((x, j) => i === j || x.sign() === 0));
  if (isDiagonal) {
    return matrix.flatMap((row, i) => (i < row.length ? [(row[i] ?? Rational.ZERO).absolute()] : []));
  }
  const rounded = fromRows(matrix.map((row) => row.map((x) => x.toNumber())));
  const { values, valuesError } = svd(rounded);
  const moved = matrix.flat().every((x) => Rational.from(x.toNumber()).equals(x))
    ? 0
    : 2 * UNIT_ROUNDOFF.float64 * frobeniusUpperBound(rounded) + rounded.data.length * Number.MIN_VALUE;
  const error = add(interval(valuesError), interval(moved)).hi;
  return values.map((s) => {
    const { lo, hi } = around(s, error);
    return { lo: Math.max(lo, 0), hi };
  });
}

/** N(A) from its definition; 0 for an empty matrix. */
export function normEnclosure(norm: NormName, matrix: Rows): Enclosed {
  const [m, n, entries] = [matrix.length, matrix[0]?.length ?? 0, matrix.flat()];
  if (entries.length === 0) return Rational.ZERO;
  switch (norm) {
    case 'spectral':
      return enclosedMaximum(spectrum(matrix));
    case 'nuclear':
      return enclosedSum(spectrum(matrix));
    case 'rms-rms':
      return enclosedProduct(root(n, m), enclosedMaximum(spectrum(matrix)));
    case 'frobenius':
      return euclidean(entries);
    case 'max-entry':
      return largest(entries);
    case 'scaled-max-entry':
      return largest(entries).times(Rational.of(n));
    case 'entrywise-one':
      return oneNorm(entries);
    case 'infinity-infinity':
      return Rational.max(Rational.ZERO, ...matrix.map(oneNorm));
    case 'column':
      return enclosedMaximum(columnsOf(matrix).map(euclidean));
    case 'row':
      return enclosedMaximum(matrix.map(euclidean));
    case 'one-rms':
      return enclosedProduct(root(1, m), enclosedMaximum(columnsOf(matrix).map(euclidean)));
    case 'rms-infinity':
      return enclosedProduct(root(n), enclosedMaximum(matrix.map(euclidean)));
  }
}

/** N*(M) = max <M, Z> over N(Z) <= 1, from its closed form; 0 for an empty matrix. */
export function dualNormEnclosure(norm: NormName, matrix: Rows): Enclosed {
  const [m, n, entries] = [matrix.length, matrix[0]?.length ?? 0, matrix.flat()];
  if (entries.length === 0) return Rational.ZERO;
  switch (norm) {
    case 'spectral':
      return enclosedSum(spectrum(matrix));
    case 'nuclear':
      return enclosedMaximum(spectrum(matrix));
    case 'rms-rms':
      return enclosedProduct(root(m, n), enclosedSum(spectrum(matrix)));
    case 'frobenius':
      return euclidean(entries);
    case 'max-entry':
      return oneNorm(entries);
    case 'scaled-max-entry':
      return oneNorm(entries).dividedBy(Rational.of(n));
    case 'entrywise-one':
      return largest(entries);
    case 'infinity-infinity':
      return Rational.sum(matrix.map(largest));
    case 'column':
      return enclosedSum(columnsOf(matrix).map(euclidean));
    case 'row':
      return enclosedSum(matrix.map(euclidean));
    case 'one-rms':
      return enclosedProduct(root(m), enclosedSum(columnsOf(matrix).map(euclidean)));
    case 'rms-infinity':
      return enclosedProduct(root(1, n), enclosedSum(matrix.map(euclidean)));
  }
}

/** rho² for the least rho with N*(M) <= rho ||M||_F on rows × columns matrices. */
export function frobeniusConstantSquared(norm: NormName, rows: number, columns: number): Rational {
  const squares: Readonly<Record<NormName, Rational>> = {
    spectral: Rational.of(Math.min(rows, columns)),
    frobenius: Rational.ONE,
    'max-entry': Rational.of(rows * columns),
    column: Rational.of(columns),
    row: Rational.of(rows),
    'rms-rms': Rational.of(rows * Math.min(rows, columns), columns),
    'one-rms': Rational.of(rows * columns),
    'rms-infinity': Rational.of(rows, columns),
    'scaled-max-entry': Rational.of(rows, columns),
    nuclear: Rational.ONE,
    'entrywise-one': Rational.ONE,
    'infinity-infinity': Rational.of(rows),
  };
  return squares[norm];
}
