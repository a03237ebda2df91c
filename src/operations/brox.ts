import { z } from 'zod';
import type { Numeric } from '../kernels/exact/numeric.ts';
import { Rational } from '../kernels/exact/rational.ts';
import { vectorFrom } from '../kernels/exact/rational-vector.ts';
import { brox, broxOnPath } from '../methods/brox/brox.ts';
import { exactBrox } from '../methods/brox/exact-brox.ts';
import { floatFunction } from '../methods/brox/float-function.ts';
import { stepBound } from '../methods/brox/step-bound.ts';
import { inputRounding, valueBound } from '../methods/brox/trajectory-bound.ts';
import type { ConvexFunction } from '../problems/functions/convex-function.ts';
import { allowedError } from './allowed-error.ts';
import { broxDefects } from './brox-defects.ts';
import { checkedExactFunction, checkedFunction, functionAtPoint } from './function-schema.ts';
import { Declined, type Operation } from './operation.ts';
import { positive, real } from './schema.ts';

export interface BroxInput {
  readonly function: ConvexFunction<Numeric>;
  readonly point: readonly Numeric[];
  readonly radius: Numeric;
}

export interface BroxOutput {
  readonly point: readonly Numeric[];
  readonly value: Numeric;
  readonly multiplier: Numeric;
}

/**
 * u = brox_t(x), a minimiser of f over the ball B(x, t), with f(u) and c >= 0 such that c (x - u) is a subgradient at u.
 *
 * Where the ball holds minimisers of f, u is the one nearest to x and c = 0. Elsewhere u is unique; c is unique but at a
 * kink of max-affine, where any will do. The error bound confines every admissible answer, see `stepBound`.
 */
export const broxOperation: Operation<BroxInput, BroxOutput> = {
  id: 'brox',
  kind: 'function',
  summary:
    'the ball oracle u = argmin of f over |y - x| <= radius (the minimiser of f nearest to x where there is one), f(u), and c with c(x - u) in the subdifferential at u (0 for a minimiser)',
  input: functionAtPoint({ radius: positive }),
  output: z.strictObject({ point: z.array(real), value: real, multiplier: real }),
  exact: ({ function: f, point, radius }) => {
    const step = exactBrox(checkedExactFunction('brox', f), vectorFrom(point), Rational.from(radius));
    return step === undefined
      ? new Declined('the point, the value or the multiplier is irrational')
      : { point: step.point.map(String), value: step.value.toString(), multiplier: step.multiplier.toString() };
  },
  reference: ({ function: f, point, radius }) => {
    const { value, multiplier, point: u } = brox(floatFunction(checkedFunction('brox', f)), point, radius);
    return { point: u, value, multiplier };
  },
  errorBound: ({ function: f, point, radius }, format) => {
    const prepared = floatFunction(checkedFunction('brox', f));
    const path = prepared.path(point);
    const step = broxOnPath(prepared, path, radius);
    const { distance, multiplier } = stepBound(path, step, radius, format, inputRounding(point, format));
    return Math.max(2 * distance, 2 * multiplier, valueBound(prepared, step.point, distance, format));
  },
  defects: (input, output, format) => broxDefects(input, output, format, allowedError(broxOperation, input, format)),
};
