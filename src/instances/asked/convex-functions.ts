import fc, { type Arbitrary } from 'fast-check';
import type { ConvexFunction } from '../../problems/functions/convex-function.ts';
import { type EntryKind, entries, TIES } from './entries.ts';
import { filled } from './matrices.ts';

/** Multiples of 1/8 up to 4: points, offsets, right-hand sides. */
const EIGHTHS: EntryKind = { most: 32, denominator: 8 };

export const points = (dimension: number): Arbitrary<readonly number[]> => entries(EIGHTHS, dimension);

/** Radii, weights, parameters: dyadic numbers > 0. */
export const LENGTHS = fc.constantFrom(1, 0.5, 0.25, 2, 3, 0.125, 16);

/** A convex function of `dimension` variables whose data are small dyadic numbers. */
export const convexFunctions = (dimension: number): Arbitrary<ConvexFunction<number>> =>
  fc.oneof(
    quadratics(dimension),
    residualNorms(dimension),
    fc
      .array(fc.oneof(LENGTHS, fc.constant(0)), { minLength: dimension, maxLength: dimension })
      .map((weights) => ({ kind: 'weighted-l1' as const, weights })),
    fc.constant({ kind: 'max-norm' as const }),
    maxAffines(dimension),
    LENGTHS.map((delta) => ({ kind: 'huber' as const, delta })),
    ...(dimension === 1 ? [fc.constant({ kind: 'absolute' as const })] : []),
  );

/** A = B^T B with integers, semidefinite exactly, of any rank; b = Az mostly, so that there is a minimiser, else any vector. */
const quadratics = (n: number): Arbitrary<ConvexFunction<number>> =>
  fc
    .integer({ min: 1, max: n })
    .chain((rank) =>
      fc.tuple(
        filled({ rows: rank, columns: n }, TIES),
        points(n),
        fc.constantFrom('in the range', 'in the range', 'any'),
      ),
    )
    .map(([B, z, where]) => {
      const matrix = z.map((_, i) => z.map((__, j) => B.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0)));
      return { kind: 'quadratic', matrix, vector: where === 'any' ? z : matrix.map((row) => dot(row, z)) };
    });

const residualNorms = (n: number): Arbitrary<ConvexFunction<number>> =>
  fc
    .integer({ min: 1, max: n + 1 })
    .chain((rows) => fc.tuple(filled({ rows, columns: n }, TIES), points(rows)))
    .map(([matrix, vector]) => ({ kind: 'residual-norm', matrix, vector }));

/** Slopes a_1, …, a_k and -(a_1 + … + a_k): their mean is 0, so the largest of the pieces is bounded below. */
const maxAffines = (n: number): Arbitrary<ConvexFunction<number>> =>
  fc
    .integer({ min: 1, max: 3 })
    .chain((pieces) => fc.tuple(filled({ rows: pieces, columns: n }, TIES), points(pieces + 1)))
    .map(([slopes, offsets]) => {
      const last = Array.from({ length: n }, (_, j) => slopes.reduce((sum, row) => sum - (row[j] ?? 0), 0));
      return { kind: 'max-affine', slopes: [...slopes, last], offsets };
    });

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
