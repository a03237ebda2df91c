import { z } from 'zod';
import { type Numeric, Rational } from '../kernels/exact/rational.ts';
import { gluonStepSize, gluonStepSizeExact } from '../kernels/gluon-step-size.ts';
import { UNIT_ROUNDOFF } from '../kernels/unit-roundoff.ts';
import type { Operation } from './operation.ts';
import { isZero, nonNegative, real } from './schema.ts';

export interface GluonStepSizeInput {
  readonly gradientNorm: Numeric;
  readonly l0: Numeric;
  readonly l1: Numeric;
}

/**
 * t(g) = g / (l0 + l1 g), 0 for g = 0.
 *
 * Error bound: t has condition number <= 1 in each of its three inputs (|∂t/∂g| g/t = l0/(l0 + l1 g) <= 1, likewise
 * l0, l1, whose two sum to at most 1), so rounding the inputs costs at most 2u relatively and the three operations 3u:
 * in all below 6u t, plus the smallest subnormal where the quotient underflows.
 */
export const gluonStepSizeOperation: Operation<GluonStepSizeInput, { readonly value: Numeric }> = {
  id: 'gluon-step-size',
  kind: 'function',
  summary: 'the adaptive radius t(g) = g / (l0 + l1 g) of Gluon, 0 for g = 0',
  input: z
    .strictObject({ gradientNorm: nonNegative, l0: nonNegative, l1: nonNegative })
    .refine(({ l0, l1 }) => !isZero(l0) || !isZero(l1), { error: 'l0 + l1 > 0' }),
  output: z.strictObject({ value: real }),
  exact: ({ gradientNorm, l0, l1 }) => ({
    value: gluonStepSizeExact(Rational.from(gradientNorm), Rational.from(l0), Rational.from(l1)).toString(),
  }),
  reference: ({ gradientNorm, l0, l1 }) => ({ value: gluonStepSize(gradientNorm, l0, l1) }),
  float32: ({ gradientNorm, l0, l1 }) => {
    const [g, a, b] = [Math.fround(gradientNorm), Math.fround(l0), Math.fround(l1)];
    return { value: g === 0 ? 0 : Math.fround(g / Math.fround(a + Math.fround(b * g))) };
  },
  errorBound: ({ gradientNorm, l0, l1 }, format) =>
    6 * UNIT_ROUNDOFF[format] * gluonStepSize(gradientNorm, l0, l1) + Number.MIN_VALUE,
};
