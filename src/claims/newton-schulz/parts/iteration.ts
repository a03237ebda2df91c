import { type Answer, ask, type Call } from '../../../claim/ask.ts';
import { realGradients } from '../../../instances/real-gradients.ts';
import { type Factored, isFactored, matrixOf } from '../../../instances/spectra.ts';
import { add, around, divide, square, squareRoot, sum } from '../../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { fromRows } from '../../../kernels/matrix/matrix.ts';
import { svd } from '../../../kernels/matrix/svd.ts';
import { type NewtonSchulzInput, newtonSchulzOperation } from '../../../operations/newton-schulz.ts';
import { BITS, outward, point } from './bracket.ts';

export type Triple = readonly [Numeric, Numeric, Numeric];

/** A matrix of known spectrum, or a measured gradient by its id. */
export interface IterationInstance {
  readonly matrix: Factored | { readonly gradient: string };
  readonly normalisation: 'frobenius' | 'none';
  readonly steps: number;
}

/** What the subject returned, and what ||computed - exact||_F is at most. */
export interface Observed {
  readonly rows: readonly (readonly Numeric[])[];
  readonly radius: number;
}

export const isGradient = (matrix: IterationInstance['matrix']): matrix is { readonly gradient: string } =>
  'gradient' in matrix;

/** f with one result kept for every argument. */
export function remembered<K, V>(f: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = f(key);
    known.set(key, value);
    return value;
  };
}

const gradients = remembered((_: 'all') => new Map(realGradients().map(({ id, matrix }) => [id, matrix])));

/** @throws RangeError for an unknown id. */
function gradientRows(id: string): readonly (readonly number[])[] {
  const rows = gradients('all').get(id);
  if (rows === undefined) throw new RangeError(`gradientRows: the id of a measured gradient, got ${id}`);
  return rows;
}

export const gradientIds = (): readonly string[] => [...gradients('all').keys()];

export const inputOf = (
  { matrix, normalisation, steps }: IterationInstance,
  coefficients: Triple,
): NewtonSchulzInput => ({
  matrix: isGradient(matrix) ? gradientRows(matrix.gradient) : matrixOf(matrix),
  coefficients: [coefficients],
  steps,
  normalisation,
  epsilon: 0,
});

/** Runs the iteration. The error bound of this operation is one on the Frobenius norm (`newtonSchulzErrorBound`). */
export function* iterated(
  instance: IterationInstance,
  coefficients: Triple,
): Generator<Call, Observed, Answer<unknown>> {
  const { output, errorBound } = yield* ask(newtonSchulzOperation, inputOf(instance, coefficients));
  return { rows: output.matrix, radius: errorBound };
}

/** Factors are what they say, and a matrix of the family is normalised if it is a gradient. */
export const isWellFormed = ({ matrix, normalisation }: IterationInstance): boolean =>
  isGradient(matrix) ? normalisation === 'frobenius' : isFactored(matrix);

/** The singular values of X_0: in the order of the factors, or descending for a gradient. */
export function startingValues({ matrix, normalisation }: IterationInstance): readonly RationalInterval[] {
  if (isGradient(matrix)) return gradientSpectrum(matrix.gradient);
  const values = matrix.spectrum.map((s) => Rational.from(s));
  return normalisation === 'none' ? values.map(point) : normalised(values);
}

/** The certified singular values of the gradient over its Frobenius norm, both enclosed by doubles. */
const gradientSpectrum = remembered((id: string): readonly RationalInterval[] => {
  const matrix = fromRows(gradientRows(id));
  const { values, valuesError } = svd(matrix);
  const norm = squareRoot(sum([...matrix.data].map((x) => square(around(x)))));
  return values.map((s) => {
    const { lo, hi } = divide(add(around(s), { lo: -valuesError, hi: valuesError }), norm);
    // no singular value exceeds the Frobenius norm
    return { lo: Rational.from(Math.max(lo, 0)), hi: Rational.from(Math.min(hi, 1)) };
  });
});

/** The values over their Euclidean norm, which is that of the matrix; 0/0 is 0. */
function normalised(values: readonly Rational[]): readonly RationalInterval[] {
  const squared = Rational.sum(values.map((x) => x.times(x)));
  if (squared.sign() === 0) return values.map(point);
  const root = squared.squareRoot();
  if (root !== undefined) return values.map((x) => point(x.dividedBy(root)));
  const [least, most] = squared.squareRootBounds(BITS);
  return values.map((x) => outward({ lo: x.dividedBy(most), hi: Rational.min(x.dividedBy(least), Rational.ONE) }));
}
