import { type Answer, ask, type Call } from '../../../claim/ask.ts';
import { type Enclosure, enclosing, exactly, within } from '../../../claim/enclosure.ts';
import { add, around, type Interval, multiply, square, squareRoot } from '../../../kernels/exact/interval.ts';
import type { Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { innerProduct, type RationalMatrix, rationalMatrix } from '../../../kernels/exact/rational-matrix.ts';
import { polarOperation } from '../../../operations/polar.ts';

/** What a subject returned, to be read as exact, and what ||returned - wanted||_F is at most. */
export interface Answered {
  readonly matrix: RationalMatrix;
  readonly radius: number;
}

/** The polar factor. The error bound of this operation is one on the Frobenius norm (`polarErrorBound`). */
export function* askPolar(matrix: readonly (readonly Numeric[])[]): Generator<Call, Answered, Answer<unknown>> {
  const { output, errorBound } = yield* ask(polarOperation, { matrix });
  return { matrix: rationalMatrix(output.matrix), radius: errorBound };
}

export const squaredNorm = (A: RationalMatrix): Rational => innerProduct(A, A);

/** ||A||_F ± radius, never below 0. */
export function normWithin(A: RationalMatrix, radius: number): Interval {
  if (radius === Number.POSITIVE_INFINITY) return { lo: 0, hi: radius };
  const { lo, hi } = add(squareRoot(around(squaredNorm(A))), { lo: -radius, hi: radius });
  return { lo: Math.max(lo, 0), hi };
}

/** The square of that; exact for radius 0. */
export const squaredNormWithin = (A: RationalMatrix, radius: number): Enclosure =>
  radius === 0 ? exactly(squaredNorm(A)) : enclosing(square(normWithin(A, radius)));

/** <G, X> for X within the radius of what was answered: off by at most ||G||_F times it. */
export const productWithin = (G: RationalMatrix, { matrix, radius }: Answered): Enclosure =>
  within(innerProduct(G, matrix), radius === 0 ? 0 : multiply(normWithin(G, 0), around(radius)).hi);

/** What P^T P moves by in the norm when P, of spectral norm at most 1, moves by the radius: 2 r + r². */
export const gramRadius = (radius: number): number =>
  radius === 0 ? 0 : add(around(radius, radius), square(around(radius))).hi;

/** An enclosure moved by an exact number. */
export const shifted = ({ lo, hi }: Enclosure, by: Rational): Enclosure => enclosing(add({ lo, hi }, around(by)));
