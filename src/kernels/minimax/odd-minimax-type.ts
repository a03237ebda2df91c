import type { Rational } from '../exact/rational.ts';

export type MinimaxDegree = 3 | 5;

/** (a, b, c) of p(x) = a x + b x³ + c x⁵. */
export type RationalTriple = readonly [a: Rational, b: Rational, c: Rational];

/** The odd polynomial of least max |1 - p| on an interval [l, u], every number to a stated relative precision. */
export interface OddMinimax {
  /** c = 0 in degree 3. */
  readonly coefficients: RationalTriple;
  /** E = max |1 - p|. */
  readonly error: Rational;
  /** 1 - E = p(l), the least value, to the same relative precision. */
  readonly least: Rational;
  /** l = x_0 < x_1 < … = u with p(x_i) = 1 - (-1)^i E; l and u exactly. */
  readonly nodes: readonly Rational[];
}
