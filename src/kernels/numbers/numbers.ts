import type { Arithmetic, FloatFormat } from '../matrix/arithmetic.ts';
import type { Matrix } from '../matrix/matrix.ts';

/** A rows × columns array of numbers of any kind, row-major. */
export interface Grid<T> {
  readonly rows: number;
  readonly columns: number;
  readonly data: readonly T[];
}

/** A function of a matrix that is not computed entry by entry (a polar factor, an inverse root, an oracle). */
export interface MatrixFunction {
  compute(A: Matrix, arithmetic: Arithmetic): Matrix;
  /**
   * A bound on every entry of f~(A + E) - f(A) for all ||E||_F <= radius, where f~ is f computed by a stable algorithm in
   * that format; Infinity where nothing is guaranteed.
   */
  errorBound(A: Matrix, radius: number, format: FloatFormat): number;
}

/**
 * A number system in which an algorithm is written once: doubles, singles, or intervals that enclose what every admissible
 * rounding of it gives. A decision (a sign, a rank) is part of the system, because an interval may leave it open.
 */
export interface Numbers<T> {
  /** A double as an input. */
  of(x: number): T;
  add(a: T, b: T): T;
  subtract(a: T, b: T): T;
  multiply(a: T, b: T): T;
  /**
   * The sum of a_k b_k. What is computed adds in the order of k; an interval holds what any order of summation may give.
   * @throws TypeError where the lengths differ.
   */
  sumOfProducts(a: readonly T[], b: readonly T[]): T;
  /**
   * x, which others compute as the sum of these products in another order, or with a factor taken out: an interval holds what
   * that may give too.
   */
  reordered(x: T, terms: readonly (readonly [T, T])[]): T;
  /** a / b, and 0 where b = 0: the optimisers that divide by a norm or a root mean square stand still there. */
  divide(a: T, b: T): T;
  /** sqrt(a) for a >= 0. */
  squareRoot(a: T): T;
  maximum(a: T, b: T): T;
  /** `yes` where x > 0, else `no`. */
  wherePositive(x: T, yes: T, no: T): T;
  /** `chosen` at the floor(count) largest scores (ties: the lower index first), `rest` at the others. */
  whereLargest(scores: readonly T[], count: T, chosen: T, rest: T): readonly T[];
  transform(A: Grid<T>, f: MatrixFunction): Grid<T>;
}
