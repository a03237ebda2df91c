import fc, { type Arbitrary } from 'fast-check';
import { realGradients } from '../real-gradients.ts';
import type { Rows, Shape } from './context.ts';
import { DOUBLES, type EntryKind, entries, FEW_BITS, SINGLES, TIES } from './entries.ts';
import { orthonormalColumns } from './orthonormal-columns.ts';

/**
 * Matrices of one shape and of size about 1: zero, ties, numbers of few bits and of many, zero entries, rows and columns,
 * exactly rank-deficient products, flat, clustered and graded spectra, blocks of real gradients.
 */
export const matrices = (shape: Shape): Arbitrary<Rows> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant(dense(shape, () => 0)) },
    { weight: 4, arbitrary: filled(shape, TIES) },
    { weight: 4, arbitrary: filled(shape, FEW_BITS) },
    { weight: 2, arbitrary: filled(shape, SINGLES) },
    { weight: 3, arbitrary: filled(shape, DOUBLES) },
    { weight: 3, arbitrary: fc.tuple(filled(shape, FEW_BITS), zeroed(shape)).map(([A, erased]) => erased(A)) },
    { weight: 3, arbitrary: products(shape) },
    { weight: 5, arbitrary: withSpectrum(shape, fc.oneof(...SPECTRA)) },
    { weight: 2, arbitrary: realBlocks(shape) },
  );

/** Entries of one kind, every one of them. */
export const filled = (shape: Shape, kind: EntryKind): Arbitrary<Rows> =>
  entries(kind, shape.rows * shape.columns).map((values) => dense(shape, (i, j) => values[i * shape.columns + j] ?? 0));

/** left · diag(spectrum) · right^T, the spectrum at 0, 1, … of p = min(rows, columns). */
export const withSpectrum = (shape: Shape, spectrum: Arbitrary<Spectrum>): Arbitrary<Rows> => {
  const p = Math.min(shape.rows, shape.columns);
  return fc
    .tuple(orthonormalColumns(shape.rows, p), orthonormalColumns(shape.columns, p), spectrum)
    .map(([left, right, value]) => {
      const values = Array.from({ length: p }, (_, k) => value(k, p));
      return dense(shape, (i, j) =>
        values.reduce((sum, s, k) => sum + s * ((left[i]?.[k] ?? 0) * (right[j]?.[k] ?? 0)), 0),
      );
    });
};

/** Singular value k of p, in (0, 1]. */
export type Spectrum = (k: number, p: number) => number;

const FLAT: Spectrum = () => 1;
/** Two clusters, at 1 and at 1/2, each 2^-20 wide. */
const CLUSTERED: Spectrum = (k, p) => (2 * k < p ? 1 : 1 / 2) * (1 - k * 2 ** -20);
/** Geometric, from 1 to 2^-bits. */
const graded =
  (bits: number): Spectrum =>
  (k, p) =>
    p === 1 ? 1 : 2 ** Math.round((-bits * k) / (p - 1));

const SPECTRA = [
  fc.constant(FLAT),
  fc.constant(CLUSTERED),
  fc.constantFrom(2, 10, 30).map((bits): Spectrum => graded(bits)),
];

/**
 * The product of two factors of integers in [-2, 2], of rank at most 4 and less than full: its singular values beyond are
 * 0 exactly.
 */
export const products = (shape: Shape): Arbitrary<Rows> => {
  const most = Math.max(1, Math.min(4, Math.min(shape.rows, shape.columns) - 1));
  return fc
    .integer({ min: 1, max: most })
    .chain((rank) =>
      fc
        .tuple(filled({ rows: shape.rows, columns: rank }, TIES), filled({ rows: rank, columns: shape.columns }, TIES))
        .map(([left, right]) =>
          dense(shape, (i, j) => right.reduce((sum, row, k) => sum + (left[i]?.[k] ?? 0) * (row[j] ?? 0), 0)),
        ),
    );
};

/** Sets some entries, a row or a column to 0. */
const zeroed = ({ rows, columns }: Shape): Arbitrary<(A: Rows) => Rows> => {
  const [row, column] = [fc.nat(rows - 1), fc.nat(columns - 1)];
  const erasing = (isErased: (i: number, j: number) => boolean) => (A: Rows) =>
    A.map((values, i) => values.map((x, j) => (isErased(i, j) ? 0 : x)));
  return fc.oneof(
    row.map((r) => erasing((i) => i === r)),
    column.map((c) => erasing((_, j) => j === c)),
    fc
      .tuple(row, column, fc.integer({ min: 2, max: 4 }))
      .map(([r, c, every]) => erasing((i, j) => (i === r && j === c) || (i + r + 3 * (j + c)) % every === 0)),
  );
};

let decoded: ReturnType<typeof realGradients> | undefined;

/** A block of a real gradient; a shape larger than that goes round. */
export const realBlocks = (shape: Shape): Arbitrary<Rows> =>
  fc.tuple(fc.nat(), fc.nat(), fc.nat()).map(([which, down, across]) => {
    decoded ??= realGradients();
    const gradients = decoded;
    const whole = gradients[which % gradients.length]?.matrix ?? [];
    return dense(shape, (i, j) => {
      const row = whole[(down + i) % whole.length] ?? [];
      return row[(across + j) % row.length] ?? 0;
    });
  });

const dense = ({ rows, columns }: Shape, entry: (i: number, j: number) => number): Rows =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => entry(i, j) + 0));
