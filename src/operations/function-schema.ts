import { z } from 'zod';
import { ldlt } from '../kernels/exact/ldlt.ts';
import type { Numeric } from '../kernels/exact/numeric.ts';
import { Rational } from '../kernels/exact/rational.ts';
import { type ConvexFunction, dimensionOf, rationalFunction } from '../problems/functions/convex-function.ts';
import { isBoundedBelow } from '../problems/functions/minimum.ts';
import { nonEmptyMatrix, nonEmptyVector, nonNegative, positive, squareMatrix } from './schema.ts';
import { semidefinitePart } from './semidefinite-part.ts';

/** `function`: one of the convex functions whose minimisers are known. */
export const functionSchema = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('quadratic'), matrix: squareMatrix, vector: nonEmptyVector }),
      z.strictObject({ kind: z.literal('residual-norm'), matrix: nonEmptyMatrix, vector: nonEmptyVector }),
      z.strictObject({
        kind: z.literal('weighted-l1'),
        weights: z.array(nonNegative, { error: 'an array of numbers >= 0' }).min(1, { error: 'one or more weights' }),
      }),
      z.strictObject({ kind: z.literal('max-norm') }),
      z.strictObject({ kind: z.literal('max-affine'), slopes: nonEmptyMatrix, offsets: nonEmptyVector }),
      z.strictObject({ kind: z.literal('huber'), delta: positive }),
      z.strictObject({ kind: z.literal('absolute') }),
    ],
    {
      error: 'a function: kind quadratic, residual-norm, weighted-l1, max-norm, max-affine, huber or absolute',
    },
  )
  .superRefine((f, context) => {
    const wrong = shapeMismatch(f);
    if (wrong !== undefined) context.addIssue({ code: 'custom', path: [wrong.field], message: wrong.message });
  });

/** `{function, point, …}` with a point of the function's dimension. */
export const functionAtPoint = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ function: functionSchema, point: nonEmptyVector, ...shape }).superRefine((input, context) => {
    const { function: f, point } = input as {
      readonly function: ConvexFunction<Numeric>;
      readonly point: readonly Numeric[];
    };
    const dimension = dimensionOf(f);
    if (dimension !== undefined && dimension !== point.length) {
      context.addIssue({
        code: 'custom',
        path: ['point'],
        message: `a vector of length ${dimension}, the dimension of the function`,
      });
    }
  });

function shapeMismatch(f: ConvexFunction<Numeric>): { readonly field: string; readonly message: string } | undefined {
  if (f.kind === 'quadratic' || f.kind === 'residual-norm') {
    if (f.vector.length !== f.matrix.length)
      return { field: 'vector', message: `one entry a row of the matrix (${f.matrix.length})` };
  }
  if (f.kind === 'max-affine' && f.offsets.length !== f.slopes.length) {
    return { field: 'offsets', message: `one entry a row of slopes (${f.slopes.length})` };
  }
  return undefined;
}

/**
 * The function in doubles, with the symmetric part of a quadratic's matrix.
 * @throws RangeError where a quadratic's matrix is not symmetric to 4u max |a_ij| or has an eigenvalue below -4 n u |A|_2,
 * and where a max-affine function is unbounded below.
 */
export function checkedFunction(caller: string, f: ConvexFunction<number>): ConvexFunction<number> {
  if (f.kind === 'quadratic') return { ...f, matrix: semidefinitePart(caller, f.matrix) };
  if (f.kind === 'max-affine') requireBounded(caller, f.slopes);
  return f;
}

/** The function over the rationals. @throws RangeError as above, decided exactly. */
export function checkedExactFunction(caller: string, f: ConvexFunction<Numeric>): ConvexFunction<Rational> {
  const exact = rationalFunction(f);
  if (exact.kind === 'quadratic') {
    const { matrix } = exact;
    const decided = isSymmetric(matrix) ? ldlt(matrix) : undefined;
    if (decided === undefined) throw new RangeError(`${caller}: a symmetric matrix, got one that is not`);
    if (decided.kind === 'indefinite') {
      throw new RangeError(
        `${caller}: a positive semidefinite matrix, got v^T A v = ${decided.value} at v = [${decided.direction.join(', ')}]`,
      );
    }
  }
  if (f.kind === 'max-affine') requireBounded(caller, f.slopes);
  return exact;
}

const isSymmetric = (A: readonly (readonly Rational[])[]): boolean =>
  A.every((row, i) => row.every((x, j) => x.equals(A[j]?.[i] ?? Rational.ZERO)));

function requireBounded(caller: string, slopes: readonly (readonly Numeric[])[]): void {
  if (!isBoundedBelow(slopes.map((row) => row.map((x) => Rational.from(x))))) {
    throw new RangeError(
      `${caller}: a max-affine function bounded below (0 a convex combination of the slopes), got one that is not`,
    );
  }
}
