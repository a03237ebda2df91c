import { stableRatio } from '../../kernels/matrix/backward-error.ts';
import { frobeniusUpperBound } from '../../kernels/matrix/euclidean-norm.ts';
import { fromRows, subtract, toRows, transpose } from '../../kernels/matrix/matrix.ts';
import { multiply } from '../../kernels/matrix/multiply.ts';
import { orthonormalityDefect } from '../../kernels/matrix/orthonormality.ts';
import { polarOf } from '../../kernels/matrix/polar.ts';
import { polarErrorBound } from '../../kernels/matrix/polar-error.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { gamma, UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { FloatFormat } from '../../operations/operation.ts';
import type { PolarInput } from '../functions/polar-input.ts';
import type { Agreement } from '../mistake.ts';

type Output = { readonly matrix: readonly (readonly number[])[] };

/** U V^T of all singular vectors, those of the null space included: one semi-orthogonal factor of many where A lacks rank. */
export function completedFactor(input: PolarInput): Output {
  const { left, right } = svd(fromRows(input.matrix));
  return { matrix: toRows(multiply(left, transpose(right))) };
}

/**
 * Whether Q completes the polar factor O of A: Q is semi-orthogonal and Q P = O with P = O^T O, the projector on the rows of A.
 *
 * What rounding admits, c the bar of LAPACK for the defect of computed bases (`stableRatio`), p = min(rows, columns):
 * a product of two bases, each within c of orthonormal columns, with p terms an entry, is semi-orthogonal up to
 * d = 2 (2c + gamma_(p+1)) p in the Frobenius norm, to first order, and twice that leaves room for the rest.
 * The computed Q is a completion for A + E, Q' P' = O' with ||O' - O||_F <= e (`polarErrorBound`), hence ||P' - P||_F <= 2e
 * and ||Q P - O||_F <= 2e + e + d; our own O adds as much with the e of float64.
 */
export function completionAgreement(input: PolarInput, output: Output, format: FloatFormat): Agreement {
  if (!output.matrix.every((row) => row.every(Number.isFinite))) return 'disagrees';
  const [A, Q] = [fromRows(input.matrix), fromRows(output.matrix)];
  const decomposition = svd(A);
  const moved = polarErrorBound(A, format, decomposition) + polarErrorBound(A, 'float64', decomposition);
  if (!Number.isFinite(moved)) return 'silent';
  const p = Math.min(A.rows, A.columns);
  const lacking = 4 * (2 * stableRatio(A, format) + gamma(p + 1, UNIT_ROUNDOFF[format])) * p;
  const O = polarOf(decomposition);
  const kept = multiply(Q, multiply(transpose(O), O));
  const isSemiOrthogonal = orthonormalityDefect(Q.rows <= Q.columns ? transpose(Q) : Q) <= lacking;
  return isSemiOrthogonal && frobeniusUpperBound(subtract(kept, O)) <= 3 * moved + lacking ? 'agrees' : 'disagrees';
}
