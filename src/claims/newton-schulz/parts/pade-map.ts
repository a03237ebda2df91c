import { type Polynomial, polynomial } from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';

export type Degree = 3 | 5;

/** A member of the Padé family: p(x) = x h(x²), whose error e = 1 - x² becomes e^order ratio(e). */
export interface PadeMap {
  /** (a, b, c) of a x + b x³ + c x⁵. */
  readonly coefficients: readonly [string, string, string];
  /** h, in y = x². */
  readonly h: Polynomial;
  readonly order: number;
  /** w with 1 - p(x) = (1-x)^order w(x). */
  readonly cofactor: Polynomial;
  /** r, in e. */
  readonly ratio: Polynomial;
  /** r(0), the least value of r on [0, 1]. */
  readonly least: Rational;
}

const map = (
  coefficients: readonly [string, string, string],
  order: number,
  cofactor: Polynomial,
  ratio: Polynomial,
): PadeMap => ({
  coefficients,
  h: polynomial(coefficients),
  order,
  cofactor,
  ratio,
  least: ratio[0] ?? Rational.ZERO,
});

/** (3x - x³)/2 and (15x - 10x³ + 3x⁵)/8 (Kenney and Laub, SIAM J. Matrix Anal. Appl. 12, 1991). */
export const PADE: Readonly<Record<Degree, PadeMap>> = {
  3: map(['3/2', '-1/2', '0'], 2, polynomial([1, '1/2']), polynomial(['3/4', '1/4'])),
  5: map(['15/8', '-5/4', '3/8'], 3, polynomial([1, '9/8', '3/8']), polynomial(['5/8', '15/64', '9/64'])),
};

/** The square of the end of the domain: sqrt 3, which the cubic sends to 0, and sqrt(7/3), which the quintic fixes. */
export const squaredEdge = (degree: Degree): Rational => (degree === 3 ? Rational.of(3) : Rational.of(7, 3));
