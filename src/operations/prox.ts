import { z } from 'zod';
import type { Numeric } from '../kernels/exact/numeric.ts';
import { Rational } from '../kernels/exact/rational.ts';
import { vectorFrom } from '../kernels/exact/rational-vector.ts';
import { exactProx } from '../methods/brox/exact-prox.ts';
import { floatFunction } from '../methods/brox/float-function.ts';
import { prox } from '../methods/brox/prox.ts';
import { inputRounding, valueBound } from '../methods/brox/trajectory-bound.ts';
import type { ConvexFunction } from '../problems/functions/convex-function.ts';
import { exactValue } from '../problems/functions/exact-value.ts';
import { checkedExactFunction, checkedFunction, functionAtPoint } from './function-schema.ts';
import { Declined, type Operation } from './operation.ts';
import { positive, real } from './schema.ts';

export interface ProxInput {
  readonly function: ConvexFunction<Numeric>;
  readonly point: readonly Numeric[];
  readonly parameter: Numeric;
}

export interface ProxOutput {
  readonly point: readonly Numeric[];
  readonly value: Numeric;
}

/**
 * prox_gamma(x) = argmin of f + |. - x|^2 / (2 gamma), and f there.
 *
 * prox is nonexpansive, so rounding x costs no more than itself; what a stable algorithm adds is the slack of the path.
 */
export const proxOperation: Operation<ProxInput, ProxOutput> = {
  id: 'prox',
  kind: 'function',
  summary: 'the proximal point u = argmin of f(y) + |y - x|^2 / (2 parameter), and f(u)',
  input: functionAtPoint({ parameter: positive }),
  output: z.strictObject({ point: z.array(real), value: real }),
  exact: ({ function: f, point, parameter }) => {
    const exact = checkedExactFunction('prox', f);
    const u = exactProx(exact, vectorFrom(point), Rational.from(parameter));
    const value = u && exactValue(exact, u);
    return u === undefined || value === undefined
      ? new Declined('the proximal point of residual-norm is irrational')
      : { point: u.map(String), value: value.toString() };
  },
  reference: ({ function: f, point, parameter }) => prox(floatFunction(checkedFunction('prox', f)), point, parameter),
  errorBound: ({ function: f, point, parameter }, format) => {
    const prepared = floatFunction(checkedFunction('prox', f));
    const E = inputRounding(point, format) + prepared.path(point).proxError(parameter, format);
    return Math.max(2 * E, valueBound(prepared, prox(prepared, point, parameter).point, E, format));
  },
};
