import type { FloatFormat } from '../kernels/matrix/arithmetic.ts';
import { linearMinimiserSlack } from '../kernels/matrix/lmo-slack.ts';
import { fromRows, innerProduct, type Matrix, maxAbsolute } from '../kernels/matrix/matrix.ts';
import { dualNormErrorBound, normErrorBound } from '../kernels/matrix/norm-errors.ts';
import { dualNorm, matrixNorm } from '../kernels/matrix/norms.ts';
import { gamma, UNIT_ROUNDOFF } from '../kernels/unit-roundoff.ts';
import type { Defect } from './defect.ts';
import type { LmoInput } from './lmo.ts';
import type { Doubles } from './operation.ts';
import type { Rows } from './schema.ts';

/** An entry this many times larger than the radius and 1 lies outside of every ball here; its norm might overflow. */
const FAR_OUTSIDE = 2 ** 500;

/**
 * What defines an answer Z of the oracle, since ties and the null space of M leave its entries open: it lies in the ball,
 * N(Z) <= radius, and attains the minimum there, <M, Z> = -radius N*(M). For M = 0 every Z of the ball does.
 *
 * To what a stable algorithm may miss (`linearMinimiserSlack`) comes what our own evaluation in double precision may.
 * @throws RangeError where N*(M) overflows.
 */
export function lmoDefects(
  { matrix, norm, radius }: Doubles<LmoInput>,
  output: { readonly matrix: Doubles<Rows> },
  format: FloatFormat,
): readonly Defect[] {
  const [M, Z] = [fromRows(matrix), fromRows(output.matrix)];
  if (M.data.length === 0) return [];
  const slack = linearMinimiserSlack(M, norm, radius, format);
  const u = UNIT_ROUNDOFF.float64;
  const isFar = maxAbsolute(Z) > FAR_OUTSIDE * (radius + 1);
  const size = isFar ? Number.POSITIVE_INFINITY : matrixNorm(Z, norm);
  const [value, least] = [innerProduct(M, Z), 0 - radius * dualNorm(M, norm)];
  // each product and each sum rounds; a product may be subnormal
  const summed = gamma(M.data.length + 1, u) * absoluteProduct(M, Z) + M.data.length * Number.MIN_VALUE;
  const evaluated = summed + radius * dualNormErrorBound(M, norm, 'float64') + u * Math.abs(least);
  return [
    {
      text: 'N(Z), at most the radius',
      expected: radius,
      got: size,
      miss: Math.max(0, size - radius),
      bound: slack.norm + (isFar ? 0 : normErrorBound(Z, norm, 'float64')),
    },
    {
      text: '<M, Z>, at least -radius N*(M)',
      expected: least,
      got: value,
      miss: Math.max(0, value - least),
      bound: slack.objective + evaluated,
    },
  ];
}

const absoluteProduct = (A: Matrix, B: Matrix): number =>
  A.data.reduce((sum, a, k) => sum + Math.abs(a * (B.data[k] ?? 0)), 0);
