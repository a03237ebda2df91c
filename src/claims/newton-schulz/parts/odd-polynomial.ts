import {
  composePolynomials,
  derivative,
  evaluate,
  type Polynomial,
  polynomial,
} from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { power, product } from './obligations.ts';

export const ONE = polynomial([1]);
export const X = polynomial([0, 1]);
/** Signs of what is >= 0. */
export const NOT_NEGATIVE = ['positive', 'nonnegative'] as const;

/** p(x) = x h(x²). */
export const odd = (h: Polynomial): Polynomial => product(X, composePolynomials(h, polynomial([0, 0, 1])));

/** p'(x) = h(y) + 2 y h'(y) at y = x². */
export const slopeAt = (h: Polynomial, y: Rational): Rational =>
  evaluate(h, y).plus(
    Rational.of(2)
      .times(y)
      .times(evaluate(derivative(h), y)),
  );

/** (1-x)^order. */
export const root = (order: number): Polynomial => power(polynomial([1, -1]), order);
