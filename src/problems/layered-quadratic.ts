import { type Numeric, Rational } from '../kernels/exact/rational.ts';

/** One layer of a separable quadratic: f(X) = <C, X> + x^T H x / 2 with x = vec(X) row by row, H symmetric. */
export interface QuadraticLayer {
  readonly rows: number;
  readonly columns: number;
  /** rows·columns square, symmetric. */
  readonly hessian: readonly (readonly Numeric[])[];
  /** rows·columns entries of C, row by row. */
  readonly linear: readonly Numeric[];
}

type Vector = readonly Rational[];

const dot = (a: Vector, b: Vector): Rational => Rational.sum(a.map((x, i) => x.times(b[i] ?? Rational.ZERO)));

export const rationals = (values: readonly Numeric[]): Vector => values.map(Rational.from);

/** H x. @throws TypeError unless x has rows·columns entries. */
export function hessianTimes(layer: QuadraticLayer, x: Vector): Vector {
  const size = layer.rows * layer.columns;
  if (x.length !== size) throw new TypeError(`hessianTimes: ${size} entries, got ${x.length}`);
  return layer.hessian.map((row) => dot(rationals(row), x));
}

/** vec of the gradient C + H x at x = vec(X). */
export const layerGradient = (layer: QuadraticLayer, x: Vector): Vector =>
  hessianTimes(layer, x).map((h, i) => h.plus(Rational.from(layer.linear[i] ?? 0)));

/** f at x = vec(X). */
export const layerValue = (layer: QuadraticLayer, x: Vector): Rational =>
  dot(rationals(layer.linear), x).plus(dot(x, hessianTimes(layer, x)).dividedBy(Rational.of(2)));
