import fc, { type Arbitrary } from 'fast-check';
import { fromRows, toRows } from '../../kernels/matrix/matrix.ts';
import { gram } from '../../kernels/matrix/multiply.ts';
import type { Context, Rows } from './context.ts';
import { TIES } from './entries.ts';
import { filled, realBlocks } from './matrices.ts';
import { scaled, scales } from './scales.ts';
import { shapesUpTo } from './shapes.ts';

/** The most that is added to the diagonal, an integer. */
const MOST_ADDED = 8;

/**
 * V, root and damping: integer matrices G G^T, semidefinite exactly, plus diagonal integers or not, and Gram matrices of
 * real gradients as rounded in double precision. V is scaled; damping is 0 only where the diagonal makes V definite.
 */
export const semidefiniteInputs = ({ format, mostSize }: Context): Arbitrary<object> =>
  fc
    .record({
      square: shapesUpTo(mostSize).chain((shape) => squares(shape.rows, shape.columns)),
      factor: scales(format),
      root: fc.constantFrom(2, 4),
      damping: fc.constantFrom(0.5, 16, 2 ** -10, 0),
    })
    .map(({ square: { V, isDefinite }, factor, root, damping }) => ({
      matrix: scaled(V, factor),
      root,
      // at the scale of V; V that may be singular always gets some
      damping: factor * (damping === 0 && !isDefinite ? 1 : damping),
    }));

interface Square {
  readonly V: Rows;
  readonly isDefinite: boolean;
}

const squares = (n: number, inner: number): Arbitrary<Square> => {
  const shape = { rows: n, columns: inner };
  const integers = filled(shape, TIES).map((G) => gramOf(G));
  const diagonal = fc.array(fc.integer({ min: 1, max: MOST_ADDED }), { minLength: n, maxLength: n });
  return fc.oneof(
    { weight: 3, arbitrary: integers.map((V) => ({ V, isDefinite: false })) },
    {
      weight: 4,
      arbitrary: fc.tuple(integers, diagonal).map(([V, D]) => ({ V: plusDiagonal(V, D), isDefinite: true })),
    },
    { weight: 1, arbitrary: diagonal.map((D) => ({ V: plusDiagonal(zerosOf(n), D), isDefinite: true })) },
    { weight: 1, arbitrary: fc.constant({ V: zerosOf(n), isDefinite: false }) },
    { weight: 1, arbitrary: realBlocks(shape).map((G) => ({ V: gramOf(G), isDefinite: false })) },
  );
};

const gramOf = (G: Rows): Rows => toRows(gram(fromRows(G)));

const zerosOf = (n: number): Rows => Array.from({ length: n }, () => new Array<number>(n).fill(0));

const plusDiagonal = (V: Rows, D: readonly number[]): Rows =>
  V.map((row, i) => row.map((x, j) => (i === j ? x + (D[i] ?? 0) : x)));
