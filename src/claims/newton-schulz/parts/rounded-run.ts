import { add, around, type Interval, multiply, square, squareRoot } from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { matrixDifference, type RationalMatrix, rationalMatrix } from '../../../kernels/exact/rational-matrix.ts';
import { type Arithmetic, FLOAT32, FLOAT64 } from '../../../kernels/matrix/arithmetic.ts';
import { BFLOAT16 } from '../../../kernels/matrix/bfloat16.ts';
import {
  type Coefficients,
  CUBIC,
  coefficientsAt,
  QUINTIC,
  QUINTIC_JORDAN,
  type Schedule,
} from '../../../kernels/matrix/coefficient-sets.ts';
import { exactNewtonSchulzStep } from '../../../kernels/matrix/exact-newton-schulz.ts';
import { fromRows, toRows } from '../../../kernels/matrix/matrix.ts';
import { newtonSchulz } from '../../../kernels/matrix/newton-schulz.ts';
import { newtonSchulzErrorBound, roundingError } from '../../../kernels/matrix/newton-schulz-error.ts';

export const SCHEDULES = { cubic: CUBIC, quintic: QUINTIC, muon: QUINTIC_JORDAN } as const satisfies Record<
  string,
  Schedule
>;
export const FORMATS = { float32: FLOAT32, float64: FLOAT64, bfloat16: BFLOAT16 } as const satisfies Record<
  string,
  Arithmetic
>;

/** `steps` steps from X_0 as it is, every operation rounded to the format. */
export interface RoundedInstance {
  readonly matrix: readonly (readonly number[])[];
  readonly map: keyof typeof SCHEDULES;
  readonly format: keyof typeof FORMATS;
  readonly steps: number;
}

/** Binary digits behind the point that an iterate keeps: far below the roundings that are measured. */
const DIGITS = 160;

const squaredNorm = (A: RationalMatrix): Rational => Rational.sum(A.flat().map((x) => x.times(x)));
const norm = (A: RationalMatrix): Interval => squareRoot(around(squaredNorm(A)));

/** |a| + 3 |b| s² + 5 |c| s⁴, which no slope on [0, s] exceeds. */
function steepest([a, b, c]: Coefficients, s: Interval): Interval {
  const y = square(s);
  const term = (x: number, by: Interval): Interval => multiply(around(Math.abs(x)), by);
  return add(add(term(a, around(1)), multiply(around(3), term(b, y))), multiply(around(5), term(c, square(y))));
}

export const exactTriple = (triple: Coefficients): readonly [Rational, Rational, Rational] => [
  Rational.from(triple[0]),
  Rational.from(triple[1]),
  Rational.from(triple[2]),
];

/** The exact iterate to within the radius in the Frobenius norm: entries are cut after each step, which later steps enlarge. */
function preciseIterate(instance: RoundedInstance): { readonly iterate: RationalMatrix; readonly radius: number } {
  let iterate: RationalMatrix = rationalMatrix(instance.matrix);
  let radius = around(0);
  const cut = multiply(around(Math.ceil(Math.sqrt(iterate.flat().length))), around(2 ** -DIGITS));
  for (let k = 0; k < instance.steps; k += 1) {
    const triple = coefficientsAt(SCHEDULES[instance.map], k);
    radius = add(multiply(steepest(triple, add(norm(iterate), radius)), radius), cut);
    iterate = exactNewtonSchulzStep(iterate, exactTriple(triple)).map((row) => row.map((x) => x.roundedDown(DIGITS)));
  }
  return { iterate, radius: radius.hi };
}

/** ||computed - exact||_F, in another format where one is given. */
export function measuredError(instance: RoundedInstance, format = instance.format): Interval {
  const computed = newtonSchulz(fromRows(instance.matrix), SCHEDULES[instance.map], instance.steps, FORMATS[format]);
  const { iterate, radius } = preciseIterate(instance);
  const { lo, hi } = add(norm(matrixDifference(rationalMatrix(toRows(computed)), iterate)), {
    lo: -radius,
    hi: radius,
  });
  return { lo: Math.max(lo, 0), hi };
}

/** The error bound that the library states for it. */
export function statedBound(instance: RoundedInstance, format = instance.format): number {
  const X = fromRows(instance.matrix);
  return newtonSchulzErrorBound(X, SCHEDULES[instance.map], instance.steps, format, roundingError(X, format));
}
