import { z } from 'zod';
import type { Numeric } from '../kernels/exact/numeric.ts';
import { vectorFrom } from '../kernels/exact/rational-vector.ts';
import { floatFunction } from '../methods/brox/float-function.ts';
import { trajectoryBound } from '../methods/brox/trajectory-bound.ts';
import { broximalPoint, exactBroximalPoint } from '../methods/broximal-point.ts';
import type { ConvexFunction } from '../problems/functions/convex-function.ts';
import { allowedError } from './allowed-error.ts';
import { broximalPointDefects } from './broximal-point-defects.ts';
import { checkedExactFunction, checkedFunction, functionAtPoint } from './function-schema.ts';
import { Declined, type Operation } from './operation.ts';
import { integer, positive, real } from './schema.ts';

export interface BroximalPointInput {
  readonly function: ConvexFunction<Numeric>;
  readonly point: readonly Numeric[];
  readonly radii: readonly Numeric[];
}

export interface BroximalPointOutput {
  /** x_0, x_1, …, x_K for K radii. */
  readonly points: readonly (readonly Numeric[])[];
  /** f(x_0), …, f(x_K). */
  readonly values: readonly Numeric[];
  /** The first k with x_k a minimiser of f (an index of `points`), or null. */
  readonly optimalAfter: number | null;
}

/**
 * The broximal point method: x_{k+1} = brox of radius t_k at x_k, from x_0 = point.
 *
 * A run that reaches a minimiser stays there. The error bound follows both the exact run and a stable one, see
 * `trajectoryBound`; brox is not nonexpansive, so the bound may grow from step to step.
 */
export const broximalPointOperation: Operation<BroximalPointInput, BroximalPointOutput> = {
  id: 'broximal-point',
  kind: 'function',
  summary:
    'the broximal point method x_{k+1} = brox_{t_k}(x_k): points x_0 … x_K (x_0 = point), their values, and the first k with x_k a minimiser (null for none)',
  input: functionAtPoint({
    radii: z.array(positive, { error: 'an array of numbers > 0' }).min(1, { error: 'one or more radii' }),
  }),
  output: z.strictObject({
    points: z.array(z.array(real)).meta({ description: 'x_0, x_1, …, x_K for K radii' }),
    values: z.array(real).meta({ description: 'f(x_0), …, f(x_K)' }),
    optimalAfter: integer(0)
      .nullable()
      .meta({ description: 'the first k with x_k a minimiser of f, an index of points; null for none' }),
  }),
  exact: ({ function: f, point, radii }) => {
    const run = exactBroximalPoint(checkedExactFunction('broximal-point', f), vectorFrom(point), vectorFrom(radii));
    return run === undefined
      ? new Declined('a point or a value of the run is irrational')
      : {
          points: run.points.map((x) => x.map(String)),
          values: run.values.map(String),
          optimalAfter: run.optimalAfter,
        };
  },
  reference: ({ function: f, point, radii }) => {
    const { points, values, optimalAfter } = broximalPoint(checkedFunction('broximal-point', f), point, radii);
    return { points, values, optimalAfter };
  },
  errorBound: ({ function: f, point, radii }, format) => {
    const checked = checkedFunction('broximal-point', f);
    const prepared = floatFunction(checked);
    return trajectoryBound(prepared, broximalPoint(checked, point, radii, prepared).visits, format);
  },
  defects: (input, output, format) =>
    broximalPointDefects(input, output, format, allowedError(broximalPointOperation, input, format)),
};
