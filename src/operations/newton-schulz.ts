import { z } from 'zod';
import { type Numeric, Rational } from '../kernels/exact/rational.ts';
import { toFloat32Matrix, toFloat64Matrix } from '../kernels/gpu/float32-matrix.ts';
import { iterateOddPolynomial } from '../kernels/gpu/newton-schulz.ts';
import { arrayBackend } from '../kernels/gpu/select-backend.ts';
import { type Arithmetic, FLOAT32, FLOAT64, type FloatFormat } from '../kernels/matrix/arithmetic.ts';
import type { Coefficients, Schedule } from '../kernels/matrix/coefficient-sets.ts';
import { exactNewtonSchulzStep, longestDigits } from '../kernels/matrix/exact-newton-schulz.ts';
import { fromRows, toRows } from '../kernels/matrix/matrix.ts';
import { frobeniusNormalised, newtonSchulz } from '../kernels/matrix/newton-schulz.ts';
import { newtonSchulzErrorBound, normalisationError, roundingError } from '../kernels/matrix/newton-schulz-error.ts';
import { Declined, type Doubles, type Operation } from './operation.ts';
import { toFractions, toRationals } from './rational-rows.ts';
import { integer, matrix, nonNegative, type Rows, real } from './schema.ts';

export interface NewtonSchulzInput {
  readonly matrix: Rows;
  readonly coefficients: readonly (readonly [Numeric, Numeric, Numeric])[];
  readonly steps: number;
  readonly normalisation?: 'frobenius' | 'none';
  readonly epsilon?: Numeric;
}

type Input = Doubles<NewtonSchulzInput>;

/**
 * Reducing fractions takes time quadratic in their digits; from an iterate with entries · digits² above this the next step,
 * with five times the digits, takes more than some ten seconds and is not begun.
 */
const MOST_WORK = 2 ** 37;

/** The triple of a step: JSON has been checked to hold three numbers. */
const triple = <T>([a, b, c]: readonly T[], zero: T): readonly [T, T, T] => [a ?? zero, b ?? zero, c ?? zero];

const schedule = (input: Input): Schedule => input.coefficients.map((row): Coefficients => triple(row, 0));

const start = (input: Input, arithmetic: Arithmetic) => {
  const G = fromRows(input.matrix);
  return input.normalisation === 'none' ? G : frobeniusNormalised(G, input.epsilon ?? 0, arithmetic);
};

const compute = (input: Input, arithmetic: Arithmetic) => ({
  matrix: toRows(newtonSchulz(start(input, arithmetic), schedule(input), input.steps, arithmetic)),
});

function errorBound(input: Input, format: FloatFormat): number {
  const G = fromRows(input.matrix);
  const X = start(input, FLOAT64);
  const error =
    input.normalisation === 'none' ? roundingError(G, format) : normalisationError(G, X, input.epsilon ?? 0, format);
  return newtonSchulzErrorBound(X, schedule(input), input.steps, format, error);
}

function exact({ matrix: rows, coefficients, steps, normalisation }: NewtonSchulzInput) {
  if (normalisation !== 'none')
    return new Declined('the Frobenius norm is irrational in general: normalisation "none" only');
  let X = toRationals(rows);
  for (let k = 0; k < steps; k++) {
    const [a, b, c] = triple(coefficients[Math.min(k, coefficients.length - 1)] ?? [], 0);
    X = exactNewtonSchulzStep(X, [Rational.from(a), Rational.from(b), Rational.from(c)]);
    const digits = longestDigits(X);
    if (k + 1 < steps && digits * digits * X.flat().length > MOST_WORK) {
      return new Declined(`the iterate has ${digits} binary digits an entry after step ${k + 1} of ${steps}`);
    }
  }
  return { matrix: toFractions(X) };
}

/** X_0 = G / (||G||_F + epsilon) or G, then X <- a X + (b A + c A^2) X with A = X X^T, one triple a step, the last repeated. */
export const newtonSchulzOperation: Operation<NewtonSchulzInput, { readonly matrix: Rows }> = {
  id: 'newton-schulz',
  kind: 'function',
  summary: 'steps of X <- a X + b X X^T X + c (X X^T)^2 X from G / (||G||_F + epsilon), or from G',
  input: z.strictObject({
    matrix,
    coefficients: z
      .array(z.tuple([real, real, real], { error: 'a triple [a, b, c]' }), { error: 'an array of triples [a, b, c]' })
      .min(1, { error: 'at least one triple [a, b, c]' }),
    steps: integer(0),
    normalisation: z.enum(['frobenius', 'none'], { error: '"frobenius" or "none"' }).default('frobenius'),
    epsilon: nonNegative.default(0),
  }),
  output: z.strictObject({ matrix }),
  exact,
  reference: (input) => compute(input, FLOAT64),
  float32: (input) => compute(input, FLOAT32),
  gpu: async (input) => {
    const X = toFloat32Matrix(start(input, FLOAT32));
    const result = await iterateOddPolynomial(await arrayBackend(), X, schedule(input), input.steps);
    return { matrix: toRows(toFloat64Matrix(result)) };
  },
  errorBound,
};
