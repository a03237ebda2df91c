import {
  add,
  around,
  divide,
  type Interval,
  maximum,
  multiply,
  square,
  squareRoot,
  subtract,
  sum,
} from '../../../kernels/exact/interval.ts';

export interface Fit {
  readonly slope: Interval;
  /** The standard error of the slope: what the residuals say of it. */
  readonly error: Interval;
  /** The value of the line where the abscissa is 0. */
  readonly intercept: Interval;
}

const ZERO: Interval = { lo: 0, hi: 0 };

/** The line of least squares through three or more points. @throws RangeError for fewer. */
export function fittedSlope(x: readonly Interval[], y: readonly Interval[]): Fit {
  const n = x.length;
  if (n < 3 || y.length !== n) throw new RangeError(`fittedSlope: three or more points, got ${n} and ${y.length}`);
  const mean = (values: readonly Interval[]): Interval => divide(sum(values), around(n));
  const [meanX, meanY] = [mean(x), mean(y)];
  const dx = x.map((v) => subtract(v, meanX));
  const dy = y.map((v) => subtract(v, meanY));
  const spread = sum(dx.map(square));
  const slope = divide(sum(dx.map((v, i) => multiply(v, dy[i] ?? ZERO))), spread);
  const residuals = dx.map((v, i) => subtract(dy[i] ?? ZERO, multiply(slope, v)));
  const variance = divide(sum(residuals.map(square)), multiply(around(n - 2), spread));
  return {
    slope,
    error: squareRoot(maximum(variance, ZERO)),
    intercept: subtract(meanY, multiply(slope, meanX)),
  };
}

/** slope + factor times its standard error. */
export const slopePlus = ({ slope, error }: Fit, factor: number): Interval =>
  add(slope, multiply(around(factor), error));
